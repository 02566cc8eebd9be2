using SigningProxy.Bodies;

namespace SigningProxy.Tests.Bodies;

public sealed class HeldContentTests : IDisposable
{
    private static readonly byte[] Bytes = [.. Enumerable.Range(0, 200_000).Select(i => (byte)(i * 7))];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("spool-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(1 << 20)]
    [InlineData(1 << 10)]
    public async Task Copy_HoweverOftenAndTogether_GivesTheWholeBody(int memoryLimit)
    {
        await using var body = await HoldAsync(memoryLimit);
        using var content = body.OpenAgain();
        Assert.Equal(Bytes.Length, content.Headers.ContentLength);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            using var copy = new MemoryStream();
            await content.CopyToAsync(copy, Cancellation);
            Assert.Equal(Bytes, copy.ToArray());
        }));
    }

    [Theory]
    [InlineData(1 << 20)]
    [InlineData(1 << 10)]
    public async Task Dispose_WhileOneStillSends_StopsItAndWaitsForItsEnd(int memoryLimit)
    {
        var body = await HoldAsync(memoryLimit);
        var wire = new StuckStream(stops: false);
        var sending = body.OpenAgain().CopyToAsync(wire, CancellationToken.None);
        await wire.Reached;

        var disposing = body.DisposeAsync().AsTask();
        Assert.True(wire.Stop.IsCancellationRequested);
        Assert.False(disposing.IsCompleted, "The bytes are still being read.");
        // What is on its way out is still the body, whoever else rents arrays meanwhile.
        Assert.Equal(Bytes.AsMemory(0, wire.Taken.Length), wire.Taken);
        wire.LetGo();

        await disposing.WaitAsync(Limit, Cancellation);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
    }

    [Fact]
    public async Task Dispose_WhileOneIsStuck_EndsItByItself()
    {
        var body = await HoldAsync(1 << 20);
        var wire = new StuckStream(stops: true);
        var sending = body.OpenAgain().CopyToAsync(wire, CancellationToken.None);
        await wire.Reached;

        await body.DisposeAsync().AsTask().WaitAsync(Limit, Cancellation);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
    }

    [Fact]
    public async Task Copy_WhenTheBodyIsGone_SendsNothing()
    {
        var body = await HoldAsync(1 << 20);
        using var content = body.OpenAgain();
        await body.DisposeAsync();

        using var wire = new MemoryStream();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => content.CopyToAsync(wire, Cancellation));
        Assert.Equal(0, wire.Length);
    }

    [Fact]
    public async Task Copy_WhenItsOwnCallEnds_StopsAlone()
    {
        await using var body = await HoldAsync(1 << 20);
        using var end = new CancellationTokenSource();
        var wire = new StuckStream(stops: true);
        var sending = body.OpenAgain().CopyToAsync(wire, end.Token);
        await wire.Reached;
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);

        using var copy = new MemoryStream();
        await body.OpenAgain().CopyToAsync(copy, Cancellation);
        Assert.Equal(Bytes, copy.ToArray());
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static TimeSpan Limit => TimeSpan.FromSeconds(20);

    private async Task<BodyBuffer> HoldAsync(int memoryLimit)
    {
        var options = new BodyOptions { MemoryLimitBytes = memoryLimit, SpoolLimitBytes = 1 << 20, SpoolFolder = _folder.FullName };
        var body = new BodyBuffer(options, new Budget(1 << 20), new Budget(1 << 21));
        Assert.Equal(BufferOutcome.Taken, await body.AppendAsync(Bytes, Cancellation));
        return body;
    }

    /// <summary>A wire that takes one write and does not finish it.</summary>
    /// <param name="stops">Whether it ends when it is told to.</param>
    private sealed class StuckStream(bool stops) : Stream
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _letGo = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public Task Reached => _reached.Task.WaitAsync(Limit, Cancellation);

        public ReadOnlyMemory<byte> Taken { get; private set; }

        public CancellationToken Stop { get; private set; }

        public void LetGo() => _letGo.SetResult();

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            (Taken, Stop) = (buffer, cancellationToken);
            _reached.TrySetResult();
            await (stops ? Task.Delay(Timeout.Infinite, cancellationToken) : _letGo.Task);
            cancellationToken.ThrowIfCancellationRequested();
        }

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Flush()
        {
        }
    }
}
