using System.Security.Cryptography;
using SigningProxy.Catalog;
using SigningProxy.Tests.Configuration;

namespace SigningProxy.Tests.Catalog;

public sealed class SessionKeyTests : IDisposable
{
    private const string Assumed = """
        externalCredentials:
          - name: Base
            label: Base
            authenticationProtocol: AwsSignatureV4
            service: sqs
            region: eu-west-1
            variant: AssumeRole
            sts: {accessKey: {env: KEY}, accessSecret: {env: SECRET}}
            principals:
              - {name: Reader, sequenceNumber: 1, roleArn: "arn:aws:iam::123456789012:role/base"}
          - name: Table
            label: Table
            authenticationProtocol: AwsSignatureV4
            service: dynamodb
            region: eu-west-2
            variant: AssumeRole
            sts: {source: AccessKey, accessKey: {env: KEY}, accessSecret: {env: SECRET}, externalId: abc, durationSeconds: 900, region: eu-central-1, fipsEndpoint: false, endpoint: "https://sts.example.com/"}
            principals:
              - {name: Reader, sequenceNumber: 1, roleArn: "arn:aws:iam::123456789012:role/reader"}

        """;

    private const string AccessKeys = """
        externalCredentials:
          - name: Table
            label: Table
            authenticationProtocol: AwsSignatureV4
            service: dynamodb
            region: eu-west-2
            principals:
              - {name: Reader, sequenceNumber: 1, accessKey: {env: KEY}, accessSecret: {env: SECRET}, sessionToken: {env: TOKEN}}

        """;

    private const string Anywhere = """
        externalCredentials:
          - name: Table
            label: Table
            authenticationProtocol: AwsSignatureV4
            service: dynamodb
            region: eu-west-2
            variant: RolesAnywhere
            rolesAnywhere:
              trustAnchorArn: arn:aws:rolesanywhere:eu-west-1:123456789012:trust-anchor/01234567-89ab-cdef-0123-456789abcdef
              profileArn: arn:aws:rolesanywhere:eu-west-1:123456789012:profile/01234567-89ab-cdef-0123-456789abcdef
              durationSeconds: 900
              endpoint: https://rolesanywhere.example.com/
              certificate: {file: tls.crt, keyFile: tls.key}
            principals:
              - {name: Reader, sequenceNumber: 1, roleArn: "arn:aws:iam::123456789012:role/reader"}

        """;

    private readonly CatalogFolder _folder = new()
    {
        Environment = { ["KEY"] = "AKIDEXAMPLE000000001", ["KEY2"] = "AKIDEXAMPLE000000002", ["SECRET"] = "one", ["SECRET2"] = "two", ["TOKEN"] = "t1", ["TOKEN2"] = "t2" },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Source", "source: AccessKey, accessKey: {env: KEY}, accessSecret: {env: SECRET},", "source: Ambient,")]
    [InlineData("AccessKey", "source: AccessKey, accessKey: {env: KEY}", "source: AccessKey, accessKey: {env: KEY2}")]
    [InlineData("AccessSecret", "accessSecret: {env: SECRET}, externalId", "accessSecret: {env: SECRET2}, externalId")]
    [InlineData("ExternalId", "externalId: abc", "externalId: abd")]
    [InlineData("ExternalId", "externalId: abc, ", "")]
    [InlineData("Duration", "durationSeconds: 900", "durationSeconds: 901")]
    [InlineData("Region", "region: eu-central-1", "region: eu-central-2")]
    [InlineData("Region", "region: eu-central-1, ", "")]
    [InlineData("FipsEndpoint", "fipsEndpoint: false", "fipsEndpoint: true")]
    [InlineData("Endpoint", "sts.example.com/", "sts.example.com/other")]
    [InlineData("RoleArn", "role/reader", "role/Reader")]
    [InlineData("Name", "name: Reader, sequenceNumber: 1, roleArn: \"arn:aws:iam::123456789012:role/reader\"", "name: reader, sequenceNumber: 1, roleArn: \"arn:aws:iam::123456789012:role/reader\"")]
    [InlineData("Owner", "name: Table", "name: Other")]
    public void OfAssumeRole_WhenAnInputChanges_IsAnother(string input, string from, string to) => AssertDiffer(input, Of(Assumed), Of(Edited(Assumed, from, to)));

    [Fact]
    public void OfAssumeRole_WhenTheTokenFileChanges_IsAnother()
    {
        const string Before = "source: AccessKey, accessKey: {env: KEY}, accessSecret: {env: SECRET}, externalId: abc";
        AssertDiffer(
            "WebIdentityTokenFile",
            Of(Edited(Assumed, Before, "source: WebIdentity, webIdentityTokenFile: /a")),
            Of(Edited(Assumed, Before, "source: WebIdentity, webIdentityTokenFile: /b")));
    }

    [Theory]
    [InlineData("sts: {accessKey: {env: KEY}", "sts: {accessKey: {env: KEY2}")]
    [InlineData("role/base", "role/other")]
    public void OfAssumeRole_WhenThePrincipalItChainsFromChanges_IsAnother(string from, string to)
    {
        var chained = Edited(Assumed, "source: AccessKey, accessKey: {env: KEY}, accessSecret: {env: SECRET}", "source: Principal, principal: Base-Reader");
        AssertDiffer("Chained", Of(chained), Of(Edited(chained, from, to)));
    }

    [Fact]
    public void OfAssumeRole_WhenTheDestinationsRegionIsTheOneOfSts_GoesByIt()
    {
        var without = Edited(Assumed, "region: eu-central-1, ", "");
        AssertDiffer("Region", Of(without), Of(Edited(without, "region: eu-west-2", "region: eu-west-3")));
    }

    [Theory]
    [InlineData("label: Table", "label: Another")]
    [InlineData("service: dynamodb", "service: sqs")]
    [InlineData("region: eu-west-2", "region: eu-west-3")]
    [InlineData("sequenceNumber: 1, roleArn: \"arn:aws:iam::123456789012:role/reader\"", "sequenceNumber: 7, roleArn: \"arn:aws:iam::123456789012:role/reader\"")]
    [InlineData("    variant: AssumeRole\n    sts: {source", "    additionalStatusCodesForTokenRefresh: [419]\n    variant: AssumeRole\n    sts: {source")]
    [InlineData("role/base", "role/other")]
    [InlineData("externalCredentials:", "# a comment\nexternalCredentials:")]
    public void OfAssumeRole_WhenWhatDoesNotShapeItChanges_IsTheSame(string from, string to) => Assert.Equal(Of(Assumed), Of(Edited(Assumed, from, to)));

    [Theory]
    [InlineData("KEY", "AKIDEXAMPLE000000003")]
    [InlineData("SECRET", "other")]
    [InlineData("TOKEN", "other")]
    public void OfAccessKeys_WhenASecretChanges_IsAnother(string variable, string value)
    {
        var before = Of(AccessKeys);
        _folder.Environment[variable] = value;
        AssertDiffer(variable, before, Of(AccessKeys));
    }

    [Fact]
    public void OfAccessKeys_WhenAnythingInTheCatalogsTextChanges_IsAnother() =>
        AssertDiffer("DeclaredIn", Of(AccessKeys), Of(Edited(AccessKeys, "label: Table", "label: Another")));

    [Theory]
    [InlineData("TrustAnchorArn", "trust-anchor/01234567", "trust-anchor/11234567")]
    [InlineData("ProfileArn", "profile/01234567", "profile/11234567")]
    [InlineData("Duration", "durationSeconds: 900", "durationSeconds: 901")]
    [InlineData("Duration", "      durationSeconds: 900\n", "")]
    [InlineData("Endpoint", "rolesanywhere.example.com", "other.example.com")]
    [InlineData("RoleArn", "role/reader", "role/other")]
    public void OfRolesAnywhere_WhenAnInputChanges_IsAnother(string input, string from, string to)
    {
        using var authority = new MadeUpAuthority();
        using var key = ECDsa.Create();
        Certify(authority, key);

        AssertDiffer(input, Of(Anywhere), Of(Edited(Anywhere, from, to)));
    }

    [Fact]
    public void OfRolesAnywhere_WhenTheCertificateOrItsChainChanges_IsAnother()
    {
        using var authority = new MadeUpAuthority(intermediates: 2);
        using var key = ECDsa.Create();
        var leaf = Certify(authority, key);
        var before = Of(Anywhere);
        Assert.Equal(before, Of(Anywhere));

        _folder.Write("tls.crt", leaf + authority.Intermediates[0].ExportCertificatePem());
        AssertDiffer("Chain", before, Of(Anywhere));
        Certify(authority, key);
        AssertDiffer("Leaf", before, Of(Anywhere));
    }

    [Fact]
    public void EveryInput_HasATest()
    {
        Assert.Equal(
            ["AccessKey", "AccessSecret", "Chained", "Duration", "Endpoint", "ExternalId", "FipsEndpoint", "Region", "Source", "WebIdentityTokenFile"],
            typeof(StsSettings).GetProperties().Select(p => p.Name).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["Certificate", "Duration", "Endpoint", "ProfileArn", "TrustAnchorArn"],
            typeof(RolesAnywhereSettings).GetProperties().Select(p => p.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void OfTheSameInputs_InTwoExternalCredentials_IsNotShared()
    {
        var entry = Edited(AccessKeys, "externalCredentials:\n", "");
        var snapshot = _folder.Load(AccessKeys + entry.Replace("name: Table", "name: Other", StringComparison.Ordinal)).Snapshot!;

        Assert.NotEqual(snapshot.ExternalCredentials["Table"].Principals[0].SessionKey, snapshot.ExternalCredentials["Other"].Principals[0].SessionKey);
    }

    [Fact]
    public void Of_TellsAbsentFromEmptyAndWhereAnInputEnds()
    {
        SessionKey[] keys =
        [
            SessionKey.Of("E", "P"), SessionKey.Of("E", "P", ""), SessionKey.Of("E", "P", [null]), SessionKey.Of("E", "P", "ab", "c"), SessionKey.Of("E", "P", "a", "bc"),
            SessionKey.Of("E", "P", "abc"), SessionKey.Of("E", "P", "abc", null), SessionKey.Of("E", "P", null, "abc"), SessionKey.Of("EP", "", "abc"), SessionKey.Of("E", "p", "abc"),
        ];

        Assert.Equal(keys.Length, keys.Distinct().Count());
    }

    [Fact]
    public void ToString_TellsNoDigestOfSecrets() => Assert.Equal("Table-Reader", Of(AccessKeys).ToString());

    private static void AssertDiffer(string input, SessionKey before, SessionKey after) => Assert.False(before.Equals(after), $"{input} does not shape the key.");

    private SessionKey Of(string yaml)
    {
        var load = _folder.Load(yaml);
        Assert.Empty(load.Faults);
        return load.Snapshot!.ExternalCredentials.Values.Last(e => e.Name != "Base").Principals[0].SessionKey;
    }

    /// <summary>The last place where it stands, for the first entry is the one that is chained from.</summary>
    private static string Edited(string yaml, string from, string to)
    {
        var at = yaml.LastIndexOf(from, StringComparison.Ordinal);
        Assert.True(at >= 0, from);
        return yaml[..at] + to + yaml[(at + from.Length)..];
    }

    private string Certify(MadeUpAuthority authority, ECDsa key)
    {
        using var leaf = authority.Leaf(key);
        _folder.Write("tls.crt", leaf.ExportCertificatePem() + "\n");
        _folder.Write("tls.key", key.ExportPkcs8PrivateKeyPem());
        return leaf.ExportCertificatePem() + "\n";
    }
}
