using SigningProxy.Callouts;
using SigningProxy.Setup.Pages;
using Microsoft.AspNetCore.Http.Features;

namespace SigningProxy.Setup.SignIn;

/// <summary>What a browser that is signed in by a cookie may know of that, and how it is signed out.</summary>
internal sealed class OwnSessionEndpoints(RequestDelegate next, SetupSessions sessions)
{
    public Task InvokeAsync(HttpContext context)
    {
        var session = context.Features.Get<SetupSession>();
        return (context.Request.Method, context.Request.Path.Value) switch
        {
            ("GET", SignInEndpoints.Csrf) when session is not null => SignInAnswer.TellAsync(context, context.Features.GetRequiredFeature<Administrator>(), session),
            ("POST", SignInEndpoints.Out) when session is not null => SignOut(context, session),
            (_, SignInEndpoints.Csrf or SignInEndpoints.Out) => new Refusal(
                RefusalKind.NotFound, $"There is GET {SignInEndpoints.Csrf} and POST {SignInEndpoints.Out}, for browsers that are signed in by a cookie.").WriteAsync(context),
            _ => next(context),
        };
    }

    private Task SignOut(HttpContext context, SetupSession session)
    {
        sessions.End(context, session);
        if (PageAnswer.IsForPage(context.Request))
            return PageAnswer.SeeOther(context, SignInEndpoints.Root);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }
}
