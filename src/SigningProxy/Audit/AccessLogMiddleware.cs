using Microsoft.Extensions.Options;
using SigningProxy.Access;
using SigningProxy.Callers;
using SigningProxy.Callouts;
using SigningProxy.Forwarding;
using SigningProxy.Telemetry;

namespace SigningProxy.Audit;

/// <summary>Gathers what the access log tells of a call, once its answer has ended.</summary>
internal sealed class AccessLogMiddleware(RequestDelegate next, AccessLog log, IOptions<AccessLogOptions> options, TimeProvider time)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var (arrived, started) = (time.GetUtcNow(), time.GetTimestamp());
        var times = new CallTimes(time);
        context.Features.Set(times);
        var bytesIn = context.Request.ContentLength;
        var counted = new CountedBody(context.Response.Body);
        context.Response.Body = counted;
        try
        {
            await next(context);
        }
        finally
        {
            var features = context.Features;
            var callout = features.Get<Callout>();
            var caller = features.Get<Caller>();
            var refusal = features.Get<Refusal>();
            log.Add(new AccessRecord
            {
                Time = arrived,
                Caller = caller?.Name,
                Proof = caller?.Proof,
                NamedCredential = callout?.NamedCredential.Exists == true ? callout.NamedCredential.Name : callout?.Name,
                Principal = features.Get<AccessDecision>()?.Principal.Name,
                Method = context.Request.Method,
                Path = callout?.Path,
                Query = options.Value.Query == TellQuery.On ? callout?.Query : null,
                Status = context.Response.StatusCode,
                Refusal = refusal?.Kind.Code,
                Reason = refusal?.Reason is { } reason ? ProxyTelemetry.Word(reason) : null,
                Replay = context.Response.Headers.TryGetValue(ReplayHeader.Name, out var replay) ? replay.ToString() : null,
                BytesIn = bytesIn,
                BytesOut = counted.Written,
                Duration = time.GetElapsedTime(started),
                Session = times.Of(CallStep.Session),
                Body = times.Of(CallStep.Body),
                Destination = times.Of(CallStep.Destination),
                TraceId = CallTrace.IdOf(context),
            });
        }
    }
}
