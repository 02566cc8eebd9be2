using Microsoft.Extensions.Primitives;
using SigningProxy.Callers.Proofs;
using SigningProxy.Callouts;
using SigningProxy.Catalog;
using SigningProxy.Setup.Api;
using SigningProxy.Setup.Pages;

namespace SigningProxy.Setup.SignIn;

/// <summary>
/// Says which administrator sends a request, before anything is told of what there is: by a token, by the cookie of a browser that signed in,
/// or by a client certificate. A token that is nobody's ends the request; nothing else stands in for it.
/// </summary>
internal sealed class SignInMiddleware(RequestDelegate next, AdministratorList administrators, SetupSessions sessions, SignInAnswer answer)
{
    public const string CsrfHeader = "X-CSRF-Token";
    public const string CsrfField = "csrfToken";

    public async Task InvokeAsync(HttpContext context)
    {
        if (await JudgeAsync(context) is { } refusal)
            await RefuseAsync(context, refusal);
        else
            await next(context);
    }

    private static Task RefuseAsync(HttpContext context, Refusal refusal)
    {
        var request = context.Request;
        if (!PageAnswer.IsForPage(request) || request.Path.StartsWithSegments(ApiMiddleware.Root))
            return refusal.WriteAsync(context);
        if (refusal.Kind != RefusalKind.AdministratorUnproved)
            return ProblemPage.WriteAsync(context, refusal.Kind.Status, refusal.Kind.Title, refusal.Detail);
        // A link followed from another site brings no cookie, whoever is signed in; one followed from here does.
        if (HttpMethods.IsGet(request.Method) && request.Headers["Sec-Fetch-Site"] == "cross-site")
            return SignInPages.ContinueAsync(context, PageAnswer.Within($"{request.Path}{request.QueryString}"));
        var to = HttpMethods.IsGet(request.Method) ? $"{request.Path}{request.QueryString}" : "/";
        return PageAnswer.SeeOther(context, to == "/" ? SignInEndpoints.Root : $"{SignInEndpoints.Root}?{SignInPages.To}={Uri.EscapeDataString(to)}");
    }

    private async Task<Refusal?> JudgeAsync(HttpContext context)
    {
        if (context.Request.Headers.Authorization.Count > 0)
            return ByToken(context);
        if (sessions.Of(context.Request) is { } session && administrators.ByStamp(session.Name, session.Stamp) is { } known)
            return await BySessionAsync(context, session, known);
        return await context.Connection.GetClientCertificateAsync(context.RequestAborted) is { } certificate
            ? ByNames(context, ClientCertificateAuthenticator.Names(certificate))
            : SignInAnswer.NoProof();
    }

    private Refusal? ByToken(HttpContext context)
    {
        if (answer.NotLookedAt(context, "token") is { } refusal)
            return refusal;
        return TokenAuthenticator.OfBearer(context.Request) is { } token && administrators.ByToken(token) is { } known
            ? Accept(context, known)
            : answer.UnprovedAttempt(context, "token", "it is nobody's");
    }

    private async Task<Refusal?> BySessionAsync(HttpContext context, SetupSession session, KnownAdministrator known)
    {
        var request = context.Request;
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            // The gate has seen to it that there is no other origin; here there must be one.
            if (StringValues.IsNullOrEmpty(request.Headers.Origin))
                return new Refusal(RefusalKind.CsrfUnproved, "By cookie, what changes something needs the Origin of a page of Setup.");
            if (await CsrfTokenOfAsync(context) is not { } token)
                return new Refusal(RefusalKind.Malformed, "The form cannot be read: it is cut off, holds a NUL, or has more fields than any page.");
            if (!session.HasCsrfToken(token))
                return new Refusal(RefusalKind.CsrfUnproved, $"By cookie, what changes something needs the {CsrfHeader} of this session. GET {SignInEndpoints.Csrf} tells it.");
        }
        context.Features.Set(session);
        sessions.Renew(context, session);
        return Accept(context, known);
    }

    private Refusal? ByNames(HttpContext context, IReadOnlyList<ClientCertificateProof>? names)
    {
        if (answer.NotLookedAt(context, "certificate") is { } refusal)
            return refusal;
        return names is not null && administrators.ByProof([.. names.Select(name => new CertificateName(name))]) is { } known
            ? Accept(context, known)
            : answer.UnprovedAttempt(context, "certificate", "it names nobody, or several");
    }

    private static Refusal? Accept(HttpContext context, KnownAdministrator known)
    {
        context.Features.Set(known.Administrator);
        return null;
    }

    /// <summary>The token that came along, empty where there is none; null where the form cannot be read.</summary>
    private static async Task<string?> CsrfTokenOfAsync(HttpContext context)
    {
        if (context.Request.Headers[CsrfHeader] is [{ } given])
            return given;
        try
        {
            return context.Request.HasFormContentType ? (await context.Request.ReadFormAsync(context.RequestAborted))[CsrfField].ToString() : "";
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
