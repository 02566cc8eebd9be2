namespace SigningProxy.Callers;

/// <summary>Says who calls. Reaching the listener is the only proof there is, so every caller is <see cref="Caller.Local"/>.</summary>
internal sealed class CallerMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        context.Features.Set(Caller.Local);
        return next(context);
    }
}
