using SigningProxy.Tests.Configuration;

namespace SigningProxy.Tests.Catalog.Validation;

public sealed class StsSourceValidatorTests : IDisposable
{
    private const string At = "externalCredential Table / sts: ";

    private readonly CatalogFolder _folder = new() { Environment = { ["KEY"] = "AKIDEXAMPLE000000001", ["SECRET"] = "canary-secret" } };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("accessKey: {env: KEY}, accessSecret: {env: SECRET}")]
    [InlineData("source: AccessKey, accessKey: {env: KEY}, accessSecret: {env: SECRET}, externalId: abc, durationSeconds: 43200")]
    [InlineData("source: Ambient, externalId: abc, durationSeconds: 43200")]
    [InlineData("source: WebIdentity, webIdentityTokenFile: /token, durationSeconds: 43200")]
    [InlineData("source: Principal, principal: Base-Reader, externalId: abc, durationSeconds: 3600")]
    [InlineData("source: Principal, principal: bASE-Reader")]
    public void Judge_WhenGood_HasNoFault(string sts) => Assert.Empty(Judge(sts));

    [Theory]
    [InlineData("source: ambient", "source does not know \"ambient\". Did you mean \"Ambient\"? Write AccessKey or Ambient or WebIdentity or Principal.")]
    [InlineData("source: Ambient, accessKey: {env: KEY}", "accessKey belongs to the source AccessKey, and this one is Ambient. Write source: AccessKey, or take accessKey out.")]
    [InlineData("source: Principal, principal: Base-Reader, accessSecret: {env: SECRET}", "accessSecret belongs to the source AccessKey, and this one is Principal. Write source: AccessKey, or take accessSecret out.")]
    [InlineData("webIdentityTokenFile: /token", "webIdentityTokenFile belongs to the source WebIdentity, and this one is AccessKey. Write source: WebIdentity, or take webIdentityTokenFile out.")]
    [InlineData("source: WebIdentity, webIdentityTokenFile: /t, principal: Base-Reader", "principal belongs to the source Principal, and this one is WebIdentity. Write source: Principal, or take principal out.")]
    [InlineData("source: WebIdentity, webIdentityTokenFile: /t, externalId: abc", "externalId is no parameter of AssumeRoleWithWebIdentity. Take it out: the token's own claims stand in the role's trust policy.")]
    [InlineData("source: Principal, principal: Base-Reader, durationSeconds: 3601", "durationSeconds may be at most 3600 where a role is assumed with the credentials of another. Write durationSeconds: 3600.")]
    [InlineData("source: Principal, principal: Base-Raeder", "principal names \"Base-Raeder\", which is not declared. Did you mean \"Base-Reader\"? Write a declared principal as ExternalCredential-PrincipalName.")]
    [InlineData("source: Principal, principal: Base-reader", "principal names \"Base-reader\", which is not declared. Did you mean \"Base-Reader\"? Write a declared principal as ExternalCredential-PrincipalName.")]
    [InlineData("source: Principal, principal: Elsewhere-Somebody", "principal names \"Elsewhere-Somebody\", which is not declared. Write a declared principal as ExternalCredential-PrincipalName.")]
    [InlineData("source: Principal, principal: Base", "principal names \"Base\", which is not declared. Write a declared principal as ExternalCredential-PrincipalName.")]
    [InlineData("source: Principal, principal: Table-Reader", "principal \"Table-Reader\" leads in a circle. Let the chain begin with a key pair, a certificate or an identity of the pod.")]
    public void Judge_WhenBad_SaysWhatAndHowToMendIt(string sts, string fault) => Assert.Equal([At + fault], Judge(sts));

    [Fact]
    public void Judge_WhenTwoOrThreeChainInACircle_SaysSoOfEach()
    {
        Assert.Equal([Circle("A", "B"), Circle("B", "A")], Texts(Chain("A", "B") + Chain("B", "A")));
        Assert.Equal([Circle("A", "B"), Circle("B", "C"), Circle("C", "A")], Texts(Chain("A", "B") + Chain("B", "C") + Chain("C", "A")));
    }

    [Fact]
    public void Judge_WhenOneChainsIntoACircleOfOthers_SaysSoOfAll() =>
        Assert.Equal([Circle("A", "B"), Circle("B", "C"), Circle("C", "B")], Texts(Chain("A", "B") + Chain("B", "C") + Chain("C", "B")));

    [Fact]
    public void Judge_WhenAChainIsLongAndEnds_HasNoFault() => Assert.Empty(Texts(Chain("A", "B") + Chain("B", "C") + Chain("C", "Base")));

    private static string Circle(string name, string from) =>
        $"externalCredential {name} / sts: principal \"{from}-Reader\" leads in a circle. Let the chain begin with a key pair, a certificate or an identity of the pod.";

    private IEnumerable<string> Judge(string sts) => Texts(Entry("Table", sts));

    private IEnumerable<string> Texts(string entries)
    {
        var load = _folder.Load("externalCredentials:\n" + Entry("Base", "source: Ambient") + entries);
        Assert.All(load.Faults, f => Assert.True(f.Line > 0));
        return load.Faults.Select(f => f.Text);
    }

    private static string Chain(string name, string from) => Entry(name, $"source: Principal, principal: {from}-Reader");

    private static string Entry(string name, string sts) => $$"""
          - name: {{name}}
            label: {{name}}
            authenticationProtocol: AwsSignatureV4
            service: dynamodb
            region: eu-west-1
            variant: AssumeRole
            sts: {{{sts}}}
            principals:
              - {name: Reader, sequenceNumber: 1, roleArn: "arn:aws:iam::123456789012:role/reader"}

        """;
}
