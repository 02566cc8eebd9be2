using System.IO.Pipelines;
using System.Text;
using SigningProxy.Bodies;
using SigningProxy.Destinations;

namespace SigningProxy.Tests.Destinations;

/// <summary>
/// What a connection that is cut off tells whoever reads from it. A real socket that is closed amid a read does one or the other of these
/// from time to time; here it does the one that is asked for each time.
/// </summary>
public sealed class DestinationConnectionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public enum Closed
    {
        ReadsNothing,
        Throws,
        ThrowsAtOnce,
        ThrowsOfIoAtOnce,
        ThrowsOfStateAtOnce,
    }

    [Theory]
    [InlineData(Closed.ReadsNothing)]
    [InlineData(Closed.Throws)]
    public async Task Cut_AmidTheWaitForAHead_EndsItWithItsReason(Closed closed)
    {
        using var destination = new SpokenDestination(_ => Task.CompletedTask);
        var connection = new DestinationConnection(destination.Pool, new CutStream(closed));
        var asking = connection.ExchangeAsync(SpokenDestination.Request(), Cancellation).AsTask();

        connection.Cut(new TimeoutException());

        await Assert.ThrowsAsync<TimeoutException>(() => asking);
    }

    [Theory]
    [InlineData(Closed.ReadsNothing, "Content-Length: 100")]
    [InlineData(Closed.Throws, "Content-Length: 100")]
    [InlineData(Closed.ThrowsAtOnce, "Content-Length: 100")]
    [InlineData(Closed.ThrowsOfIoAtOnce, "Content-Length: 100")]
    [InlineData(Closed.ThrowsOfStateAtOnce, "Content-Length: 100")]
    [InlineData(Closed.ReadsNothing, "Transfer-Encoding: chunked")]
    [InlineData(Closed.ReadsNothing, "Connection: close")]
    [InlineData(Closed.Throws, "Connection: close")]
    [InlineData(Closed.ThrowsAtOnce, "Connection: close")]
    public async Task Cut_AmidABody_IsNotTheEndOfThatBody(Closed closed, string header)
    {
        using var destination = new SpokenDestination(_ => Task.CompletedTask);
        using var stream = new CutStream(closed);
        var connection = new DestinationConnection(destination.Pool, stream);
        stream.Say($"HTTP/1.1 200 OK\r\n{header}\r\n\r\n");
        await using var answer = await connection.ExchangeAsync(SpokenDestination.Request(), Cancellation);

        // One has begun to read, or comes to it only now.
        var reading = closed >= Closed.ThrowsAtOnce ? null : answer.ReadAsync(new byte[10]).AsTask();
        connection.Cut(new TimeoutException());

        await Assert.ThrowsAsync<TimeoutException>(() => reading ?? answer.ReadAsync(new byte[10]).AsTask());
        Assert.False(answer.IsOver);
    }

    [Fact]
    public async Task Cut_BeforeItIsGivenBack_LeavesNothingThatMayGoOn()
    {
        using var destination = new SpokenDestination(_ => Task.CompletedTask);
        using var stream = new CutStream(Closed.ReadsNothing);
        var connection = new DestinationConnection(destination.Pool, stream);
        stream.Say("HTTP/1.1 204 No Content\r\n\r\n");
        await using (await connection.ExchangeAsync(SpokenDestination.Request(), Cancellation))
            Assert.False(connection.IsQuiet);
        Assert.True(connection.IsQuiet);

        connection.Cut(new TimeoutException());

        Assert.False(connection.IsQuiet);
    }

    [Fact]
    public async Task Cut_WhereTheCallersBodyIsPoisoned_ClosesAllTheSame()
    {
        using var destination = new SpokenDestination(_ => Task.CompletedTask);
        using var stream = new CutStream(Closed.Throws);
        var connection = new DestinationConnection(destination.Pool, stream);
        var asking = connection.ExchangeAsync(SpokenDestination.Request("POST", new RequestBody(null, new PoisonedBody(), 100)), Cancellation).AsTask();

        await Assert.ThrowsAsync<CallerBodyException>(() => asking.WaitAsync(TimeSpan.FromSeconds(20), Cancellation));

        Assert.True(stream.IsClosed);
    }

    [Fact]
    public async Task End_AtTheFirstRequestAfterIdling_IsAStaleConnections()
    {
        using var destination = new SpokenDestination(_ => Task.CompletedTask);
        using var stream = new CutStream(Closed.ReadsNothing);
        var connection = new DestinationConnection(destination.Pool, stream);
        connection.Begin();
        var asking = connection.ExchangeAsync(SpokenDestination.Request(), Cancellation).AsTask();

        stream.Say("");

        await Assert.ThrowsAsync<StaleConnectionException>(() => asking);
    }

    [Fact]
    public async Task Body_GoesInPieces_SoThatASlowDestinationIsNotSilent()
    {
        using var destination = new SpokenDestination(_ => Task.CompletedTask);
        using var stream = new CutStream(Closed.Throws);
        var connection = new DestinationConnection(destination.Pool, stream);
        stream.Written = () => destination.Time.Advance(TimeSpan.FromSeconds(60));
        var begun = destination.Pool.Now;

        await connection.WriteAsync(new byte[1 << 20]);

        Assert.InRange(destination.Time.GetElapsedTime(begun, connection.LastByte), TimeSpan.FromSeconds(200), TimeSpan.FromSeconds(300));
        Assert.All(stream.Pieces, piece => Assert.InRange(piece, 1, 256 * 1024));
        Assert.Equal(1 << 20, stream.Pieces.Sum());
    }

    /// <summary>As the server's is once the caller has reset its stream, or the call was aborted.</summary>
    private sealed class PoisonedBody : PipeReader
    {
        public override void AdvanceTo(SequencePosition consumed) => throw new IOException("The client reset the request stream.");

        public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) => throw new IOException("The client reset the request stream.");

        public override void CancelPendingRead() => throw new IOException("The client reset the request stream.");

        public override void Complete(Exception? exception = null)
        {
            // Nobody asks for it.
        }

        public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default) => ValueTask.FromException<ReadResult>(new IOException("The client reset the request stream."));

        public override bool TryRead(out ReadResult result) => throw new NotSupportedException();
    }

    private sealed class CutStream(Closed closed) : Stream
    {
        private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private TaskCompletionSource<byte[]> _said = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool IsClosed => _end.Task.IsCompleted;

        public Action Written { get; set; } = () => { };

        public List<int> Pieces { get; } = [];

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public void Say(string text) => _said.SetResult(Encoding.ASCII.GetBytes(text));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            return (IsClosed, closed) switch
            {
                (true, Closed.ThrowsAtOnce) => throw new ObjectDisposedException(nameof(CutStream)),
                (true, Closed.ThrowsOfIoAtOnce) => throw new IOException("Unable to read data from the transport connection."),
                (true, Closed.ThrowsOfStateAtOnce) => throw new InvalidOperationException("This operation is only allowed using a successfully authenticated context."),
                _ => ReadOnAsync(buffer),
            };
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Pieces.Add(buffer.Length);
            Written();
            return default;
        }

        public override void Flush() => throw new NotSupportedException();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            _end.TrySetResult();
            base.Dispose(disposing);
        }

        private async ValueTask<int> ReadOnAsync(Memory<byte> buffer)
        {
            var said = _said.Task;
            if (await Task.WhenAny(said, _end.Task) == said)
            {
                _said = new(TaskCreationOptions.RunContinuationsAsynchronously);
                var text = await said;
                text.CopyTo(buffer);
                return text.Length;
            }
            return closed == Closed.ReadsNothing ? 0 : throw new IOException("Operation canceled.");
        }
    }
}
