using System.Buffers;
using System.Diagnostics;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Text;
using SigningProxy.Bodies;
using SigningProxy.Destinations;

namespace SigningProxy.Tests.Destinations;

/// <summary>Which connection a request takes, and what becomes of it.</summary>
public sealed class DestinationPoolTests
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Requests_OneAfterTheOther_ShareAConnection_AndTogetherDoNot()
    {
        using var destination = Answering();
        for (var i = 0; i < 5; i++)
            Assert.Equal("200 ok", await destination.AskAsync());
        Assert.Equal(1, destination.Connections);

        await using (var first = await destination.SendAsync())
        await using (var second = await destination.SendAsync())
            Assert.Equal(2, destination.Connections);
    }

    [Fact]
    public async Task Connection_WhoseAnswerIsNotReadToItsEnd_IsNotUsedAgain()
    {
        using var destination = Answering();
        await using (await destination.SendAsync())
        {
            // Given back with its body unread.
        }

        Assert.Equal("200 ok", await destination.AskAsync());
        Assert.Equal(2, destination.Connections);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok and more")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged")]
    public async Task Bytes_ThatNobodyAskedFor_AnswerNobody(string first)
    {
        using var destination = new SpokenDestination(async spoken =>
        {
            await spoken.HearHeadAsync();
            await spoken.SayAsync(first);
            await spoken.HearHeadAsync();
        });

        Assert.Equal("200 ok", await destination.AskAsync());
        Assert.Equal("200 ok", await destination.AskAsync());
        Assert.Equal(2, destination.Connections);
    }

    [Fact]
    public async Task Bytes_ThatComeWhileItIsIdle_EndAConnection()
    {
        var said = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var destination = new SpokenDestination(async spoken =>
        {
            await spoken.HearHeadAsync();
            await spoken.SayAsync(Ok);
            if (said.Task.IsCompleted)
                return;
            await Task.Delay(50, spoken.End);
            await spoken.SayAsync("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged");
            said.SetResult();
            await spoken.HearHeadAsync();
        });

        Assert.Equal("200 ok", await destination.AskAsync());
        await said.Task.WaitAsync(Cancellation);
        await UntilAsync(() => destination.AskAsync().GetAwaiter().GetResult() == "200 ok" && destination.Connections == 2);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Connection_ThatEndedWhileIdle_CostsNoRequest(bool reset)
    {
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var destination = new SpokenDestination(async spoken =>
        {
            await spoken.HearHeadAsync();
            await spoken.SayAsync(Ok);
            spoken.Socket.LingerState = new LingerOption(reset, 0);
            spoken.Socket.Dispose();
            closed.TrySetResult();
        });

        Assert.Equal("200 ok", await destination.AskAsync(SpokenDestination.Request("POST")));
        await closed.Task.WaitAsync(Cancellation);
        // Its end comes when it comes; from then on nobody gets it.
        await UntilAsync(() =>
        {
            destination.Pool.Sweep();
            return destination.Pool.Idle == 0;
        });
        Assert.Equal("200 ok", await destination.AskAsync(SpokenDestination.Request("POST")));
    }

    [Theory]
    [InlineData("GET", true)]
    [InlineData("PUT", true)]
    [InlineData("POST", false)]
    public async Task Connection_ThatEndsAtARequest_IsReplacedOnlyWhereTwiceIsOnce(string method, bool repeated)
    {
        var requests = 0;
        using var destination = new SpokenDestination(async spoken =>
        {
            await spoken.HearHeadAsync();
            Interlocked.Increment(ref requests);
            await spoken.SayAsync(Ok);
            // The second one is heard, and not answered.
            await spoken.HearHeadAsync();
            Interlocked.Increment(ref requests);
        });
        Assert.Equal("200 ok", await destination.AskAsync());

        if (repeated)
            Assert.Equal("200 ok", await destination.AskAsync(SpokenDestination.Request(method)));
        else
            await Assert.ThrowsAsync<StaleConnectionException>(() => destination.AskAsync(SpokenDestination.Request(method)));

        Assert.Equal(repeated ? 3 : 2, requests);
    }

    [Fact]
    public async Task Connection_ThatEndsAtItsFirstRequest_IsNotReplaced()
    {
        using var destination = new SpokenDestination(async spoken => await spoken.HearHeadAsync());

        await Assert.ThrowsAsync<BrokenAnswerException>(() => destination.AskAsync());

        Assert.Equal(1, destination.Connections);
    }

    [Fact]
    public async Task Answer_BeforeTheWholeBodyWasTaken_IsGiven()
    {
        await using var body = await HoldAsync(8 << 20);
        using var destination = new SpokenDestination(async spoken =>
        {
            await spoken.HearHeadAsync();
            await spoken.SayAsync("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno");
            // Data it does not take makes the system reset the connection when it is closed.
            await Task.Delay(50, spoken.End);
        });

        Assert.Equal("403 no", await destination.AskAsync(SpokenDestination.Request("POST", new RequestBody(body, null, body.Length))));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(20_000)]
    [InlineData(3_000_000)]
    public async Task Body_Held_InMemoryOrInAFile_ArrivesWhole(int length)
    {
        foreach (var memoryLimit in (int[])[1 << 23, 1 << 10])
        {
            await using var body = await HoldAsync(length, memoryLimit);
            var heard = "";
            using var destination = new SpokenDestination(async spoken =>
            {
                Assert.Contains($"Content-Length: {length}\r\n", await spoken.HearHeadAsync(), StringComparison.Ordinal);
                heard = await spoken.HearAsync(length);
                await spoken.SayAsync(Ok);
            });

            Assert.Equal("200 ok", await destination.AskAsync(SpokenDestination.Request("PUT", new RequestBody(body, null, length))));
            Assert.Equal(Bytes(length), heard.Select(c => (byte)c));
            Assert.Empty(destination.Faults);
        }
    }

    [Fact]
    public async Task Body_OfUnknownLength_GoesInChunksAsItComes()
    {
        var pipe = new Pipe();
        var (first, rest) = ("", "");
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var destination = new SpokenDestination(async spoken =>
        {
            Assert.Contains("Transfer-Encoding: chunked\r\n", await spoken.HearHeadAsync(), StringComparison.Ordinal);
            first = await spoken.HearAsync("5\r\nfirst\r\n".Length);
            gate.SetResult();
            rest = await spoken.HearAsync("6\r\nsecond\r\n0\r\n\r\n".Length);
            await spoken.SayAsync(Ok);
        });

        var asking = destination.AskAsync(SpokenDestination.Request("POST", new RequestBody(null, pipe.Reader, null)));
        await pipe.Writer.WriteAsync("first"u8.ToArray(), Cancellation);
        await gate.Task.WaitAsync(TimeSpan.FromSeconds(20), Cancellation);
        await pipe.Writer.WriteAsync("second"u8.ToArray(), Cancellation);
        await pipe.Writer.CompleteAsync();

        Assert.Equal("200 ok", await asking);
        Assert.Equal(("5\r\nfirst\r\n", "6\r\nsecond\r\n0\r\n\r\n"), (first, rest));
    }

    [Fact]
    public async Task Body_ThatBreaksOff_IsNoWholeRequestForAnybody()
    {
        var pipe = new Pipe();
        var half = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var rest = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var destination = new SpokenDestination(async spoken =>
        {
            await spoken.HearHeadAsync();
            await spoken.HearAsync("half".Length);
            half.SetResult();
            rest.SetResult(await spoken.HearAsync(100));
        });

        var asking = destination.AskAsync(SpokenDestination.Request("POST", new RequestBody(null, pipe.Reader, 100)));
        await pipe.Writer.WriteAsync("half"u8.ToArray(), Cancellation);
        await half.Task.WaitAsync(TimeSpan.FromSeconds(20), Cancellation);
        await pipe.Writer.CompleteAsync(new IOException("gone"));

        await Assert.ThrowsAsync<CallerBodyException>(() => asking);
        Assert.Equal("", await rest.Task.WaitAsync(TimeSpan.FromSeconds(20), Cancellation));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Body_ThatIsNotTaken_IsLeftToBeReadOn(bool answered)
    {
        var pipe = new Pipe();
        using var destination = new SpokenDestination(async spoken =>
        {
            await spoken.HearHeadAsync();
            if (answered)
                await spoken.SayAsync("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno");
        });
        await pipe.Writer.WriteAsync("half"u8.ToArray(), Cancellation);

        var asking = destination.AskAsync(SpokenDestination.Request("POST", new RequestBody(null, pipe.Reader, 100)));
        if (answered)
            Assert.Equal("403 no", await asking);
        else
            await Assert.ThrowsAnyAsync<IOException>(() => asking);

        await pipe.Writer.WriteAsync("rest"u8.ToArray(), Cancellation);
        ReadResult read;
        while ((read = await pipe.Reader.ReadAsync(Cancellation)).IsCanceled)
            pipe.Reader.AdvanceTo(read.Buffer.Start);
        Assert.EndsWith("rest", Encoding.ASCII.GetString(read.Buffer.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Silence_BeyondTheLimit_EndsTheExchange()
    {
        var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var destination = new SpokenDestination(async spoken =>
        {
            await spoken.HearHeadAsync();
            heard.SetResult();
            await spoken.HearHeadAsync();
        });
        var asking = destination.Pool.SendAsync(SpokenDestination.Request(), Cancellation).AsTask();
        await heard.Task.WaitAsync(TimeSpan.FromSeconds(20), Cancellation);

        destination.Time.Advance(TimeSpan.FromSeconds(100));
        destination.Pool.Sweep();
        Assert.False(asking.IsCompleted);
        destination.Time.Advance(TimeSpan.FromSeconds(1));
        destination.Pool.Sweep();

        Assert.Same(asking, await Task.WhenAny(asking, Task.Delay(TimeSpan.FromSeconds(20), Cancellation)));
        await Assert.ThrowsAsync<TimeoutException>(() => asking);
    }

    [Theory]
    [InlineData(59, 1)]
    [InlineData(61, 2)]
    public async Task Connection_IdleForTooLong_IsClosed(int seconds, int connections)
    {
        using var destination = Answering();
        await destination.AskAsync();

        destination.Time.Advance(TimeSpan.FromSeconds(seconds));
        destination.Pool.Sweep();
        await destination.AskAsync();

        Assert.Equal(connections, destination.Connections);
    }

    [Fact]
    public async Task Connection_OlderThanItsLifetime_IsReplaced()
    {
        using var destination = Answering();
        for (var i = 0; i < 5; i++)
        {
            await destination.AskAsync();
            destination.Time.Advance(TimeSpan.FromSeconds(50));
            destination.Pool.Sweep();
        }

        Assert.Equal(2, destination.Connections);
    }

    [Fact]
    public async Task Cancellation_CutsTheConnectionOff()
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var destination = new SpokenDestination(async spoken =>
        {
            await spoken.HearHeadAsync();
            await spoken.HearHeadAsync();
            ended.SetResult();
        });
        using var caller = new CancellationTokenSource();
        var asking = destination.Pool.SendAsync(SpokenDestination.Request(), caller.Token).AsTask();
        await UntilAsync(() => destination.Connections == 1);

        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(20), Cancellation);
    }

    [Fact]
    public async Task Requests_ManyTogether_GetTheirOwnAnswers()
    {
        using var destination = new SpokenDestination(async spoken =>
        {
            while (await spoken.HearHeadAsync() is { } head)
            {
                var path = head.Split(' ')[1];
                await spoken.SayAsync($"HTTP/1.1 200 OK\r\nContent-Length: {path.Length}\r\n\r\n{path}");
            }
        });

        await Task.WhenAll(Enumerable.Range(0, 32).Select(async caller =>
        {
            for (var i = 0; i < 50; i++)
                Assert.Equal($"200 /{caller}/{i}", await destination.AskAsync(new OutboundRequest { Method = "GET", Path = $"/{caller}/{i}", Query = "", Host = "h" }));
        }));

        Assert.InRange(destination.Connections, 1, 32);
    }

    private static SpokenDestination Answering() => new(async spoken =>
    {
        while (await spoken.HearHeadAsync() is not null)
            await spoken.SayAsync(Ok);
    });

    private static byte[] Bytes(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)(i * 7))];

    private static async Task<BodyBuffer> HoldAsync(int length, int memoryLimit = 1 << 24)
    {
        var body = new BodyBuffer(
            new BodyOptions { MemoryLimitBytes = memoryLimit, SpoolLimitBytes = 1 << 24, SpoolFolder = Path.GetTempPath() }, new Budget(1 << 24), new Budget(1 << 25));
        Assert.Equal(BufferOutcome.Taken, await body.AppendAsync(Bytes(length), Cancellation));
        return body;
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        var begun = Stopwatch.GetTimestamp();
        while (!holds())
        {
            Assert.True(Stopwatch.GetElapsedTime(begun) < TimeSpan.FromSeconds(20), "It did not come to that in 20 seconds.");
            await Task.Delay(10, Cancellation);
        }
    }
}
