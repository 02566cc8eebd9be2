using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Http;
using SigningProxy.Callouts;
using SigningProxy.Telemetry;

namespace SigningProxy.Tests.Callouts;

public sealed class MeasureMiddlewareTests
{
    // By which a test knows its own span and its own count: other tests are measured too.
    private static readonly RefusalKind Kind = new("measured_here_alone", 403, "Measured", "Measured");

    [Theory]
    [InlineData(nameof(RefusalReason.UnknownName), "unknown_name")]
    [InlineData(nameof(RefusalReason.OtherScope), "other_scope")]
    [InlineData(nameof(RefusalReason.NoGrant), "no_grant")]
    [InlineData(nameof(RefusalReason.PrincipalNotGranted), "principal_not_granted")]
    [InlineData(nameof(RefusalReason.LimitsDoNotFit), "limits_do_not_fit")]
    [InlineData(nameof(RefusalReason.NoProof), "no_proof")]
    [InlineData(nameof(RefusalReason.InvalidProof), "invalid_proof")]
    [InlineData(nameof(RefusalReason.AmbiguousProofs), "ambiguous_proofs")]
    [InlineData(nameof(RefusalReason.RequestsPerSecond), "requests_per_second")]
    [InlineData(nameof(RefusalReason.ConcurrentRequests), "concurrent_requests")]
    [InlineData(nameof(RefusalReason.BytesInFlight), "bytes_in_flight")]
    [InlineData(null, "(none)")]
    public async Task Invoke_WhenRefused_TellsTheReasonInTraceAndMetric(string? reason, string expected)
    {
        var spans = new List<Activity>();
        var counted = new List<object?>();
        using var tracing = new ActivityListener
        {
            ShouldListenTo = source => source.Name == ProxyTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                if (span.GetTagItem("signing_proxy.refusal") is "measured_here_alone")
                    spans.Add(span);
            },
        };
        ActivitySource.AddActivityListener(tracing);
        using var counting = new MeterListener();
        counting.EnableMeasurementEvents(ProxyTelemetry.Refusals);
        counting.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            if (tags.ToArray().Contains(new("code", Kind.Code)))
                counted.Add(tags.ToArray().Single(t => t.Key == "reason").Value);
        });
        counting.Start();

        await new MeasureMiddleware(context => new Refusal(Kind, "Refused.") { Reason = reason is null ? null : Enum.Parse<RefusalReason>(reason) }.WriteAsync(context)).InvokeAsync(new DefaultHttpContext());

        Assert.Equal(expected, Assert.Single(spans).GetTagItem("signing_proxy.reason"));
        Assert.Equal([expected], counted);
    }
}
