using System.Net.Sockets;
using System.Text;
using SigningProxy.FunctionalTests.Harness;

namespace SigningProxy.FunctionalTests;

public sealed class BrowserTests(BrowserTests.ListedNames stage) : IClassFixture<BrowserTests.ListedNames>
{
    private const string KeyId = "AKIDBROWSER00000";

    public sealed class ListedNames : Stage
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("signing-proxy-test-").FullName;

        internal string Socket => Path.Combine(_folder, "s");

        private protected override IReadOnlyList<string> KeyIds => [KeyId];

        private protected override string[] Arguments =>
        [
            "--set", "SigningProxy:Callouts:AllowedHosts:0=proxy.internal",
            "--set", "SigningProxy:Callouts:AllowedOrigins:0=http://localhost:3000",
            "--listen", $"unix:{Socket}",
        ];

        private protected override string Catalog(Uri aws) => new CatalogText().With("Api", aws, KeyId, Secret).ToString();

        public override async ValueTask DisposeAsync()
        {
            await base.DisposeAsync();
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("LOCALHOST:8080")]
    [InlineData("127.0.0.1:8080")]
    [InlineData("127.8.9.1")]
    [InlineData("[::1]:8080")]
    [InlineData("proxy.internal")]
    [InlineData("Proxy.Internal:8080")]
    public async Task Host_LoopbackOrListed_IsServed(string host)
    {
        var (answer, arrived) = await stage.SendAsync(Get($"Host: {host}"));

        Assert.Equal(200, answer.Status);
        Assert.Single(arrived);
    }

    [Theory]
    [InlineData("rebound.example")]
    [InlineData("localhost.example")]
    [InlineData("notlocalhost")]
    [InlineData("localhost.")]
    [InlineData("0.0.0.0")]
    [InlineData("0.0.0.0:8080")]
    [InlineData("10.0.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("proxy.internal.example")]
    public Task Host_OfAnotherName_IsRefused(string host) => AssertRefused(Get($"Host: {host}"), 403, "host_not_allowed");

    [Fact]
    public Task Host_Missing_IsRefused() => AssertRefused("GET /Api/x HTTP/1.0\r\n\r\n", 400, "host_missing");

    [Theory]
    [InlineData("Host:")]
    [InlineData("Host: [::]:8080")]
    [InlineData("Host: localhost, localhost")]
    [InlineData("Host: localhost/x")]
    public Task Host_ThatIsNone_IsRefused(string header) => AssertRefused(Get(header), 400, "");

    [Theory]
    [InlineData("1.1")]
    [InlineData("1.0")]
    public Task Host_Repeated_IsRefused(string version) =>
        AssertRefused($"GET /Api/x HTTP/{version}\r\nHost: localhost\r\nHost: localhost\r\nConnection: close\r\n\r\n", 400, "");

    [Theory]
    [InlineData("none")]
    [InlineData("same-origin")]
    public async Task FetchSite_OfNobodyElse_IsServed(string site)
    {
        var (answer, arrived) = await stage.GetAsync("/Api/x", $"Sec-Fetch-Site: {site}");

        Assert.Equal(200, answer.Status);
        Assert.Single(arrived);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site: cross-site")]
    [InlineData("Sec-Fetch-Site: same-site")]
    [InlineData("Sec-Fetch-Site: None")]
    [InlineData("Sec-Fetch-Site:")]
    [InlineData("Sec-Fetch-Site: none\r\nSec-Fetch-Site: cross-site")]
    [InlineData("Origin: http://rebound.example")]
    [InlineData("Origin: http://localhost:3001")]
    [InlineData("Origin: https://localhost:3000")]
    [InlineData("Origin: null")]
    [InlineData("Origin: http://localhost:3000\r\nOrigin: http://rebound.example")]
    public Task Page_OfAnotherSite_IsRefused(string headers) => AssertRefused(Get($"Host: localhost\r\n{headers}"), 403, "cross_site");

    [Fact]
    public async Task Origin_Listed_IsServed()
    {
        var (answer, arrived) = await stage.GetAsync("/Api/x", "Origin: http://localhost:3000");

        Assert.Equal(200, answer.Status);
        Assert.Single(arrived);
    }

    [Theory]
    [InlineData("/Api/x", "Sec-Fetch-Mode: navigate")]
    [InlineData("/Api/x", "Sec-Fetch-Dest: document")]
    [InlineData("/Api/x", "Sec-Fetch-Dest: iframe")]
    [InlineData("/Absent/x", "Sec-Fetch-Mode: navigate")]
    public async Task Navigation_IsAnsweredInASandbox(string target, string header)
    {
        var (answer, _) = await stage.GetAsync(target, header);

        Assert.Contains("X-Content-Type-Options: nosniff", answer.Head, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Content-Security-Policy: sandbox", answer.Head, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Fetch_IsAnsweredAsTheDestinationAnswered()
    {
        var (answer, _) = await stage.GetAsync("/Api/x", "Sec-Fetch-Mode: cors", "Sec-Fetch-Dest: empty");

        Assert.DoesNotContain("Content-Security-Policy", answer.Head, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("Host: rebound.example")]
    [InlineData("Host: localhost\r\nSec-Fetch-Site: cross-site")]
    [InlineData("Host: localhost\r\nOrigin: http://rebound.example")]
    public async Task UnixSocket_IsOutOfEveryBrowsersReach_AndServesAll(string headers)
    {
        var (answer, arrived) = await stage.ArrivedAsync(async () =>
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(stage.Socket), TestContext.Current.CancellationToken);
            await using var stream = new NetworkStream(socket);
            return await RawClient.ExchangeAsync(stream, Encoding.Latin1.GetBytes(Get(headers)));
        });

        Assert.Equal(200, answer.Status);
        Assert.Single(arrived);
    }

    [Fact]
    public async Task Operations_RefuseBrowsersToo()
    {
        var answer = await RawClient.SendAsync(stage.Proxy.Operations, "GET /metrics HTTP/1.1\r\nHost: rebound.example\r\nConnection: close\r\n\r\n");

        Assert.Equal(403, answer.Status);
    }

    private static string Get(string headers) => $"GET /Api/x HTTP/1.1\r\n{headers}\r\nConnection: close\r\n\r\n";

    private async Task AssertRefused(string request, int status, string code)
    {
        var (answer, arrived) = await stage.SendAsync(request);

        Assert.Equal(status, answer.Status);
        Assert.Contains(code, answer.Body, StringComparison.Ordinal);
        Assert.Empty(arrived);
    }
}
