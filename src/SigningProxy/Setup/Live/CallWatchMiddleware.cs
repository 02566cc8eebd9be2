using SigningProxy.Callers;
using SigningProxy.Callouts;

namespace SigningProxy.Setup.Live;

/// <summary>Tells the home page of Setup of every call that has ended.</summary>
internal sealed class CallWatchMiddleware(RequestDelegate next, CallTally tally, RefusedCalls refused, TimeProvider time)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var started = time.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            var named = context.Features.Get<Callout>()?.NamedCredential is { Exists: true } one ? one.Name : null;
            var refusal = context.Response.StatusCode < StatusCodes.Status400BadRequest ? null : context.Features.Get<Refusal>();
            if (named is not null)
                tally.Add(named, time.GetElapsedTime(started), refusal is not null);
            if (refusal is not null)
                refused.Add(named, context.Features.Get<Caller>()?.Name, refusal);
        }
    }
}
