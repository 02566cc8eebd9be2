using SigningProxy.FunctionalTests.Harness;

namespace SigningProxy.FunctionalTests;

public sealed class EnvironmentProxyTests : IAsyncLifetime
{
    // No request leaves the machine: the proxy in between refuses tunnels, and a name under .invalid has no address (RFC 6761, section 6.4).
    private readonly CannedDestination _between = new("HTTP/1.1 403 Forbidden");
    private readonly CannedDestination _near = new("HTTP/1.1 200 OK");
    private ProxyProcess _proxy = null!;

    public async ValueTask InitializeAsync() => _proxy = await ProxyProcess.StartAsync(
        new CatalogText()
            .With("Far", new Uri("https://far.invalid"), "AKIDFAR000000000", "secret")
            .With("Excepted", new Uri("https://excepted.invalid"), "AKIDEXCEPTED0000", "secret")
            .With("Near", _near.Address, "AKIDNEAR00000000", "secret")
            .ToString(),
        new Launch
        {
            Environment = new Dictionary<string, string>
            {
                // .NET takes these before their forms in capitals, which a machine may have set.
                ["https_proxy"] = _between.Address.AbsoluteUri,
                ["http_proxy"] = _between.Address.AbsoluteUri,
                ["no_proxy"] = "excepted.invalid",
            },
        },
        "--set", "SigningProxy:Destinations:ConnectTimeout=00:00:03");

    public async ValueTask DisposeAsync()
    {
        await _proxy.DisposeAsync();
        await _between.DisposeAsync();
        await _near.DisposeAsync();
    }

    [Fact]
    public async Task Tls_GoesThroughTheProxyAsATunnel()
    {
        var answer = await RawClient.GetAsync(_proxy.Address, "/Far/x");

        Assert.Equal(502, answer.Status);
        var head = Assert.Single(_between.Heads);
        Assert.StartsWith("CONNECT far.invalid:443 ", head, StringComparison.Ordinal);
        Assert.DoesNotContain("AKIDFAR", head, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tls_ToAnExceptedHost_GoesPastTheProxy()
    {
        var answer = await RawClient.GetAsync(_proxy.Address, "/Excepted/x");

        Assert.True(answer.Status is 502 or 504, answer.Head);
        Assert.Empty(_between.Heads);
    }

    [Fact]
    public async Task Plain_OnTheLoopback_GoesPastTheProxy()
    {
        var answer = await RawClient.GetAsync(_proxy.Address, "/Near/x");

        Assert.Equal(200, answer.Status);
        Assert.Single(_near.Heads);
        Assert.Empty(_between.Heads);
    }
}
