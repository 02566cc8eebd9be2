namespace SigningProxy.Destinations;

/// <summary>How destinations are connected to. Section <c>SigningProxy:Destinations</c>.</summary>
internal sealed class DestinationOptions
{
    public const string Section = "SigningProxy:Destinations";

    /// <summary>How long a connection may take to be made. 10 seconds by default.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a call may pass without a byte in either direction. 100 seconds by default.</summary>
    public TimeSpan ActivityTimeout { get; set; } = TimeSpan.FromSeconds(100);

    /// <summary>How long a connection is used before another replaces it, so that a change in DNS is followed. 2 minutes by default.</summary>
    public TimeSpan PooledConnectionLifetime { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How long an idle connection is kept. 1 minute by default.</summary>
    public TimeSpan PooledConnectionIdleTimeout { get; set; } = TimeSpan.FromMinutes(1);

    public IEnumerable<string> Faults()
    {
        foreach (var (name, value) in new[]
        {
            (nameof(ConnectTimeout), ConnectTimeout), (nameof(ActivityTimeout), ActivityTimeout),
            (nameof(PooledConnectionLifetime), PooledConnectionLifetime), (nameof(PooledConnectionIdleTimeout), PooledConnectionIdleTimeout),
        })
        {
            if (value <= TimeSpan.Zero || value > TimeSpan.FromDays(1))
                yield return $"{Section}:{name}: {value} is not between 0 and 1 day. Write it as hours:minutes:seconds, such as 00:01:30.";
        }
    }
}
