using SigningProxy.FunctionalTests.Harness;

namespace SigningProxy.FunctionalTests.Setup;

/// <summary>A manager of Setup who means ill, from outside: whatever the entry, what listens on the machine itself sees nothing.</summary>
public sealed class MaliciousManagerTests
{
    private const string Trap = "trap.example.com";
    private const string External = "authenticationProtocol: AwsSignatureV4, service: sqs, region: eu-west-1";
    private const string Keys = "principals: [{name: One, sequenceNumber: 1, accessKey: {value: AKIAMALLORYSOWNKEY01}, accessSecret: {value: a-secret-of-mallorys-own}}]";

    [Theory]
    [InlineData("http://127.0.0.1:PORT", "url leads to a loopback, link-local or metadata address")]
    [InlineData("http://localhost:PORT", "url leads to a loopback, link-local or metadata address")]
    [InlineData("http://x.localhost:PORT", "url leads to a loopback, link-local or metadata address")]
    [InlineData("http://[::ffff:127.0.0.1]:PORT", "url leads to a loopback, link-local or metadata address")]
    [InlineData("http://[::]:PORT", "url leads to a loopback, link-local or metadata address")]
    [InlineData("http://[64:ff9b::7f00:1]:PORT", "url leads to a loopback, link-local or metadata address")]
    [InlineData("http://0.0.0.0:PORT", "url leads to a loopback, link-local or metadata address")]
    [InlineData("http://169.254.169.254/latest/meta-data/iam", "url leads to a loopback, link-local or metadata address")]
    [InlineData("http://[fd00:ec2::254]/latest/meta-data/iam", "url leads to a loopback, link-local or metadata address")]
    [InlineData("http://2130706433:PORT", "url must be an absolute URL")]
    [InlineData("http://0177.0.0.1:PORT", "url must be an absolute URL")]
    [InlineData("http://127.1:PORT", "url must be an absolute URL")]
    public async Task Url_OfTheMachineItself_IsRefused_AndReachesNobody(string url, string rule)
    {
        await using var near = new CannedDestination("HTTP/1.1 200 OK");
        using var folder = await SetupFolder.CreateAsync();
        var file = await folder.WriteAsync(Entries(url.Replace("PORT", $"{near.Address.Port}", StringComparison.Ordinal)));

        var import = await ProxyProcess.RunAsync(["catalog", "import", file, "--catalog", folder.Catalog, .. Settings(folder)]);

        Assert.Equal(78, import.ExitCode);
        Assert.Contains($"Setup / namedCredential Mine: {rule}", import.Error, StringComparison.Ordinal);
        Assert.Empty(await folder.ProfilesAsync());
        Assert.Empty(near.Heads);
    }

    [Fact]
    public async Task Name_ThatLeadsToTheMachineItself_ReachesNobody_ButForProvisionedEntries()
    {
        await using var near = new CannedDestination("HTTP/1.1 200 OK");
        using var folder = await SetupFolder.CreateAsync();
        var launch = await LaunchAsync(folder);
        var port = near.Address.Port;
        var file = await folder.WriteAsync($$"""
            externalCredentials:
              - {name: Mine, label: x, {{External}}, {{Keys}}}
              - {name: Roles, label: x, {{External}}, variant: AssumeRole, sts: {accessKey: {value: AKIAMALLORYSOWNKEY01}, accessSecret: {value: own}, endpoint: "https://{{Trap}}:{{port}}"}, principals: [{name: One, sequenceNumber: 1, roleArn: "{{SessionCatalog.Role}}"}]}
            namedCredentials:
              - {name: Mine, label: x, url: "http://{{Trap}}:{{port}}", allowPlainHttp: true, externalCredential: Mine}
              - {name: MineByTls, label: x, url: "https://{{Trap}}:{{port}}", externalCredential: Mine}
              - {name: Assumed, label: x, url: "https://sqs.example.com", externalCredential: Roles}
            permissionSets: [{name: All, callers: ["*"], principals: [Mine-One, Roles-One]}]
            """);
        var import = await ProxyProcess.RunAsync(["catalog", "import", file, "--catalog", folder.Catalog, .. Settings(folder)]);
        Assert.Equal((0, ""), (import.ExitCode, import.Error));
        var provisioned = new CatalogText().With("Theirs", new Uri($"http://{Trap}:{port}"), "AKIATHEOPERATORSOWN1", "secret", fields: ["allowPlainHttp: true"]).ToString();
        await using var proxy = await ProxyProcess.StartAsync(provisioned, launch, [.. Settings(folder), "--set", "SigningProxy:Sessions:WaitLimit=00:00:02"]);

        Assert.Equal(200, (await RawClient.GetAsync(proxy.Address, "/Theirs/x")).Status);
        Assert.Single(near.Heads);
        foreach (var name in (string[])["Mine", "MineByTls"])
        {
            var answer = await RawClient.GetAsync(proxy.Address, $"/{name}/x");
            Assert.Equal(502, answer.Status);
            Assert.Contains("the host leads to a loopback, link-local or metadata address", answer.Body, StringComparison.Ordinal);
        }
        Assert.Equal(503, (await RawClient.GetAsync(proxy.Address, "/Assumed/x")).Status);
        await proxy.WritesAsync("was not reached: the host leads to a loopback, link-local or metadata address");

        Assert.Equal(200, (await RawClient.GetAsync(proxy.Address, "/Theirs/x")).Status);
        Assert.Equal(2, near.Heads.Count);
        Assert.All(near.Heads, head => Assert.Contains("AKIATHEOPERATORSOWN1", head, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Redirect_ToTheMachineItself_IsNotFollowed()
    {
        await using var near = new CannedDestination("HTTP/1.1 200 OK");
        await using var moved = new CannedDestination("HTTP/1.1 302 Found", $"Location: {near.Address}secret");
        using var folder = await SetupFolder.CreateAsync();
        await folder.ImportAsync(Entries(moved.Address.AbsoluteUri));
        await using var proxy = await ProxyProcess.StartAsync("namedCredentials: []", folder.Settings);

        Assert.Equal(302, (await RawClient.GetAsync(proxy.Address, "/Mine/x")).Status);

        Assert.Single(moved.Heads);
        Assert.Empty(near.Heads);
    }

    private static string Entries(string url) => $$"""
        externalCredentials: [{name: Mine, label: x, {{External}}, {{Keys}}}]
        namedCredentials: [{name: Mine, label: x, url: "{{url}}", allowPlainHttp: {{(url.StartsWith("http://127", StringComparison.Ordinal) ? "false" : "true")}}, externalCredential: Mine}]
        permissionSets: [{name: All, callers: ["*"], principals: [Mine-One]}]
        """;

    /// <summary>All is allowed but addresses of the machine itself.</summary>
    private static string[] Settings(SetupFolder folder) =>
    [
        "--set", $"SigningProxy:Setup:Database={folder.Database}", "--set", $"SigningProxy:Setup:MasterKeyFile={folder.File("master.key")}", "--set", "SigningProxy:Setup:Listen=off",
        "--set", "SigningProxy:Setup:Allow:0=Endpoint", "--set", "SigningProxy:Setup:Allow:1=PlainHttp", "--set", "SigningProxy:Setup:Allow:2=SignHost",
    ];

    /// <summary>A start in which the name leads to the loopback, as the name server of a manager might say.</summary>
    private static async Task<Launch> LaunchAsync(SetupFolder folder)
    {
        Assert.SkipUnless((await Shell.RunAsync("unshare -m true")).ExitCode == 0, "Needs the right to mount, to have a name of its own.");
        var hosts = folder.File("hosts");
        await File.WriteAllTextAsync(hosts, $"127.0.0.1 localhost {Trap}\n");
        return new Launch { Through = ["unshare", "-m", "sh", "-c", $"mount --bind {hosts} /etc/hosts && exec \"$0\" \"$@\""] };
    }
}
