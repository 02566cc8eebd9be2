using System.Collections.Concurrent;

namespace SigningProxy.Setup.Live;

/// <summary>Counts the calls of the last minute by named credential and second. In memory alone, and bounded.</summary>
internal sealed class CallTally(TimeProvider time)
{
    public const int Seconds = 60;

    /// <summary>How many named credentials are counted at once; calls of more are not.</summary>
    public const int Most = 500;

    private readonly ConcurrentDictionary<string, SecondRing> _rings = new(StringComparer.Ordinal);
    private readonly long _begun = time.GetTimestamp();

    private long Now => time.GetElapsedTime(_begun).Ticks / TimeSpan.TicksPerSecond;

    /// <summary>Counts a call that has ended.</summary>
    public void Add(string namedCredential, TimeSpan took, bool isRefused)
    {
        if (_rings.TryGetValue(namedCredential, out var ring) || (ring = New(namedCredential)) is not null)
            ring.Add(Now, took, isRefused);
    }

    /// <summary>The named credentials that were called within the last minute, the most called first.</summary>
    public IReadOnlyList<CallSeries> Read()
    {
        var now = Now;
        return
        [
            .. _rings.Select(r => new CallSeries(r.Key, r.Value.Read(now))).Where(s => s.Whole.Calls > 0)
                .OrderByDescending(s => s.Whole.Calls).ThenBy(s => s.NamedCredential, StringComparer.Ordinal),
        ];
    }

    // Those that nobody has called for a minute make room.
    private SecondRing? New(string namedCredential)
    {
        if (_rings.Count >= Most)
        {
            var now = Now;
            foreach (var idle in _rings.Where(r => r.Value.Read(now).All(s => s.Calls == 0)))
                _rings.TryRemove(idle);
        }
        return _rings.Count < Most ? _rings.GetOrAdd(namedCredential, _ => new SecondRing()) : null;
    }

    private sealed class SecondRing
    {
        private readonly Lock _lock = new();
        private readonly CallSecond[] _seconds = new CallSecond[Seconds];

        public void Add(long second, TimeSpan took, bool isRefused)
        {
            lock (_lock)
            {
                ref var at = ref _seconds[second % Seconds];
                at = (at.Second == second ? at : new CallSecond { Second = second }).With(took, isRefused);
            }
        }

        public CallSecond[] Read(long now)
        {
            lock (_lock)
                return [.. Enumerable.Range(0, Seconds).Select(i => now - Seconds + 1 + i).Select(s => s >= 0 && _seconds[s % Seconds] is var at && at.Second == s ? at : new CallSecond { Second = s })];
        }
    }
}
