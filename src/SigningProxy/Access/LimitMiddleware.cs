using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using SigningProxy.Callers;
using SigningProxy.Callouts;

namespace SigningProxy.Access;

/// <summary>Keeps one caller from taking the proxy from the others. Comes after access was granted, so that it tells nothing to anybody else.</summary>
internal sealed class LimitMiddleware(RequestDelegate next, IOptions<LimitOptions> options, ILogger<LimitMiddleware> logger)
{
    private readonly ConcurrentDictionary<string, CallerLimiter> _limiters = new(StringComparer.Ordinal);

    public async Task InvokeAsync(HttpContext context)
    {
        var caller = context.Features.GetRequiredFeature<Caller>().Name;
        var limiter = _limiters.GetOrAdd(caller, _ => new CallerLimiter(options.Value));
        var bytes = context.Request.ContentLength ?? 0;
        if (limiter.TryBegin(bytes) is { } tooMuch)
        {
            Log.TooMuch(logger, caller, tooMuch.Reason);
            await new Refusal(RefusalKind.CallerLimit, $"The caller asks for more than it may at once ({LimitOptions.Section}).")
            {
                Reason = tooMuch.Reason,
                RetryAfter = tooMuch.RetryAfter,
            }.WriteAsync(context);
            return;
        }
        try
        {
            await next(context);
        }
        finally
        {
            limiter.End(bytes);
        }
    }
}

internal static class LimitServices
{
    /// <summary>The limits of callers; where there are none, nothing.</summary>
    public static IApplicationBuilder UseLimits(this IApplicationBuilder app) =>
        app.ApplicationServices.GetRequiredService<IOptions<LimitOptions>>().Value.IsOn ? app.UseMiddleware<LimitMiddleware>() : app;
}
