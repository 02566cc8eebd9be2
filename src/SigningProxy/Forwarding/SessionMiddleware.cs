using Microsoft.AspNetCore.Http.Features;
using SigningProxy.Access;
using SigningProxy.Callouts;
using SigningProxy.Sessions;

namespace SigningProxy.Forwarding;

/// <summary>Makes sure that there is a session to sign with before a byte of the body is read.</summary>
internal sealed class SessionMiddleware(RequestDelegate next, SessionCache sessions, ILogger<SessionMiddleware> logger)
{
    public Task InvokeAsync(HttpContext context)
    {
        var named = context.Features.GetRequiredFeature<Callout>().NamedCredential;
        if (!named.GenerateAuthorizationHeader)
            return next(context);
        var session = sessions.Of(named.ExternalCredential, context.Features.GetRequiredFeature<AccessDecision>().Principal);
        context.Features.Set(session);
        var credentials = session.GetAsync(context.RequestAborted);
        return credentials.IsCompletedSuccessfully ? next(context) : WaitAsync(credentials.AsTask(), context, named.Name);
    }

    /// <summary>Tells nothing of what the source said: that is the operator's, and stands in the log.</summary>
    public static Refusal RefusalOf(SessionUnavailableException e) => new(
        RefusalKind.SessionUnavailable, "No session could be obtained for the principal; the operator's log says why. Nothing was sent.")
    { RetryAfter = e.RetryAfter };

    private async Task WaitAsync(Task credentials, HttpContext context, string namedCredential)
    {
        var times = context.Features.Get<CallTimes>();
        times?.Begin(CallStep.Session);
        try
        {
            await credentials;
            times?.End(CallStep.Session);
        }
        catch (SessionUnavailableException e)
        {
            Log.NoSession(logger, namedCredential, e.Message);
            await RefusalOf(e).WriteAsync(context);
            return;
        }
        await next(context);
    }
}
