namespace SigningProxy.Callouts;

/// <summary>How long the steps of one call take. A feature of the request where somebody asks, as the access log does; else there is none.</summary>
internal sealed class CallTimes(TimeProvider time)
{
    private readonly (long? Begun, long? Ended)[] _steps = new (long?, long?)[(int)CallStep.Destination + 1];

    public void Begin(CallStep step) => _steps[(int)step].Begun = time.GetTimestamp();

    public void End(CallStep step) => _steps[(int)step].Ended = time.GetTimestamp();

    /// <summary>How long a step took, or has taken so far; null where it was not begun.</summary>
    public TimeSpan? Of(CallStep step) =>
        _steps[(int)step] is { Begun: { } begun, Ended: var ended } ? time.GetElapsedTime(begun, ended ?? time.GetTimestamp()) : null;
}

internal enum CallStep
{
    /// <summary>The wait for a session; not begun where there is one.</summary>
    Session,

    /// <summary>Reading and hashing a body that is held.</summary>
    Body,

    /// <summary>From handing the request to the connections to the head of the answer that the caller gets: with a new connection, a streamed body, a replay.</summary>
    Destination,
}
