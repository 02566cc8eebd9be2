using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.Json;

namespace SigningProxy.Telemetry;

/// <summary>The names under which the proxy is seen from outside, and its instruments.</summary>
internal static class ProxyTelemetry
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string Name = "SigningProxy";

    public static ActivitySource Activities { get; } = new(Name);

    public static Meter Meter { get; } = new(Name);

    // From a connection within the machine to the longest wait; the library's own bounds are meant for milliseconds.
    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    };

    /// <summary>Seconds from the request's arrival to the end of its answer.</summary>
    public static Histogram<double> CalloutDuration { get; } = Meter.CreateHistogram<double>(
        "signing_proxy.callout.duration", "s", "How long callouts took, by named credential, status and refusal.", advice: Seconds);

    /// <summary>Requests that were refused here, by code and, where a code has several, by reason.</summary>
    public static Counter<long> Refusals { get; } = Meter.CreateCounter<long>(
        "signing_proxy.refusals", "{request}", "Requests refused, by code and reason; they reached no destination.");

    /// <summary>Catalogs that were read again, by outcome; the first look after the start is one of them.</summary>
    public static Counter<long> Reloads { get; } = Meter.CreateCounter<long>(
        "signing_proxy.catalog.reloads", "{reload}", "Catalogs read again, by outcome.");

    /// <summary>Sessions that were asked for, by external credential, variant, reason and outcome.</summary>
    public static Histogram<double> SessionFetches { get; } = Meter.CreateHistogram<double>(
        "signing_proxy.session.fetch.duration", "s", "How long it took to obtain sessions, by external credential, variant, reason and outcome.", advice: Seconds);

    /// <summary>Requests that were signed anew after a refusal, and those that were not, by outcome.</summary>
    public static Counter<long> Replays { get; } = Meter.CreateCounter<long>(
        "signing_proxy.replays", "{request}", "Answers that asked for other credentials, by named credential and what came of it.");

    /// <summary>Lines of the access log that were dropped, because too many waited or none could be written.</summary>
    public static Counter<long> AccessLogDropped { get; } = Meter.CreateCounter<long>(
        "signing_proxy.access_log.dropped", "{line}", "Lines of the access log that were dropped.");

    /// <summary>A word of ours as it is told outside: <c>ListedStatus</c> is <c>listed_status</c>.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
