using System.Diagnostics;
using SigningProxy.Catalog;
using SigningProxy.Telemetry;

namespace SigningProxy.Callouts;

/// <summary>Measures every callout. Neither path nor query, neither caller nor principal is told.</summary>
internal sealed class MeasureMiddleware(RequestDelegate next)
{
    private static readonly string Nothing = NamedCredential.Nothing.Name;

    public async Task InvokeAsync(HttpContext context)
    {
        var started = Stopwatch.GetTimestamp();
        using var activity = Start(context.Request);
        try
        {
            await next(context);
        }
        finally
        {
            var named = context.Features.Get<Callout>()?.NamedCredential.Name ?? Nothing;
            var refused = context.Response.StatusCode < StatusCodes.Status400BadRequest ? null : context.Features.Get<Refusal>();
            var refusal = refused?.Kind.Code ?? Nothing;
            var reason = refused?.Reason is { } one ? ProxyTelemetry.Word(one) : Nothing;
            ProxyTelemetry.CalloutDuration.Record(
                Stopwatch.GetElapsedTime(started).TotalSeconds,
                new("named_credential", named), new("http.response.status_code", context.Response.StatusCode), new("refusal", refusal));
            if (refused is not null)
                ProxyTelemetry.Refusals.Add(1, new("code", refusal), new("reason", reason));
            activity?.SetTag("signing_proxy.named_credential", named);
            activity?.SetTag("signing_proxy.refusal", refusal);
            activity?.SetTag("signing_proxy.reason", reason);
            activity?.SetTag("http.response.status_code", context.Response.StatusCode);
        }
    }

    private static Activity? Start(HttpRequest request)
    {
        if (!ProxyTelemetry.Activities.HasListeners())
            return null;
        // The server's own activity is sampled by nobody; the caller's trace, or a new one, is the parent.
        ActivityContext.TryParse(request.Headers.TraceParent, request.Headers.TraceState, isRemote: true, out var parent);
        Activity.Current = null;
        var activity = ProxyTelemetry.Activities.StartActivity("callout", ActivityKind.Server, parent);
        activity?.SetTag("http.request.method", request.Method);
        return activity;
    }
}
