namespace SigningProxy.LocalAws.Misbehaviour;

/// <summary>The faults and delays that were asked for, by part of the stand-in.</summary>
internal sealed class Switches
{
    private readonly Lock _lock = new();
    private readonly Dictionary<LocalTarget, (LocalFault Fault, int? Left)> _faults = [];
    private readonly Dictionary<LocalTarget, TimeSpan> _delays = [];

    /// <param name="target">The part that is to fail.</param>
    /// <param name="fault">What it answers.</param>
    /// <param name="times">For how many requests; null for ever, 0 for none.</param>
    public void Fail(LocalTarget target, LocalFault fault, int? times)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(times ?? 0, nameof(times));
        if (fault.Status is < 400 or > 599)
        {
            throw new ArgumentOutOfRangeException(nameof(fault), fault.Status, "A fault's status is 400..599.");
        }

        lock (_lock)
        {
            _faults[target] = (fault, times);
        }
    }

    public void Delay(LocalTarget target, TimeSpan delay)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        lock (_lock)
        {
            _delays[target] = delay;
        }
    }

    public void Reset()
    {
        lock (_lock)
        {
            _faults.Clear();
            _delays.Clear();
        }
    }

    public TimeSpan DelayOf(LocalTarget target)
    {
        lock (_lock)
        {
            return _delays.GetValueOrDefault(target);
        }
    }

    /// <summary>The fault that the next request gets, counted down; null when it is to be served.</summary>
    public LocalFault? TakeFault(LocalTarget target)
    {
        lock (_lock)
        {
            if (!_faults.TryGetValue(target, out var asked) || asked.Left == 0)
            {
                return null;
            }

            _faults[target] = (asked.Fault, asked.Left - 1);
            return asked.Fault;
        }
    }
}
