using SigningProxy.Catalog;
using SigningProxy.SigV4;

namespace SigningProxy.Sessions;

/// <summary>
/// One principal's session: the credentials in hand, and how they are replaced. One fetch at a time whatever the load; the last good
/// credentials serve until they really end; a failure replaces nothing.
/// </summary>
internal sealed class Session : IDisposable
{
    private const string Gone = "The principal is no longer in the catalog.";

    private readonly ExternalCredential _externalCredential;
    private readonly Principal _principal;
    private readonly SessionFetch _fetch;
    private readonly SessionsOptions _options;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _end = new();
    private readonly ITimer _timer;

    private volatile HeldCredentials? _held;
    private SessionCredentials? _replaced;
    private Task<HeldCredentials>? _running;
    private State _state;
    private DateTimeOffset _forcedAt = DateTimeOffset.MinValue;
    private DateTimeOffset? _nextAt;
    private FetchFailure? _failure;

    public Session(ExternalCredential externalCredential, Principal principal, SessionFetch fetch, SessionsOptions options, TimeProvider time)
    {
        (_externalCredential, _principal, _fetch, _options, _time) = (externalCredential, principal, fetch, options, time);
        _timer = time.CreateTimer(_ => OnDue(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        if (principal.Keys is { } keys)
            _held = new HeldCredentials(keys, time.GetUtcNow(), RefreshReason.First);
    }

    private enum State
    {
        InUse,

        /// <summary>No catalog in use has it: calls under way may still sign, and nothing is refreshed ahead.</summary>
        Retired,

        Zeroed,
    }

    public DateTimeOffset? Expiration => _held?.Credentials.Expiration;

    public SessionStatus Status
    {
        get
        {
            lock (_lock)
            {
                return SessionStatus.Of(_externalCredential, _principal) with
                {
                    AccessKeyId = _held is { } held ? SessionStatus.Mask(held.Credentials.AccessKeyId) : null,
                    Expiration = _held?.Credentials.Expiration,
                    ObtainedAt = _held?.ObtainedAt,
                    Reason = _held?.Reason,
                    NextAt = _nextAt,
                    LastError = _failure?.Message,
                    LastErrorAt = _failure?.At,
                };
            }
        }
    }

    /// <summary>The credentials to sign with now. Obtains them first where there are none, or where they have ended.</summary>
    /// <exception cref="SessionUnavailableException">There are none, and none came within the wait limit.</exception>
    public ValueTask<SessionCredentials> GetAsync(CancellationToken cancellation)
    {
        var held = _held;
        return held is not null && _time.GetUtcNow() < held.FreshUntil ? new(held.Credentials) : WaitAsync(cancellation);
    }

    /// <summary>Obtains the first session, if there is none yet; whoever needs it does not wait for this.</summary>
    public void Begin()
    {
        lock (_lock)
        {
            if (_held is null && _state == State.InUse)
                _ = Join_NeedsLock(RefreshReason.First);
        }
    }

    /// <summary>Replaces credentials that a destination refused.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="refused">The credentials that were refused; where others have taken their place already, nothing is fetched.</param>
    /// <param name="cancellation">Of the one who waits; the fetch goes on.</param>
    public async Task<RefreshOutcome> ForceAsync(RefreshReason reason, SessionCredentials? refused, CancellationToken cancellation)
    {
        Task<HeldCredentials> running;
        lock (_lock)
        {
            if (_held is { } held && held.Credentials != refused)
                return RefreshOutcome.Replaced;
            if (_running is null)
            {
                if (_time.GetUtcNow() - _forcedAt < _options.ForcedRefreshInterval)
                    return RefreshOutcome.Limited;
                _forcedAt = _time.GetUtcNow();
            }
            running = Join_NeedsLock(reason);
        }
        return await OutcomeAsync(running, refused, cancellation);
    }

    /// <summary>Obtains credentials anew because an operator wants it, whatever was before.</summary>
    public Task<RefreshOutcome> ForceAsync(CancellationToken cancellation)
    {
        lock (_lock)
            return OutcomeAsync(_running ?? Start_NeedsLock(RefreshReason.Operator), _held?.Credentials, cancellation);
    }

    /// <summary>Says whether a catalog in use has it.</summary>
    public void Keep(bool inUse)
    {
        lock (_lock)
        {
            if (_state == State.Zeroed || (_state == State.InUse) == inUse)
                return;
            _state = inUse ? State.InUse : State.Retired;
            Schedule_NeedsLock(inUse ? _held?.DueAt(Chance()) : null);
        }
    }

    /// <summary>Zeroes all credentials; whoever asks from now on gets none.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_state == State.Zeroed)
                return;
            _state = State.Zeroed;
            _held?.Credentials.Dispose();
            _replaced?.Dispose();
            _held = null;
            _timer.Dispose();
        }
        _end.Cancel();
        _end.Dispose();
    }

    private async ValueTask<SessionCredentials> WaitAsync(CancellationToken cancellation)
    {
        Task<HeldCredentials> running;
        lock (_lock)
        {
            // Another may have come while this one waited for the lock.
            if (_held is { } fresh && _time.GetUtcNow() < fresh.FreshUntil)
                return fresh.Credentials;
            running = Join_NeedsLock(_held is null ? RefreshReason.First : RefreshReason.Ended);
        }
        try
        {
            return (await running.WaitAsync(_options.WaitLimit, _time, cancellation)).Credentials;
        }
        catch (Exception e) when (e is SessionException or TimeoutException)
        {
            // The last good ones are used until they really end.
            if (_held is { } held && held.LastsAt(_time.GetUtcNow()))
                return held.Credentials;
            throw Unavailable(e);
        }
    }

    private SessionUnavailableException Unavailable(Exception e)
    {
        lock (_lock)
        {
            var wait = _nextAt is { } next && next > _time.GetUtcNow() ? next - _time.GetUtcNow() : TimeSpan.FromSeconds(1);
            return new SessionUnavailableException(e is TimeoutException ? $"None came within {_options.WaitLimit}." : e.Message, wait);
        }
    }

    private async Task<RefreshOutcome> OutcomeAsync(Task<HeldCredentials> running, SessionCredentials? before, CancellationToken cancellation)
    {
        try
        {
            return (await running.WaitAsync(_options.WaitLimit, _time, cancellation)).Credentials == before ? RefreshOutcome.Unchanged : RefreshOutcome.Replaced;
        }
        catch (Exception e) when (e is SessionException or TimeoutException)
        {
            return RefreshOutcome.Failed;
        }
    }

    /// <summary>The fetch under way, or a new one unless the last has just failed.</summary>
    private Task<HeldCredentials> Join_NeedsLock(RefreshReason reason)
    {
        if (_running is { } running)
            return running;
        if (_state == State.Zeroed)
            return Task.FromException<HeldCredentials>(new SessionException(Gone));
        if (_failure is { } failure && _time.GetUtcNow() < failure.RetryAt)
            return Task.FromException<HeldCredentials>(new SessionException(failure.Message));
        return Start_NeedsLock(reason);
    }

    private Task<HeldCredentials> Start_NeedsLock(RefreshReason reason) => _running = Task.Run(() => RunAsync(reason));

    private async Task<HeldCredentials> RunAsync(RefreshReason reason)
    {
        var (credentials, fault) = await TryFetchAsync(reason);
        lock (_lock)
        {
            // With what came of it, in one step: a timer that fires now must find either the fetch or its outcome.
            _running = null;
            fault ??= Fault_NeedsLock(credentials!);
            if (fault is null)
                return Take_NeedsLock(credentials!, reason);
            _failure = FetchFailure.After(_failure, fault.Message, _time.GetUtcNow(), _options, Chance());
            if (_state != State.Zeroed)
                Schedule_NeedsLock(_failure.RetryAt);
        }
        credentials?.Dispose();
        throw fault;
    }

    private async Task<(SessionCredentials? Credentials, SessionException? Fault)> TryFetchAsync(RefreshReason reason)
    {
        try
        {
            return (await _fetch(reason, _end.Token), null);
        }
        catch (SessionException e)
        {
            return (null, e);
        }
        catch (Exception e)
        {
            // An exception that nobody foresaw may quote anything.
            return (null, new SessionException(e.GetType().Name, e));
        }
    }

    private SessionException? Fault_NeedsLock(SessionCredentials credentials)
    {
        if (_state == State.Zeroed)
            return new SessionException(Gone);
        return credentials.Expiration <= _time.GetUtcNow()
            ? new SessionException($"The session that came had ended already, at {credentials.Expiration:u}. Is this machine's clock right?")
            : null;
    }

    private HeldCredentials Take_NeedsLock(SessionCredentials credentials, RefreshReason reason)
    {
        var now = _time.GetUtcNow();
        _failure = null;
        if (_held is { } same && same.Credentials.HasSameKeys(credentials))
        {
            credentials.Dispose();
            // A source that keeps its sessions gives the same one until it has another.
            Schedule_NeedsLock(same.Credentials.Expiration is null ? null : now + _options.LongestBackoffStep);
            return same;
        }
        // What was replaced before is in nobody's hands any more; what is replaced now may be signing at this very moment.
        _replaced?.Dispose();
        _replaced = _held?.Credentials;
        var held = new HeldCredentials(credentials, now, reason);
        _held = held;
        Schedule_NeedsLock(held.DueAt(Chance()));
        return held;
    }

    private void OnDue()
    {
        lock (_lock)
        {
            if (_state == State.InUse && _running is null)
                _ = Start_NeedsLock(_failure is not null ? RefreshReason.Retry : RefreshReason.Due);
        }
    }

    private void Schedule_NeedsLock(DateTimeOffset? at)
    {
        _nextAt = _options.BackgroundRefresh == BackgroundRefresh.On && _state == State.InUse ? at : null;
        var wait = _nextAt - _time.GetUtcNow();
        _timer.Change(wait is { } w ? (w > TimeSpan.Zero ? w : TimeSpan.Zero) : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    // It spreads load, and is no secret.
    private static double Chance() => Random.Shared.NextDouble();
}

/// <summary>Obtains a session with all patience the source deserves: retries, limits, and what is told of it.</summary>
/// <exception cref="SessionException">None could be obtained.</exception>
internal delegate Task<SessionCredentials> SessionFetch(RefreshReason reason, CancellationToken cancellation);
