using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;

namespace SigningProxy.Destinations;

/// <summary>
/// One connection to a destination, for one exchange at a time. It listens also while it is idle: so its end is noticed before a request is
/// sent into it, and what comes unasked ends it.
/// </summary>
internal sealed class DestinationConnection : IDisposable
{
    /// <summary>A usual answer's head, and a small body along with it.</summary>
    public const int BufferBytes = 8 * 1024;

    // Large enough to cost no more than one; at the activity timeout's 100 s it asks for 2.6 KB/s.
    private const int PieceBytes = 256 * 1024;

    private readonly DestinationPool _pool;
    private readonly Stream _stream;
    private byte[] _buffer = new byte[BufferBytes];
    private int _from;
    private int _to;
    private ValueTask<int> _ahead;
    private bool _isAhead;
    private bool _hasHeard;
    private long _lastByte;
    private RequestSending? _sending;
    private CancellationTokenRegistration _caller;
    private volatile Exception? _whyCut;

    public DestinationConnection(DestinationPool pool, Stream stream)
    {
        (_pool, _stream) = (pool, stream);
        Opened = _lastByte = pool.Now;
        ReadAhead();
    }

    /// <summary>When it was made, by the pool's clock.</summary>
    public long Opened { get; }

    /// <summary>When last a byte passed in either direction, or the connection was taken, by the pool's clock.</summary>
    public long LastByte => Volatile.Read(ref _lastByte);

    /// <summary>Whether it has been idle: its end may have come before the request did.</summary>
    public bool WasIdle { get; private set; }

    /// <summary>Whether nothing has come while it was idle: neither its end nor an answer to nothing.</summary>
    public bool IsQuiet => _isAhead && !_ahead.IsCompleted && _whyCut is null;

    /// <summary>Whether more has been received than was read.</summary>
    public bool HasReceived => _from != _to;

    /// <summary>Whether a whole line has been received.</summary>
    public bool HasLine => Received.IndexOf("\r\n"u8) >= 0;

    /// <summary>Whether the destination takes no more of the request.</summary>
    public bool RefusedBytes { get; private set; }

    private ReadOnlySpan<byte> Received => _buffer.AsSpan(_from, _to - _from);

    /// <summary>Is called when it is taken from the idle: from now on silence is told by the clock.</summary>
    public void Begin()
    {
        WasIdle = true;
        Volatile.Write(ref _lastByte, _pool.Now);
    }

    /// <summary>Sends a request and waits for the head of its answer.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellation">Cuts the connection off, until the answer is given back.</param>
    /// <exception cref="StaleConnectionException">It had been idle before, and ended without a byte of an answer.</exception>
    /// <exception cref="IOException">There was no answer.</exception>
    public async ValueTask<DestinationAnswer> ExchangeAsync(OutboundRequest request, CancellationToken cancellation)
    {
        var sending = Task.CompletedTask;
        try
        {
            _caller = cancellation.UnsafeRegister(static c => ((DestinationConnection)c!).Cut(new OperationCanceledException()), this);
            _sending = new RequestSending(this, request);
            _hasHeard = false;
            sending = _sending.RunAsync();
            AnswerHead? head;
            while ((head = TakeHead()) is null)
                await HearAsync();
            return new DestinationAnswer(this, head, hasBody: request.Method != "HEAD", sending);
        }
        catch
        {
            Cut(new OperationCanceledException());
            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            End(mayGoOn: false);
            throw;
        }
    }

    /// <summary>The next bytes; none at the connection's end.</summary>
    /// <param name="to">Where they go.</param>
    /// <param name="readOn">Whether what comes behind them is wanted too, and so worth a larger read.</param>
    public async ValueTask<int> ReadAsync(Memory<byte> to, bool readOn)
    {
        if (_from == _to)
        {
            if (!readOn)
                return await ReceivedAsync(BeginRead(to), intoBuffer: false);
            if (await FillAsync() == 0)
                return 0;
        }
        var some = Math.Min(to.Length, _to - _from);
        _buffer.AsSpan(_from, some).CopyTo(to.Span);
        _from += some;
        return some;
    }

    /// <summary>The next line, without its end; good until more is read.</summary>
    /// <param name="most">How long it may be.</param>
    public async ValueTask<ReadOnlyMemory<byte>> LineAsync(int most)
    {
        int end;
        while ((end = Received.IndexOf("\r\n"u8)) < 0)
        {
            if (_to - _from > most)
                throw new BrokenAnswerException("the answer has a line without an end.");
            if (await FillAsync() == 0)
                throw new BrokenAnswerException("the answer ended before its body did.");
        }
        var line = _buffer.AsMemory(_from, end);
        _from += end + 2;
        return line;
    }

    /// <summary>Sends bytes of the request, in pieces: a slow destination is not silent as long as it takes them.</summary>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var piece = bytes[..Math.Min(bytes.Length, PieceBytes)];
            try
            {
                await _stream.WriteAsync(piece);
            }
            catch (Exception e) when (IsEnd(e))
            {
                RefusedBytes = true;
                throw;
            }
            Volatile.Write(ref _lastByte, _pool.Now);
            bytes = bytes[piece.Length..];
        }
    }

    /// <summary>Ends the connection at once, and what waits for it with that reason.</summary>
    public void Cut(Exception why)
    {
        if (Condemn(why))
            Close();
    }

    /// <summary>Decides that it is to end, and why; nobody gets it any more.</summary>
    /// <returns>Whether that is news; then it is to be closed.</returns>
    public bool Condemn(Exception why) => Interlocked.CompareExchange(ref _whyCut, why, null) is null;

    /// <summary>Closes what was condemned.</summary>
    public void Close()
    {
        _stream.Dispose();
        _sending?.Stop();
    }

    /// <summary>Ends the exchange, and with it the connection unless that may go on.</summary>
    public void End(bool mayGoOn)
    {
        _caller.Dispose();
        if (mayGoOn && _from == _to && _whyCut is null)
        {
            _sending = null;
            ReadAhead();
            _pool.GiveBack(this);
        }
        else
        {
            _pool.Lose(this);
        }
    }

    public void Dispose()
    {
        Cut(new ObjectDisposedException(nameof(DestinationConnection)));
        if (_isAhead)
            _ = ForgetAsync(_ahead.AsTask());
        _isAhead = false;
    }

    private static async Task ForgetAsync(Task ahead) => await ahead.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private static bool IsEnd(Exception e) => e is IOException or SocketException or ObjectDisposedException or OperationCanceledException;

    [SuppressMessage("Reliability", "CA2012", Justification = "Taken up once: by the first read of the next answer, or when the connection ends.")]
    private void ReadAhead()
    {
        if (_buffer.Length > BufferBytes)
            _buffer = new byte[BufferBytes];
        (_from, _to) = (0, 0);
        _ahead = BeginRead(_buffer);
        _isAhead = true;
    }

    /// <summary>The answer's head, once all of it has come; what comes before it, such as 100 (Continue), is for nobody.</summary>
    private AnswerHead? TakeHead()
    {
        while (AnswerHead.LengthIn(Received) is > 0 and var length)
        {
            var head = AnswerHead.Parse(Received[..length]);
            _from += length;
            _hasHeard = true;
            if (head.Status == StatusCodes.Status101SwitchingProtocols)
                throw new BrokenAnswerException("the answer is another protocol, which nobody asked for.");
            if (!head.IsInterim)
                return head;
        }
        return _to - _from < AnswerHead.MostBytes ? null : throw new BrokenAnswerException("the answer's head is longer than 64 KiB.");
    }

    /// <summary>Receives more of an answer's head.</summary>
    private async ValueTask HearAsync()
    {
        try
        {
            if (await FillAsync() == 0)
                throw new BrokenAnswerException("the connection ended before an answer came.");
        }
        catch (IOException e) when (!_hasHeard && _from == _to && WasIdle && _whyCut is null)
        {
            throw new StaleConnectionException(e);
        }
    }

    /// <summary>Receives more behind what is there.</summary>
    private ValueTask<int> FillAsync()
    {
        if (_isAhead)
            return ReceivedAsync(_ahead, intoBuffer: true);
        MakeRoom();
        return ReceivedAsync(BeginRead(_buffer.AsMemory(_to)), intoBuffer: true);
    }

    private ValueTask<int> BeginRead(Memory<byte> to)
    {
        try
        {
            return _stream.ReadAsync(to);
        }
        catch (Exception e)
        {
            // Closed a moment ago, which streams tell in several ways: it is told by the read, as it is where that had begun.
            return ValueTask.FromException<int>(e);
        }
    }

    private void MakeRoom()
    {
        if (_from > 0)
        {
            Received.CopyTo(_buffer);
            (_from, _to) = (0, _to - _from);
        }
        if (_to == _buffer.Length)
            Array.Resize(ref _buffer, 2 * _buffer.Length);
    }

    private async ValueTask<int> ReceivedAsync(ValueTask<int> reading, bool intoBuffer)
    {
        _isAhead = false;
        try
        {
            var read = await reading;
            // A socket that is closed here may tell its reader of an end, as if the destination had made it.
            if (read == 0 && _whyCut is { } why)
                throw why;
            if (intoBuffer)
                _to += read;
            Volatile.Write(ref _lastByte, _pool.Now);
            return read;
        }
        catch (Exception e) when (_whyCut is not null || IsEnd(e))
        {
            throw _whyCut ?? (e as IOException ?? new IOException("the connection ended.", e));
        }
    }
}
