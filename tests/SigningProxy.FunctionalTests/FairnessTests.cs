using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using SigningProxy.FunctionalTests.Harness;
using SigningProxy.LocalAws;

namespace SigningProxy.FunctionalTests;

/// <summary>A caller who sends without end, or who stops in the middle, takes the proxy from nobody.</summary>
public sealed class FairnessTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const string KeyId = "AKIDEXAMPLE000FAIR";
    private const string SomeHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b856";
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    private readonly TcpListener _sink = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _over = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly ConcurrentBag<Task> _peers = [];
    private LocalAwsServer _aws = null!;
    private ProxyProcess _proxy = null!;
    private long _swallowed;

    public async ValueTask InitializeAsync()
    {
        _sink.Start();
        _peers.Add(SwallowAsync());
        _aws = await LocalAwsServer.StartAsync(new LocalAwsOptions { Keys = [new(KeyId, Stage.Secret)] });
        _proxy = await ProxyProcess.StartAsync(new CatalogText()
            .With("Echo", _aws.Address, KeyId, Stage.Secret)
            .With("Sink", new Uri($"http://{_sink.LocalEndpoint}"), KeyId, Stage.Secret).ToString());
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await Task.WhenAll(_peers).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _sink.Dispose();
        await _proxy.DisposeAsync();
        await _aws.DisposeAsync();
        _over.Dispose();
    }

    [Fact]
    public async Task Call_WhileOthersSendWithoutEnd_IsAnsweredSoon()
    {
        for (var i = 0; i < 8; i++)
            _peers.Add(SendWithoutEndAsync());
        await Wait.UntilAsync(() => Interlocked.Read(ref _swallowed) > 32 << 20, "the bodies stream");

        var slowest = await SlowestOfAsync(50);

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"beside {Interlocked.Read(ref _swallowed) >> 20} MiB of streaming bodies the slowest of 50 calls took {slowest.TotalMilliseconds:0} ms"));
        Assert.True(slowest < Soon, $"The slowest call took {slowest}.");
    }

    [Fact]
    public async Task Call_WhileOthersStopInTheMiddleOfABody_IsAnsweredSoon()
    {
        for (var i = 0; i < 64; i++)
            await BeginAsync($"POST /{(i % 2 == 0 ? "Echo" : "Sink")}/slow HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n{(i % 4 == 0 ? "" : $"X-Amz-Content-Sha256: {SomeHash}\r\n")}\r\nthe beginning");

        var slowest = await SlowestOfAsync(50);

        Assert.True(slowest < Soon, $"The slowest call took {slowest}.");
    }

    private async Task<TimeSpan> SlowestOfAsync(int calls)
    {
        var slowest = TimeSpan.Zero;
        for (var call = 0; call < calls; call++)
        {
            var started = Stopwatch.GetTimestamp();
            Assert.Equal(200, (await RawClient.GetAsync(_proxy.Address, "/Echo/fair")).Status);
            slowest = TimeSpan.FromTicks(Math.Max(slowest.Ticks, Stopwatch.GetElapsedTime(started).Ticks));
        }
        return slowest;
    }

    private async Task SendWithoutEndAsync()
    {
        var stream = await BeginAsync($"PUT /Sink/endless HTTP/1.1\r\nHost: localhost\r\nContent-Length: {1L << 40}\r\nX-Amz-Content-Sha256: {SomeHash}\r\n\r\n");
        var some = new byte[256 * 1024];
        while (true)
            await stream.WriteAsync(some, _over.Token);
    }

    private async Task<NetworkStream> BeginAsync(string head)
    {
        var socket = new TcpClient(_proxy.Address.Host, _proxy.Address.Port);
        _over.Token.Register(socket.Dispose);
        await socket.GetStream().WriteAsync(Encoding.Latin1.GetBytes(head), _over.Token);
        return socket.GetStream();
    }

    /// <summary>Takes all that comes and answers nothing.</summary>
    private async Task SwallowAsync()
    {
        while (true)
        {
            var socket = await _sink.AcceptSocketAsync(_over.Token);
            _peers.Add(Task.Run(async () =>
            {
                using (socket)
                {
                    var buffer = new byte[256 * 1024];
                    while (await socket.ReceiveAsync(buffer, _over.Token) is > 0 and var read)
                        Interlocked.Add(ref _swallowed, read);
                }
            }));
        }
    }
}
