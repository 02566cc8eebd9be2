using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;

namespace SigningProxy.Setup.SignIn;

/// <summary>How often it may be tried to sign in, from one address and by everybody together.</summary>
internal sealed class SignInAttempts : IDisposable
{
    /// <summary>From one address, in a minute.</summary>
    public const int Each = 20;

    /// <summary>By everybody together, in a minute.</summary>
    public const int All = 200;

    private readonly TokenBucketRateLimiter _all = new(Options(All));
    private readonly PartitionedRateLimiter<IPAddress> _each =
        PartitionedRateLimiter.Create<IPAddress, IPAddress>(address => RateLimitPartition.GetTokenBucketLimiter(address, _ => Options(Each)));

    /// <summary>Counts an attempt.</summary>
    /// <returns>When to come again where it is one too many; else null.</returns>
    public TimeSpan? Take(HttpContext context) => Wait(context, 1);

    /// <summary>Looks, and counts nothing.</summary>
    /// <returns>When to come again where there have been too many; else null.</returns>
    public TimeSpan? Look(HttpContext context) => Wait(context, 0);

    public void Dispose()
    {
        _all.Dispose();
        _each.Dispose();
    }

    private TimeSpan? Wait(HttpContext context, int permits)
    {
        using var each = _each.AttemptAcquire(NetworkOf(context.Connection.RemoteIpAddress), permits);
        if (!each.IsAcquired)
            return RetryAfter(each);
        using var all = _all.AttemptAcquire(permits);
        return all.IsAcquired ? null : RetryAfter(all);
    }

    // Whoever has one address of IPv6 has its whole network.
    private static IPAddress NetworkOf(IPAddress? address)
    {
        if (address is null)
            return IPAddress.None;
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address;
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }

    private static TimeSpan RetryAfter(RateLimitLease lease) => lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromMinutes(1);

    private static TokenBucketRateLimiterOptions Options(int limit) => new()
    {
        TokenLimit = limit,
        TokensPerPeriod = limit,
        ReplenishmentPeriod = TimeSpan.FromMinutes(1),
        QueueLimit = 0,
    };
}
