namespace SigningProxy.Forwarding;

/// <summary>Takes Setup's cookies off a request, once its caller has been proved by all that it sent.</summary>
internal sealed class SetupCookieMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        SetupCookies.TakeOff(context.Request.Headers);
        return next(context);
    }
}
