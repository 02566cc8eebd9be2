using System.Net;
using System.Net.Sockets;
using SigningProxy.FunctionalTests.Harness;

namespace SigningProxy.FunctionalTests;

public sealed class FailedDestinationTests(OneScript stage) : IClassFixture<OneScript>
{
    [Fact]
    public async Task Destination_Down_IsUnreachable()
    {
        var answer = await RawClient.GetAsync(stage.Proxy.Address, "/Down/x");

        Assert.Equal(502, answer.Status);
        Assert.Contains("\"code\":\"destination_unreachable\"", answer.Body, StringComparison.Ordinal);
        Assert.Contains("ConnectionRefused", answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Len")]
    [InlineData("not HTTP at all\r\n\r\n")]
    public async Task Destination_ThatGivesNoAnswer_IsUnreachable(string said)
    {
        stage.Destination.Script = (stream, cancellation) => ScriptedDestination.WriteAsync(stream, said, cancellation);

        var answer = await RawClient.GetAsync(stage.Proxy.Address, "/Scripted/x");

        Assert.Equal(502, answer.Status);
        Assert.Contains("\"code\":\"destination_unreachable\"", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Destination_SilentForTooLong_IsATimeout()
    {
        await using var silent = new ScriptedDestination { Script = (stream, cancellation) => ScriptedDestination.UntilClosedAsync(stream, cancellation) };
        await using var proxy = await ProxyProcess.StartAsync(
            new CatalogText().With("Silent", silent.Address, OneScript.KeyId, Stage.Secret).ToString(), "--set", "SigningProxy:Destinations:ActivityTimeout=00:00:00.5");

        var answer = await RawClient.GetAsync(proxy.Address, "/Silent/x");

        Assert.Equal(504, answer.Status);
        Assert.Contains("\"code\":\"destination_timeout\"", answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Content-Length: 100", "some")]
    [InlineData("Transfer-Encoding: chunked", "4\r\nsome\r\n")]
    [InlineData("Transfer-Encoding: chunked", "4\r\nsome\r\n1")]
    [InlineData("Transfer-Encoding: chunked", "4\r\nsome")]
    public async Task Body_BrokenOff_IsBrokenOffForTheCallerToo(string header, string part)
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        stage.Destination.Script = async (stream, cancellation) =>
        {
            await ScriptedDestination.WriteAsync(stream, $"HTTP/1.1 200 OK\r\n{header}\r\n\r\n{part}", cancellation);
            await gate.Task.WaitAsync(cancellation);
        };
        using var client = new HttpClient();
        using var limit = Wait.Limit();

        using var answer = await client.GetAsync(stage.Target, HttpCompletionOption.ResponseHeadersRead, limit.Token);
        await using var body = await answer.Content.ReadAsStreamAsync(limit.Token);
        gate.SetResult();

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await Assert.ThrowsAnyAsync<IOException>(() => body.CopyToAsync(Stream.Null, limit.Token));
    }

    [Fact]
    public async Task Stream_ThatItsCallerResetsAmidAnUpload_TakesTheDestinationsConnectionAlong()
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        stage.Destination.Script = async (stream, cancellation) =>
        {
            await stream.ReadExactlyAsync(new byte[4], cancellation);
            arrived.SetResult();
            await ScriptedDestination.UntilClosedAsync(stream, cancellation);
            closed.SetResult();
        };
        using var limit = Wait.Limit();
        using var client = new HttpClient();
        using var going = new CancellationTokenSource();
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri(stage.Http2, "/Scripted/x"))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new HalfABody(),
            Headers = { { "X-Amz-Content-Sha256", new string('0', 64) } },
        };

        var sending = client.SendAsync(request, going.Token);
        await arrived.Task.WaitAsync(limit.Token);
        await going.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        await closed.Task.WaitAsync(limit.Token);
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nsome")]
    public async Task Caller_WhoGoesAway_TakesTheDestinationsConnectionAlong(string said)
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        stage.Destination.Script = async (stream, cancellation) =>
        {
            await ScriptedDestination.WriteAsync(stream, said, cancellation);
            arrived.SetResult();
            await ScriptedDestination.UntilClosedAsync(stream, cancellation);
            closed.SetResult();
        };
        using var limit = Wait.Limit();

        using (var caller = new TcpClient(stage.Proxy.Address.Host, stage.Proxy.Address.Port))
        {
            await ScriptedDestination.WriteAsync(caller.GetStream(), "GET /Scripted/x HTTP/1.1\r\nHost: localhost\r\n\r\n", limit.Token);
            await arrived.Task.WaitAsync(limit.Token);
            Assert.False(closed.Task.IsCompleted);
        }

        await closed.Task.WaitAsync(limit.Token);
    }

    /// <summary>Sends half of what it announces, and waits for ever with the rest.</summary>
    private sealed class HalfABody : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            await stream.WriteAsync("half"u8.ToArray(), cancellationToken);
            await stream.FlushAsync(cancellationToken);
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 8;
            return true;
        }
    }
}
