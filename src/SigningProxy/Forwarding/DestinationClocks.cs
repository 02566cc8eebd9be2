using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using SigningProxy.Destinations;
using SigningProxy.Telemetry;

namespace SigningProxy.Forwarding;

/// <summary>
/// How far the clocks of destinations are from ours, learned from answers that refuse a request for its time. Believed only of a
/// destination whose answer cannot have been forged on its way, and never more than a day.
/// </summary>
internal sealed class DestinationClocks : IDisposable
{
    /// <summary>AWS takes a request whose time is within 5 minutes of its own.</summary>
    public static readonly TimeSpan Far = TimeSpan.FromMinutes(4);

    /// <summary>Beyond this a clock is not corrected.</summary>
    public static readonly TimeSpan Most = TimeSpan.FromHours(24);

    private readonly ConcurrentDictionary<string, TimeSpan> _offsets = new(StringComparer.Ordinal);
    private readonly TimeProvider _time;

    // Hardly ever is a clock wrong, and to ask a dictionary whether it is empty takes its locks.
    private volatile bool _anyOffset;
    private readonly ILogger<DestinationClocks> _logger;
    private readonly Meter _meter = new(ProxyTelemetry.Name);

    public DestinationClocks(TimeProvider time, ILogger<DestinationClocks> logger)
    {
        (_time, _logger) = (time, logger);
        _meter.CreateObservableGauge(
            "signing_proxy.clock.offset", () => _offsets.Select(o => new Measurement<double>(o.Value.TotalSeconds, new KeyValuePair<string, object?>("destination", o.Key))),
            "s", "How far a destination's clock is ahead of ours, where it had to be corrected.");
    }

    /// <summary>The time to date a request with.</summary>
    public DateTimeOffset Now(Destination destination) =>
        !_anyOffset || !_offsets.TryGetValue(destination.Origin, out var offset) ? _time.GetUtcNow() : _time.GetUtcNow() + offset;

    /// <summary>Corrects the offset by the Date of an answer.</summary>
    /// <returns>Whether the clock was wrong, and is corrected now.</returns>
    public bool Correct(Destination destination, DateTimeOffset? date)
    {
        if (date is not { } theirs || !destination.IsSafe || (theirs - Now(destination)).Duration() < Far)
            return false;
        var offset = theirs - _time.GetUtcNow();
        if (offset.Duration() > Most)
            return false;
        _offsets[destination.Origin] = offset;
        _anyOffset = true;
        Log.ClockCorrected(_logger, destination.Origin, offset);
        return true;
    }

    public void Dispose() => _meter.Dispose();
}
