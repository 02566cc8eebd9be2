using System.Diagnostics;

namespace SigningProxy.Callouts;

/// <summary>The trace a call belongs to: by it a refusal, the access log and the caller's own records are brought together.</summary>
internal sealed record CallTrace(string Id)
{
    /// <summary>The trace that is recorded here, else the one the caller says it is in (<c>traceparent</c>), else one of the call's own.</summary>
    public static string IdOf(HttpContext context)
    {
        if (Activity.Current is { } activity)
            return activity.TraceId.ToHexString();
        if (context.Features.Get<CallTrace>() is { } known)
            return known.Id;
        var id = ActivityContext.TryParse(context.Request.Headers.TraceParent, null, isRemote: true, out var callers) ? callers.TraceId : ActivityTraceId.CreateRandom();
        var trace = new CallTrace(id.ToHexString());
        context.Features.Set(trace);
        return trace.Id;
    }
}
