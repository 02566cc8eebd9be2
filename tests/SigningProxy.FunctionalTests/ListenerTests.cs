using System.Globalization;
using System.Net;
using SigningProxy.FunctionalTests.Harness;

namespace SigningProxy.FunctionalTests;

public sealed class ListenerTests(ListenerTests.SeveralListeners stage) : IClassFixture<ListenerTests.SeveralListeners>
{
    private const string KeyId = "AKIDLISTENER0000";

    public sealed class SeveralListeners : Stage
    {
        internal Uri Second { get; } = Free();

        internal Uri Http2 { get; } = Free();

        private protected override IReadOnlyList<string> KeyIds => [KeyId];

        private protected override string[] Arguments => ["--listen", Second.Authority, "--listen", $"h2c:{Http2.Authority}"];

        private protected override string Catalog(Uri aws) => new CatalogText().With("Api", aws, KeyId, Secret).ToString();

        private static Uri Free() => new($"http://127.0.0.1:{ProxyProcess.FreePort().ToString(CultureInfo.InvariantCulture)}");
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Listen_GivenMoreThanOnce_ServesOnAll()
    {
        foreach (var address in new[] { stage.Proxy.Address, stage.Second })
        {
            var (answer, arrived) = await stage.ArrivedAsync(() => RawClient.GetAsync(address, "/Api/x"));

            Assert.Equal(200, answer.Status);
            Assert.True(Assert.Single(arrived).Verified);
        }
    }

    [Fact]
    public async Task Http2_ByPriorKnowledge_IsServedToHttpClient()
    {
        stage.Aws.ClearRequests();
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(stage.Http2, "/Api/x"))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new StringContent("a body"),
        };

        using var answer = await client.SendAsync(request, Cancellation);

        Assert.Equal((HttpStatusCode.OK, HttpVersion.Version20), (answer.StatusCode, answer.Version));
        Assert.True(Assert.Single(stage.Aws.Requests).Verified);
    }

    [Fact]
    public async Task Http2_ByPriorKnowledge_IsServedToCurl()
    {
        stage.Aws.ClearRequests();

        var (_, output, error) = await Shell.RunAsync($"curl -sS -m 20 -o /dev/null -w '%{{http_version}} %{{http_code}}' --http2-prior-knowledge '{stage.Http2}Api/x'");

        Assert.True(output == "2 200", output + error);
        Assert.True(Assert.Single(stage.Aws.Requests).Verified);
    }

    [Fact]
    public async Task Http1_OnAListenerForHttp2_IsRefusedAndNothingArrives()
    {
        var (answer, arrived) = await stage.ArrivedAsync(() => RawClient.GetAsync(stage.Http2, "/Api/x"));

        Assert.Equal(400, answer.Status);
        Assert.Empty(arrived);
    }

    [Fact]
    public async Task Http2_OnAListenerForHttp1_IsRefusedAndNothingArrives()
    {
        stage.Aws.ClearRequests();
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(stage.Proxy.Address, "/Api/x"))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };

        await Assert.ThrowsAsync<HttpRequestException>(() => client.SendAsync(request, Cancellation));

        Assert.Empty(stage.Aws.Requests);
    }

    [Theory]
    [InlineData("0.0.0.0:{0}", "reaching it proves nobody")]
    [InlineData("0.0.0.0:{0} by Token,Loopback", "reaching it proves nobody")]
    [InlineData("0.0.0.0:{0} by Token", "in the clear")]
    [InlineData("127.0.0.1:{0} by UnixPeer", "is no Unix socket")]
    [InlineData("127.0.0.1:{0} by ClientCertificate", "is without TLS")]
    [InlineData("https:127.0.0.1:{0} by Token", "needs a certificate")]
    public async Task Address_WhereProofsWouldProveNothing_IsRefused(string listen, string words)
    {
        var catalog = Path.Combine(stage.Proxy.Folder, "catalog.yaml");

        var (code, _, error) = await ProxyProcess.RunAsync("run", "--catalog", catalog, "--operations", "off", "--listen", string.Format(CultureInfo.InvariantCulture, listen, ProxyProcess.FreePort()));

        Assert.Equal(78, code);
        Assert.Contains(words, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Listen_OnTheCommandLine_TakesThePlaceOfAllOfTheSettings()
    {
        var folder = Directory.CreateTempSubdirectory("signing-proxy-test-").FullName;
        try
        {
            var settings = Path.Combine(folder, "settings.json");
            var listed = new[] { ProxyProcess.FreePort(), ProxyProcess.FreePort() };
            await File.WriteAllTextAsync(
                settings, $$"""{"SigningProxy": {"Listeners": {"Callouts": ["127.0.0.1:{{listed[0]}}", "127.0.0.1:{{listed[1]}}"]} } }""", Cancellation);
            await using var proxy = await ProxyProcess.StartAsync(new CatalogText().With("Api", stage.Aws.Address, KeyId, Stage.Secret).ToString(), "--settings", settings);

            var (answer, _) = await stage.ArrivedAsync(() => RawClient.GetAsync(proxy.Address, "/Api/x"));

            Assert.Equal(200, answer.Status);
            foreach (var port in listed)
                await Assert.ThrowsAsync<System.Net.Sockets.SocketException>(() => RawClient.GetAsync(new Uri($"http://127.0.0.1:{port}"), "/Api/x"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
