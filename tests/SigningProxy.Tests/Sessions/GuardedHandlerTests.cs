using System.Net;
using System.Net.Sockets;
using System.Text;
using SigningProxy.Catalog;
using SigningProxy.Destinations;
using SigningProxy.Sessions;

namespace SigningProxy.Tests.Sessions;

/// <summary>Where requests for entries made in Setup end up, once names are resolved.</summary>
public sealed class GuardedHandlerTests : IDisposable
{
    private readonly TcpListener _destination = new(IPAddress.Loopback, 0);
    private readonly TcpListener _egress = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<string> _seen = [];
    private readonly List<string> _seenByEgress = [];

    public GuardedHandlerTests()
    {
        _ = ServeAsync(_destination, _seen);
        _ = ServeAsync(_egress, _seenByEgress);
    }

    private int Port => ((IPEndPoint)_destination.LocalEndpoint).Port;

    public void Dispose()
    {
        _stop.Cancel();
        _destination.Dispose();
        _egress.Dispose();
        _stop.Dispose();
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("8.8.8.8,127.0.0.1")]
    [InlineData("169.254.169.254")]
    public async Task Send_WhereANameLeadsToWhatIsRefused_ReachesNobody(string addresses)
    {
        var fault = await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync(AddressReach.NoLocal, $"http://trap.example.com:{Port}/", addresses));
        Assert.IsType<RefusedAddressException>(fault.InnerException);
        Assert.Empty(_seen);
    }

    [Fact]
    public async Task Send_WhereTheLoopbackIsAllowed_ReachesIt()
    {
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(AddressReach.NoMetadata, $"http://near.example.com:{Port}/", "127.0.0.1")).StatusCode);
        Assert.Single(_seen);
        var fault = await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync(AddressReach.NoMetadata, $"http://trap.example.com:{Port}/", "127.0.0.1,fe80::1"));
        Assert.IsType<RefusedAddressException>(fault.InnerException);
        Assert.Single(_seen);
    }

    // The name led elsewhere when it was looked up first.
    [Fact]
    public async Task Send_JudgesEveryConnection()
    {
        var answers = new Queue<string>(["127.0.0.1", "169.254.169.254"]);
        using var client = Client(AddressReach.NoMetadata, NoProxy(), (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse(answers.Dequeue())]));
        using var first = await GetAsync(client, $"http://rebinding.example.com:{Port}/");
        var fault = await Assert.ThrowsAsync<HttpRequestException>(() => GetAsync(client, $"http://rebinding.example.com:{Port}/"));
        Assert.IsType<RefusedAddressException>(fault.InnerException);
        Assert.Single(_seen);
    }

    [Fact]
    public async Task Send_ThroughTheEgressProxy_JudgesTheHostAsItIsWritten()
    {
        var egress = new WebProxy(new Uri($"http://{_egress.LocalEndpoint}"));
        using var client = Client(AddressReach.NoLocal, egress, (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]));

        await Assert.ThrowsAsync<HttpRequestException>(() => GetAsync(client, "https://far.example.com/"));
        Assert.StartsWith("CONNECT far.example.com:443 ", Assert.Single(_seenByEgress), StringComparison.Ordinal);

        foreach (var host in (string[])["127.0.0.1", "[::ffff:127.0.0.1]", "169.254.169.254", "localhost", "a.localhost"])
        {
            var fault = await Assert.ThrowsAsync<HttpRequestException>(() => GetAsync(client, $"https://{host}:{Port}/"));
            Assert.IsType<RefusedAddressException>(fault.InnerException);
        }
        // The egress proxy's own place is no way round: it is spoken to as a proxy alone.
        await Assert.ThrowsAsync<HttpRequestException>(() => GetAsync(client, $"https://{_egress.LocalEndpoint}/"));
        Assert.Single(_seenByEgress);
        Assert.Empty(_seen);
    }

    [Fact]
    public async Task Send_FollowsNoRedirect()
    {
        using var client = Client(AddressReach.NoMetadata, NoProxy(), (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]));
        using var answer = await GetAsync(client, $"http://near.example.com:{Port}/moved");
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Single(_seen);
    }

    private static WebProxy NoProxy() => new();

    private static Task<HttpResponseMessage> GetAsync(HttpMessageInvoker client, string url) =>
        client.SendAsync(new HttpRequestMessage(HttpMethod.Get, url), TestContext.Current.CancellationToken);

    private static HttpMessageInvoker Client(AddressReach reach, IWebProxy proxy, Func<string, CancellationToken, Task<IPAddress[]>> resolve) =>
        new(new GuardedHandler(reach, proxy, () => new SocketsHttpHandler { AllowAutoRedirect = false }, resolve));

    private static async Task<HttpResponseMessage> SendAsync(AddressReach reach, string url, string addresses)
    {
        using var client = Client(reach, NoProxy(), (_, _) => Task.FromResult(addresses.Split(',').Select(IPAddress.Parse).ToArray()));
        return await GetAsync(client, url);
    }

    private async Task ServeAsync(TcpListener listener, List<string> seen)
    {
        listener.Start();
        try
        {
            while (true)
            {
                using var connection = await listener.AcceptTcpClientAsync(_stop.Token);
                var stream = connection.GetStream();
                var head = new byte[4096];
                var count = await stream.ReadAsync(head, _stop.Token);
                var text = Encoding.ASCII.GetString(head, 0, count);
                seen.Add(text);
                var status = text.StartsWith("CONNECT", StringComparison.Ordinal) ? "403 Forbidden" : text.Contains("/moved", StringComparison.Ordinal) ? "302 Found\r\nLocation: /secret" : "200 OK";
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"), _stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }
}
