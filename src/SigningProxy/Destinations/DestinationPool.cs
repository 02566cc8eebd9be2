namespace SigningProxy.Destinations;

/// <summary>The connections to one destination, each made when there is no idle one, and kept for the next who asks.</summary>
/// <param name="dialer">Makes them.</param>
/// <param name="options">How long they may be silent, be idle, and be used.</param>
/// <param name="time">By which that is told.</param>
internal sealed class DestinationPool(DestinationDialer dialer, DestinationOptions options, TimeProvider time) : IWire, IDisposable
{
    private readonly Lock _lock = new();
    // The youngest last, and first to be taken: those that are not needed grow old together.
    private readonly List<DestinationConnection> _idle = [];
    private readonly HashSet<DestinationConnection> _busy = [];
    private volatile bool _isKnown;
    private volatile bool _speaksHttp2;
    private bool _isDisposed;

    /// <summary>A timestamp of the clock that silence and age are told by.</summary>
    public long Now => time.GetTimestamp();

    /// <summary>Whether the destination chose HTTP/2, which is not spoken here. Known once <see cref="LearnAsync"/> has ended.</summary>
    public bool SpeaksHttp2 => _speaksHttp2;

    /// <summary>Asks the destination which protocol it speaks, where it has not said so yet: over TLS by a connection, which is kept.</summary>
    public ValueTask LearnAsync(CancellationToken cancellation) => _isKnown || !dialer.IsTls ? default : DialAndKeepAsync(cancellation);

    /// <inheritdoc/>
    /// <exception cref="IOException">There was no answer.</exception>
    public async ValueTask<IAnswer> SendAsync(OutboundRequest request, CancellationToken cancellation)
    {
        while (true)
        {
            var connection = TakeIdle() ?? await DialAsync(cancellation);
            try
            {
                return await connection.ExchangeAsync(request, cancellation);
            }
            catch (StaleConnectionException) when (request.MayBeRepeated)
            {
                // The next one is younger, or new.
            }
        }
    }

    /// <summary>Takes back what may go on.</summary>
    public void GiveBack(DestinationConnection connection)
    {
        lock (_lock)
        {
            _busy.Remove(connection);
            if (!_isDisposed && !IsOld(connection))
            {
                _idle.Add(connection);
                return;
            }
        }
        connection.Dispose();
    }

    /// <summary>Forgets what has ended.</summary>
    public void Lose(DestinationConnection connection)
    {
        lock (_lock)
            _busy.Remove(connection);
        connection.Dispose();
    }

    /// <summary>How many connections wait for the next who asks.</summary>
    public int Idle
    {
        get
        {
            lock (_lock)
                return _idle.Count;
        }
    }

    /// <summary>Ends what has been silent, idle or in use for too long.</summary>
    public void Sweep()
    {
        List<DestinationConnection> silent = [], old = [];
        lock (_lock)
        {
            // Condemned as long as nobody else can take it; closing may run others' code, and so comes after.
            silent.AddRange(_busy.Where(c => time.GetElapsedTime(c.LastByte) > options.ActivityTimeout && c.Condemn(new TimeoutException())));
            old.AddRange(_idle.Where(c => !c.IsQuiet || IsOld(c) || time.GetElapsedTime(c.LastByte) > options.PooledConnectionIdleTimeout));
            _idle.RemoveAll(old.Contains);
        }
        silent.ForEach(c => c.Close());
        old.ForEach(c => c.Dispose());
    }

    /// <summary>Ends the idle connections now, and each of the others with its answer.</summary>
    public void Dispose()
    {
        List<DestinationConnection> idle;
        lock (_lock)
        {
            _isDisposed = true;
            idle = [.. _idle];
            _idle.Clear();
        }
        idle.ForEach(c => c.Dispose());
    }

    private bool IsOld(DestinationConnection connection) => time.GetElapsedTime(connection.Opened) > options.PooledConnectionLifetime;

    private DestinationConnection? TakeIdle()
    {
        while (true)
        {
            DestinationConnection connection;
            lock (_lock)
            {
                if (_idle.Count == 0)
                    return null;
                connection = _idle[^1];
                _idle.RemoveAt(_idle.Count - 1);
                if (connection.IsQuiet)
                {
                    connection.Begin();
                    _busy.Add(connection);
                    return connection;
                }
            }
            connection.Dispose();
        }
    }

    private async ValueTask<DestinationConnection> DialAsync(CancellationToken cancellation)
    {
        var (stream, isHttp2) = await dialer.DialAsync(cancellation);
        _speaksHttp2 = isHttp2;
        _isKnown = true;
        if (isHttp2)
        {
            await stream.DisposeAsync();
            throw new BrokenAnswerException("the destination has changed to HTTP/2.");
        }
        var connection = new DestinationConnection(this, stream);
        lock (_lock)
            _busy.Add(connection);
        return connection;
    }

    private async ValueTask DialAndKeepAsync(CancellationToken cancellation)
    {
        try
        {
            GiveBack(await DialAsync(cancellation));
        }
        catch (BrokenAnswerException) when (_speaksHttp2)
        {
            // Learned.
        }
    }
}
