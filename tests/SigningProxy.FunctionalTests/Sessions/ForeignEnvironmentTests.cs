using System.Globalization;
using SigningProxy.FunctionalTests.Harness;
using SigningProxy.LocalAws;

namespace SigningProxy.FunctionalTests.Sessions;

/// <summary>The environment that an application shares with us may point its own SDK at us, or at nonsense.</summary>
public sealed class ForeignEnvironmentTests : IDisposable
{
    private readonly string _config = Path.GetTempFileName();

    public void Dispose() => File.Delete(_config);

    [Fact]
    public async Task Sessions_StillComeFromSts()
    {
        var own = ProxyProcess.FreePort();
        await using var nonsense = new CannedDestination("HTTP/1.1 418 I am nobody's STS");
        await using var stage = await SessionStage.StartAsync(
            SessionStage.Believing(),
            aws => new SessionCatalog().With("One", aws, SessionCatalog.AssumeRole(aws), named: $"listen: {own}"),
            new Launch { Environment = await PointingAsync($"http://127.0.0.1:{own.ToString(CultureInfo.InvariantCulture)}", nonsense.Address) },
            SessionStage.CallsAlone);

        (await stage.GetAsync("/One/x")).AssertPlain();

        Assert.Equal(new LocalCounts(AssumeRoleCalls: 1, SessionsIssued: 1, DestinationRequests: 1), stage.Aws.Counts);
        Assert.Empty(nonsense.Heads);
    }

    [Fact]
    public async Task Sts_WithoutAnEndpointOfItsOwn_IsTheRegions_ByWayOfTheEnvironmentsProxy()
    {
        await using var between = new CannedDestination("HTTP/1.1 403 Forbidden");
        await using var nonsense = new CannedDestination("HTTP/1.1 418 I am nobody's STS");
        await using var aws = await LocalAwsServer.StartAsync(SessionStage.Believing(), TestContext.Current.CancellationToken);
        var environment = await PointingAsync(nonsense.Address.AbsoluteUri, nonsense.Address);
        environment["HTTPS_PROXY"] = environment["https_proxy"] = between.Address.AbsoluteUri;
        environment["NO_PROXY"] = environment["no_proxy"] = "";
        var catalog = new SessionCatalog().With("One", aws.Address, SessionCatalog.AssumeRole(aws.Address)).ToString().Replace($", endpoint: '{aws.Address}'", "", StringComparison.Ordinal);
        await using var proxy = await ProxyProcess.StartAsync(catalog, new Launch { Environment = environment }, "--set", "SigningProxy:Sessions:Startup=Lazy");

        var answer = await RawClient.GetAsync(proxy.Address, "/One/x");

        Assert.Equal(503, answer.Status);
        Assert.All(between.Heads, head => Assert.StartsWith("CONNECT sts.eu-west-1.amazonaws.com:443 ", head, StringComparison.Ordinal));
        Assert.NotEmpty(between.Heads);
        Assert.Empty(nonsense.Heads);
        Assert.Equal(new LocalCounts(), aws.Counts);
    }

    private async Task<Dictionary<string, string>> PointingAsync(string endpoint, Uri nonsense)
    {
        await File.WriteAllTextAsync(
            _config, $"[profile odd]\nregion = xx-none-9\nendpoint_url = {nonsense}\nrole_arn = {SessionCatalog.Role}\nsource_profile = nobody\nservices = odd\n[services odd]\nsts =\n  endpoint_url = {nonsense}\n",
            TestContext.Current.CancellationToken);
        return new()
        {
            ["AWS_ENDPOINT_URL"] = endpoint,
            ["AWS_ENDPOINT_URL_STS"] = endpoint,
            ["AWS_PROFILE"] = "odd",
            ["AWS_CONFIG_FILE"] = _config,
            ["AWS_SHARED_CREDENTIALS_FILE"] = _config,
            ["AWS_REGION"] = "xx-none-9",
            ["AWS_DEFAULT_REGION"] = "xx-none-9",
            ["AWS_USE_FIPS_ENDPOINT"] = "true",
            ["AWS_USE_DUALSTACK_ENDPOINT"] = "true",
            ["AWS_STS_REGIONAL_ENDPOINTS"] = "legacy",
            ["AWS_ACCESS_KEY_ID"] = "AKIASOMEBODYELSES001",
            ["AWS_SECRET_ACCESS_KEY"] = "the-secret-of-somebody-else",
            ["HTTPS_PROXY"] = nonsense.AbsoluteUri,
            ["https_proxy"] = nonsense.AbsoluteUri,
        };
    }
}
