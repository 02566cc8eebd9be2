namespace SigningProxy.LocalAws.Misbehaviour;

/// <summary>The stand-in's own clock: the given one, wrong by as much as it is told. Timers run as ever.</summary>
internal sealed class SkewedClock(TimeProvider right) : TimeProvider
{
    private long _skewTicks;

    /// <summary>How far it is ahead of the given clock; negative when behind.</summary>
    public TimeSpan Skew
    {
        get => new(Interlocked.Read(ref _skewTicks));
        set => Interlocked.Exchange(ref _skewTicks, value.Ticks);
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => right.GetUtcNow() + Skew;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        right.CreateTimer(callback, state, dueTime, period);
}
