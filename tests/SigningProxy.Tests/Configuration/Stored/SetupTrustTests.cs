using SigningProxy.Catalog.Validation;
using SigningProxy.Configuration;
using SigningProxy.Configuration.Stored;
using SigningProxy.Tests.Store;

namespace SigningProxy.Tests.Configuration.Stored;

/// <summary>A manager of Setup who means ill: what each entry would reach, what refuses it, and what allows it.</summary>
public sealed class SetupTrustTests : IDisposable
{
    private const string Provisioned = """
        externalCredentials:
          - {name: Theirs, label: x, authenticationProtocol: AwsSignatureV4, service: sqs, region: eu-west-1, principals: [{name: P, sequenceNumber: 1, accessKey: {env: KEY}, accessSecret: {env: KEY}}]}
          - {name: Listed, label: x, authenticationProtocol: AwsSignatureV4, service: sqs, region: eu-west-1, allowedHosts: ["a.example.com", "B.example.com:8443"], principals: [{name: P, sequenceNumber: 1, accessKey: {env: KEY}, accessSecret: {env: KEY}}]}
        namedCredentials:
          - {name: Queue, label: x, url: "https://sqs.example.com/base", externalCredential: Theirs}
        """;

    private const string External = "authenticationProtocol: AwsSignatureV4, service: sqs, region: eu-west-1";

    private readonly CatalogFolder _folder = new();
    private readonly StoreFolder _store = new();

    public SetupTrustTests()
    {
        _folder.Environment["KEY"] = "AKIDEXAMPLE000000001";
        _folder.Environment["SETUP_KEY"] = "AKIDEXAMPLE000000002";
        _folder.Write("own", "AKIDEXAMPLE000000003");
    }

    public void Dispose()
    {
        _folder.Dispose();
        _store.Dispose();
    }

    [Theory]
    [InlineData("accessKey: {env: KEY}", "principal M", "accessKey refers to an environment variable that entries made in Setup may not read")]
    [InlineData("accessKey: {env: XSETUP_KEY}", "principal M", "accessKey refers to an environment variable that entries made in Setup may not read")]
    [InlineData("accessSecret: {file: /etc/shadow}", "principal M", "accessSecret refers to a file that entries made in Setup may not read")]
    [InlineData("accessSecret: {file: relative}", "principal M", "accessSecret refers to a file that entries made in Setup may not read")]
    [InlineData("sessionToken: {file: FOLDER/../other}", "principal M", "sessionToken refers to a file that entries made in Setup may not read")]
    [InlineData("sessionToken: {file: FOLDERbeside/x}", "principal M", "sessionToken refers to a file that entries made in Setup may not read")]
    public void Principal_ThatRefersToWhatIsTheProxys_IsRefused(string field, string entry, string rule)
    {
        var text = $"externalCredentials: [{{name: Mine, label: x, {External}, principals: [{{name: M, sequenceNumber: 1, {field}}}]}}]";
        Assert.Equal([$"Setup / externalCredential Mine / {entry}: {rule}"], Faults(text, new() { Folders = [_folder.Path], VariablePrefixes = ["SETUP_"] }));
    }

    [Fact]
    public void Principal_ThatKeepsToWhatIsAllowed_IsTaken() => Assert.Empty(Faults(
        $"externalCredentials: [{{name: Mine, label: x, {External}, principals: [{{name: M, sequenceNumber: 1, accessKey: {{env: SETUP_KEY}}, accessSecret: {{file: FOLDER/own}}}}]}}]",
        new() { Folders = [_folder.Path], VariablePrefixes = ["SETUP_"] }));

    [Theory]
    [InlineData("sts: {source: Ambient}", "Ambient", "sts: source Ambient")]
    [InlineData("sts: {source: WebIdentity, webIdentityTokenFile: FOLDER/own}", "WebIdentity", "sts: source WebIdentity")]
    [InlineData("sts: {endpoint: 'https://evil.example.com'}", "Endpoint", "sts: endpoint")]
    [InlineData("variant: RolesAnywhere, rolesAnywhere: {endpoint: 'https://evil.example.com'}", "Endpoint", "rolesAnywhere: endpoint")]
    public void ExternalCredential_ThatAsksForMore_NeedsAHostSetting(string fields, string allowance, string what)
    {
        var variant = fields.StartsWith("sts", StringComparison.Ordinal) ? "variant: AssumeRole, " : "";
        AssertNeeds($"externalCredentials: [{{name: Mine, label: x, {External}, {variant}{fields}}}]", allowance, $"Setup / externalCredential Mine / {what}");
    }

    [Theory]
    [InlineData("signHost: evil.example.com, url: 'https://sqs.example.com'", "SignHost", "signHost")]
    [InlineData("allowPlainHttp: true, url: 'https://sqs.example.com'", "PlainHttp", "allowPlainHttp")]
    public void NamedCredential_ThatAsksForMore_NeedsAHostSetting(string fields, string allowance, string what) =>
        AssertNeeds($"namedCredentials: [{{name: Mine, label: x, externalCredential: Theirs, {fields}}}]", allowance, $"Setup / namedCredential Mine: {what}");

    [Theory]
    [InlineData("customHeaders: [{name: X-A, value: {env: KEY}}]", "customHeader X-A: value refers to an environment variable that entries made in Setup may not read")]
    [InlineData("certificateAuthorities: {file: /etc/ssl/ca.pem}", "certificateAuthorities: file refers to a file that entries made in Setup may not read")]
    public void NamedCredential_ThatRefersToWhatIsTheProxys_IsRefused(string field, string rule) => Assert.Equal(
        [$"Setup / namedCredential Mine / {rule}"],
        Faults($"namedCredentials: [{{name: Mine, label: x, url: 'https://sqs.example.com', externalCredential: Theirs, {field}}}]", SetupTrust.None));

    [Theory]
    [InlineData("callers: [{name: m, proofs: [{token: {env: KEY}}]}]", "caller m / proof number 1: token refers to an environment variable that entries made in Setup may not read")]
    [InlineData("certificates: [{name: M, file: /run/tls.pem}]", "certificate M: file refers to a file that entries made in Setup may not read")]
    [InlineData("certificates: [{name: M, content: {env: KEY}}]", "certificate M: content refers to an environment variable that entries made in Setup may not read")]
    public void Entry_ThatRefersToWhatIsTheProxys_IsRefused(string text, string rule) => Assert.Equal([$"Setup / {rule}"], Faults(text, SetupTrust.None));

    [Theory]
    [InlineData("Theirs", "https://sqs.example.com/other/path", true)]
    [InlineData("Theirs", "https://SQS.example.com:443", true)]
    [InlineData("Theirs", "https://sqs.example.com:8443", false)]
    [InlineData("Theirs", "https://evil.example.com", false)]
    [InlineData("theirs", "https://evil.example.com", false)]
    [InlineData("Listed", "https://a.example.com", true)]
    [InlineData("Listed", "https://b.example.com:8443", true)]
    [InlineData("Listed", "https://b.example.com", false)]
    [InlineData("Listed", "https://sqs.example.com", false)]
    public void NamedCredential_IsServedByAProvisionedOne_ForItsHostsAlone(string external, string url, bool served) => Assert.Equal(
        served ? [] : [$"Setup / namedCredential Mine: the provisioned external credential {(external == "Listed" ? "Listed" : "Theirs")} does not serve this host"],
        Faults($"namedCredentials: [{{name: Mine, label: x, url: '{url}', externalCredential: {external}}}]", SetupTrust.None));

    [Fact]
    public void Sts_ThatChainsFromAProvisionedPrincipal_IsRefused() => Assert.Equal(
        ["Setup / externalCredential Mine / sts: a provisioned principal assumes no role for an entry made in Setup"],
        Faults($"externalCredentials: [{{name: Mine, label: x, {External}, variant: AssumeRole, sts: {{source: Principal, principal: Theirs-P}}}}]", SetupTrust.None));

    // Whether a file exists, and what it is not, would be told by the fault of reading it.
    [Fact]
    public void File_ThatMayNotBeRead_IsNotLookedAt()
    {
        _folder.Write("forbidden", "not an access key id");
        var text = $"externalCredentials: [{{name: Mine, label: x, {External}, principals: [{{name: M, sequenceNumber: 1, accessKey: {{file: FOLDER/forbidden}}}}]}}]";
        Assert.Equal(["Setup / externalCredential Mine / principal M: accessKey refers to a file that entries made in Setup may not read"], Faults(text, SetupTrust.None));
    }

    [Theory]
    [InlineData("http://127.0.0.1:8080", true)]
    [InlineData("http://localhost:8080", true)]
    [InlineData("https://a.localhost", true)]
    [InlineData("https://[::ffff:127.0.0.1]", true)]
    [InlineData("https://0.0.0.0", true)]
    [InlineData("https://169.254.169.254/latest/meta-data", false)]
    [InlineData("https://[::ffff:a9fe:a9fe]", false)]
    [InlineData("https://[fd00:ec2::254]", false)]
    [InlineData("https://[64:ff9b::a9fe:a9fe]", false)]
    [InlineData("https://100.100.100.200", false)]
    public void Url_ThatLeadsToTheMachineItself_IsRefused(string url, bool mayBeAllowed)
    {
        var all = Enum.GetValues<SetupAllowance>().ToHashSet();
        var allButLocal = all.Except([SetupAllowance.LocalAddresses]).ToHashSet();
        foreach (var (text, at) in new[]
        {
            ($"externalCredentials: [{{name: Mine, label: x, {External}}}]\nnamedCredentials: [{{name: Mine, label: x, externalCredential: Mine, url: '{url}'}}]", "namedCredential Mine: url"),
            ($"externalCredentials: [{{name: Mine, label: x, {External}, variant: AssumeRole, sts: {{endpoint: '{url}'}}}}]", "externalCredential Mine / sts: endpoint"),
            ($"externalCredentials: [{{name: Mine, label: x, {External}, variant: RolesAnywhere, rolesAnywhere: {{endpoint: '{url}'}}}}]", "externalCredential Mine / rolesAnywhere: endpoint"),
        })
        {
            string[] refused = [$"Setup / {at} leads to a loopback, link-local or metadata address"];
            Assert.Equal(refused, Faults(text, new() { Allowances = allButLocal }));
            Assert.Equal(mayBeAllowed ? [] : refused, Faults(text, new() { Allowances = all }));
        }
    }

    [Theory]
    [InlineData("https://2130706433")]
    [InlineData("https://0177.0.0.1")]
    [InlineData("https://0x7f000001")]
    [InlineData("https://127.1")]
    public void Url_ThatIsNotWhatItLooksLike_IsRefused(string url) => Assert.Contains(
        "Setup / namedCredential Mine: url must be an absolute URL of http or https",
        Faults($"externalCredentials: [{{name: Mine, label: x, {External}}}]\nnamedCredentials: [{{name: Mine, label: x, externalCredential: Mine, url: '{url}'}}]", SetupTrust.None));

    [Theory]
    [InlineData(false, "NoLocal")]
    [InlineData(true, "NoMetadata")]
    public void Entries_CarryWhereTheirConnectionsMayLead(bool allowed, string reach)
    {
        var trust = new SetupTrust { Allowances = allowed ? [SetupAllowance.LocalAddresses] : new HashSet<SetupAllowance>() };
        _folder.Write("catalog.yaml", Provisioned);
        var text = $"externalCredentials: [{{name: Mine, label: x, {External}}}]\nnamedCredentials: [{{name: MyQueue, label: x, externalCredential: Mine, url: 'https://sqs.example.com'}}]";
        var changes = new CatalogImport([], _store.Key, new FaultList()).Read(_folder.Write("import.yaml", text), replace: false);

        var catalog = new CatalogLoader(_folder.Catalog, _folder.Environment.GetValueOrDefault, setup: new StoredCatalog(() => CatalogImport.After([], changes), trust)).Load(null).Snapshot!;

        Assert.Equal((reach, reach), ($"{catalog.NamedCredentials["MyQueue"].Reach}", $"{catalog.ExternalCredentials["Mine"].Reach}"));
        Assert.Equal(("Everywhere", "Everywhere"), ($"{catalog.NamedCredentials["Queue"].Reach}", $"{catalog.ExternalCredentials["Theirs"].Reach}"));
    }

    private void AssertNeeds(string text, string allowance, string at)
    {
        var all = Enum.GetValues<SetupAllowance>().ToHashSet();
        Assert.Empty(Faults(text, new() { Allowances = all, Folders = [_folder.Path] }));
        Assert.True(all.Remove(Enum.Parse<SetupAllowance>(allowance)));
        Assert.Equal([$"{at} is not allowed to entries made in Setup"], Faults(text, new() { Allowances = all, Folders = [_folder.Path] }));
    }

    private IEnumerable<string> Faults(string text, SetupTrust trust)
    {
        _folder.Write("catalog.yaml", Provisioned);
        var faults = new FaultList();
        var changes = new CatalogImport([], _store.Key, faults).Read(_folder.Write("import.yaml", text.Replace("FOLDER", _folder.Path, StringComparison.Ordinal)), replace: false);
        Assert.False(faults.HasErrors);
        return new CatalogLoader(_folder.Catalog, _folder.Environment.GetValueOrDefault, setup: new StoredCatalog(() => CatalogImport.After([], changes), trust))
            .Load(null).Faults.Select(f => $"{f.Entry}: {f.Rule}");
    }
}
