using SigningProxy.Callouts;

namespace SigningProxy.Setup.Live;

/// <summary>The calls that were refused last. In memory alone, and bounded.</summary>
internal sealed class RefusedCalls(TimeProvider time)
{
    public const int Most = 50;

    private const int LongestName = 200;

    private readonly Lock _lock = new();
    private readonly Queue<RefusedCall> _calls = new(Most);

    /// <param name="namedCredential">The Name, or null where the call named none that there is.</param>
    /// <param name="caller">Who called, or null where nobody was proved.</param>
    /// <param name="refusal">Why it was refused.</param>
    public void Add(string? namedCredential, string? caller, Refusal refusal)
    {
        var call = new RefusedCall(time.GetUtcNow(), namedCredential, caller is { Length: > LongestName } ? caller[..LongestName] : caller, refusal.Kind, refusal.Reason);
        lock (_lock)
        {
            if (_calls.Count == Most)
                _calls.Dequeue();
            _calls.Enqueue(call);
        }
    }

    /// <summary>All that are kept, the latest first.</summary>
    public IReadOnlyList<RefusedCall> Read()
    {
        lock (_lock)
            return [.. _calls.Reverse()];
    }
}

/// <summary>A call that was refused: neither its path nor anything else that it sent.</summary>
/// <param name="At">When its answer ended.</param>
/// <param name="NamedCredential">The Name, or null where the call named none that there is.</param>
/// <param name="Caller">Who called, or null where nobody was proved.</param>
/// <param name="Kind">Why.</param>
/// <param name="Reason">Which of the kind's reasons it was, or null.</param>
internal sealed record RefusedCall(DateTimeOffset At, string? NamedCredential, string? Caller, RefusalKind Kind, RefusalReason? Reason);
