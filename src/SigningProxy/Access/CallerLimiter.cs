using System.Threading.RateLimiting;
using SigningProxy.Callouts;

namespace SigningProxy.Access;

/// <summary>What one caller has under way, and how fast it asks.</summary>
internal sealed class CallerLimiter : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly LimitOptions _limits;
    private readonly TokenBucketRateLimiter? _rate;
    private readonly Lock _lock = new();
    private int _requests;
    private long _bytes;

    public CallerLimiter(LimitOptions limits)
    {
        _limits = limits;
        if (limits.RequestsPerSecond > 0)
        {
            _rate = new TokenBucketRateLimiter(new TokenBucketRateLimiterOptions
            {
                TokenLimit = limits.RequestsPerSecond,
                TokensPerPeriod = limits.RequestsPerSecond,
                ReplenishmentPeriod = Second,
                QueueLimit = 0,
            });
        }
    }

    /// <summary>Begins a request, unless it is too much.</summary>
    /// <param name="bytes">Of its body; 0 where it has none or none is announced.</param>
    /// <returns>What is too much, or null where it has begun; then <see cref="End"/> must follow.</returns>
    public TooMuch? TryBegin(long bytes)
    {
        lock (_lock)
        {
            if (_limits.ConcurrentRequests > 0 && _requests >= _limits.ConcurrentRequests)
                return new TooMuch(RefusalReason.ConcurrentRequests, Second);
            // One body above the limit may pass alone, or it never could.
            if (_limits.BytesInFlight > 0 && _bytes > 0 && bytes > _limits.BytesInFlight - _bytes)
                return new TooMuch(RefusalReason.BytesInFlight, Second);
            using var lease = _rate?.AttemptAcquire();
            if (lease is { IsAcquired: false })
                return new TooMuch(RefusalReason.RequestsPerSecond, lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : Second);
            _requests++;
            _bytes += bytes;
            return null;
        }
    }

    public void End(long bytes)
    {
        lock (_lock)
        {
            _requests--;
            _bytes -= bytes;
        }
    }

    public void Dispose() => _rate?.Dispose();
}

/// <param name="Reason">Of what it is too much.</param>
/// <param name="RetryAfter">When to come again.</param>
internal readonly record struct TooMuch(RefusalReason Reason, TimeSpan RetryAfter);
