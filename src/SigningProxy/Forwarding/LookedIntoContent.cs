using System.Net;

namespace SigningProxy.Forwarding;

/// <summary>The body of an answer whose beginning was read: the caller gets that, and then the rest as it comes.</summary>
internal sealed class LookedIntoContent : HttpContent
{
    private readonly HttpContent _original;
    private readonly ReadOnlyMemory<byte> _beginning;
    private readonly Stream _rest;
    private readonly Exception? _broken;

    /// <param name="original">The content that was looked into.</param>
    /// <param name="beginning">What was read of it.</param>
    /// <param name="rest">Gives the rest.</param>
    /// <param name="broken">What the reading ended in, where the answer broke off: then there is no rest.</param>
    public LookedIntoContent(HttpContent original, ReadOnlyMemory<byte> beginning, Stream rest, Exception? broken)
    {
        (_original, _beginning, _rest, _broken) = (original, beginning, rest, broken);
        foreach (var (name, values) in original.Headers.NonValidated)
            Headers.TryAddWithoutValidation(name, values);
    }

    protected override Task<Stream> CreateContentReadStreamAsync() => Task.FromResult<Stream>(new JoinedStream(_beginning, _rest, _broken));

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => new JoinedStream(_beginning, _rest, _broken).CopyToAsync(stream);

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _original.Dispose();
        base.Dispose(disposing);
    }

    private sealed class JoinedStream(ReadOnlyMemory<byte> beginning, Stream rest, Exception? broken) : Stream
    {
        private int _at;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_at == beginning.Length || buffer.IsEmpty)
                return broken is null ? rest.ReadAsync(buffer, cancellationToken) : ValueTask.FromException<int>(broken);
            var some = beginning.Slice(_at, Math.Min(buffer.Length, beginning.Length - _at));
            some.CopyTo(buffer);
            _at += some.Length;
            return new(some.Length);
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("An answer is read asynchronously.");

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
