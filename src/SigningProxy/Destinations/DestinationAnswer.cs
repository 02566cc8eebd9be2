using System.Buffers.Text;
using SigningProxy.SigV4;

namespace SigningProxy.Destinations;

/// <summary>One answer: its head was read, its body is read as it comes. Given back when it is disposed, with the connection where that can go on.</summary>
internal sealed class DestinationAnswer : IAnswer
{
    private const int MostChunkLine = 4 * 1024;
    private const int MostChunkDigits = 15;

    /// <summary>How long the sending of a request may go on once the whole answer is there: the last write may be told of later than the answer to it.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(200);

    private readonly DestinationConnection _connection;
    private BodyFrame _frame;
    // Of the body, or of the chunk that is being read.
    private long _left;
    private int _trailerBytes;
    private ReadOnlyMemory<byte> _beginning;
    private Exception? _broken;

    /// <param name="connection">Where it comes from.</param>
    /// <param name="head">Its head.</param>
    /// <param name="hasBody">Whether an answer to this request may have a body.</param>
    /// <param name="sending">The sending of the request, which may go on beside it.</param>
    public DestinationAnswer(DestinationConnection connection, AnswerHead head, bool hasBody, Task sending)
    {
        (_connection, Head, Sending) = (connection, head, sending);
        hasBody &= head.Status is not (204 or 205 or 304);
        _left = hasBody ? head.ContentLength ?? 0 : 0;
        _frame = !hasBody || head.ContentLength == 0 ? BodyFrame.Over : head.IsChunked ? BodyFrame.ChunkLine : head.ContentLength is not null ? BodyFrame.Length : BodyFrame.UntilClosed;
    }

    private enum BodyFrame
    {
        Length,
        ChunkLine,
        Chunk,
        ChunkEnd,
        Trailers,
        UntilClosed,
        Over,
    }

    public AnswerHead Head { get; }

    public int Status => Head.Status;

    public long? ContentLength => Head.IsChunked ? null : Head.ContentLength;

    /// <summary>Whether all of it was read.</summary>
    public bool IsOver => _frame == BodyFrame.Over && _beginning.IsEmpty && _broken is null;

    /// <summary>Whether more of it has come than was read, or its end has.</summary>
    public bool HasMore => !_beginning.IsEmpty || (IsAtLine ? _connection.HasLine : _connection.HasReceived);

    /// <summary>What came behind the last chunk; null as long as nothing did.</summary>
    public List<RequestHeader>? Trailers { get; private set; }

    /// <summary>The sending of the request; it may end after the answer's head came.</summary>
    public Task Sending { get; }

    private bool IsAtLine => _frame is BodyFrame.ChunkLine or BodyFrame.ChunkEnd or BodyFrame.Trailers;

    public string? Header(string name) => Head.Value(name);

    /// <summary>The next bytes of the body; none at its end.</summary>
    /// <exception cref="IOException">It broke off.</exception>
    public ValueTask<int> ReadAsync(Memory<byte> to)
    {
        if (!_beginning.IsEmpty)
        {
            var some = _beginning[..Math.Min(to.Length, _beginning.Length)];
            some.CopyTo(to);
            _beginning = _beginning[some.Length..];
            return new(some.Length);
        }
        if (_broken is not null)
            return ValueTask.FromException<int>(_broken);
        return _frame == BodyFrame.Over ? default : ReadOnAsync(to);
    }

    public async ValueTask<ReadOnlyMemory<byte>> BeginningAsync(int most, CancellationToken cancellation)
    {
        var buffer = new byte[most];
        var read = 0;
        try
        {
            while (read < most && await ReadAsync(buffer.AsMemory(read)) is > 0 and var more)
                read += more;
        }
        catch (IOException e)
        {
            // It is to break off for the caller too, who has the status by then.
            _broken = e;
        }
        return _beginning = buffer.AsMemory(0, read);
    }

    /// <summary>Gives the connection back. One that is in the middle of something ends, and with it the sending of the request.</summary>
    public async ValueTask DisposeAsync()
    {
        if (IsOver && !Sending.IsCompleted)
            await Sending.WaitAsync(Grace).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _connection.End(mayGoOn: IsOver && !Head.Closes && Sending.IsCompletedSuccessfully);
        if (!Sending.IsCompletedSuccessfully)
            await Sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async ValueTask<int> ReadOnAsync(Memory<byte> to)
    {
        while (IsAtLine)
            await TakeLineAsync();
        if (_frame == BodyFrame.Over)
            return 0;
        if (_frame == BodyFrame.UntilClosed)
        {
            var last = await _connection.ReadAsync(to, readOn: false);
            if (last == 0)
                _frame = BodyFrame.Over;
            return last;
        }
        var read = await _connection.ReadAsync(to[..(int)Math.Min(to.Length, _left)], readOn: _frame == BodyFrame.Chunk && _left < DestinationConnection.BufferBytes);
        if (read == 0)
            throw new BrokenAnswerException("the answer ended before its body did.");
        _left -= read;
        if (_left == 0)
            await EndPartAsync();
        return read;
    }

    private async ValueTask EndPartAsync()
    {
        _frame = _frame == BodyFrame.Length ? BodyFrame.Over : BodyFrame.ChunkEnd;
        // What has come along is read along: then nothing has to be waited for after the last byte, and no byte waits for what is behind it.
        while (IsAtLine && _connection.HasLine)
            await TakeLineAsync();
    }

    private async ValueTask TakeLineAsync()
    {
        var line = (await _connection.LineAsync(_frame == BodyFrame.Trailers ? AnswerHead.MostBytes : MostChunkLine)).Span;
        switch (_frame)
        {
            case BodyFrame.ChunkEnd:
                _frame = line.IsEmpty ? BodyFrame.ChunkLine : throw new BrokenAnswerException("a chunk of the answer is longer than it says.");
                break;
            case BodyFrame.ChunkLine:
                _left = LengthOf(line);
                _frame = _left > 0 ? BodyFrame.Chunk : BodyFrame.Trailers;
                break;
            case BodyFrame.Trailers when line.IsEmpty:
                _frame = BodyFrame.Over;
                break;
            case BodyFrame.Trailers:
                if ((_trailerBytes += line.Length) > AnswerHead.MostBytes)
                    throw new BrokenAnswerException("the answer's trailers are longer than 64 KiB.");
                (Trailers ??= []).Add(AnswerHead.Trailer(line));
                break;
        }
    }

    /// <summary>The length of a chunk; what stands behind a semicolon means nothing to anybody (RFC 9112, section 7.1.1).</summary>
    private static long LengthOf(ReadOnlySpan<byte> line)
    {
        var semicolon = line.IndexOf((byte)';');
        var written = (semicolon < 0 ? line : line[..semicolon]).TrimEnd(" \t"u8);
        return written.Length is > 0 and <= MostChunkDigits && Utf8Parser.TryParse(written, out long length, out var digits, 'x') && digits == written.Length
            ? length
            : throw new BrokenAnswerException("the answer has a chunk without a length.");
    }
}
