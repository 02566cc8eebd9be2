using Microsoft.AspNetCore.Http.Features;
using SigningProxy.Callers;
using SigningProxy.Callouts;
using SigningProxy.Catalog;

namespace SigningProxy.Access;

/// <summary>
/// Decides, before anything else that depends on the named credential: without a grant, a name that exists and one that does not get
/// the same answer by the same way.
/// </summary>
internal sealed class AccessMiddleware(RequestDelegate next, ILogger<AccessMiddleware> logger)
{
    /// <summary>By which a caller asks for one of the principals it was granted.</summary>
    public const string WantedHeader = "X-SigningProxy-Principal";

    private static readonly string[] MethodOverrides = ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"];

    public Task InvokeAsync(HttpContext context)
    {
        var callout = context.Features.GetRequiredFeature<Callout>();
        var caller = context.Features.GetRequiredFeature<Caller>();
        var principal = callout.NamedCredential is { } named ? Find(callout, named, caller, context.Request) : null;
        if (principal is null)
        {
            if (callout.NamedCredential is null)
                Log.NoSuchNamedCredential(logger, caller.Name, callout.Name);
            else
                Log.NoGrant(logger, caller.Name, callout.NamedCredential.Name, callout.NamedCredential.ExternalCredential.Name);
            return Refusal.AccessDenied(callout.Name).WriteAsync(context);
        }
        if (RefuseGranted(callout.NamedCredential!, principal) is { } refusal)
            return refusal.WriteAsync(context);
        context.Features.Set(new AccessDecision(principal));
        return next(context);
    }

    private static Principal? Find(Callout callout, NamedCredential named, Caller caller, HttpRequest request)
    {
        var facts = new RequestFacts(callout, named, request.Method)
        {
            Operation = Text(request, "X-Amz-Target"),
            CopySource = Text(request, "X-Amz-Copy-Source"),
            OverridesMethod = Array.Exists(MethodOverrides, request.Headers.ContainsKey),
        };
        return GrantTable.Of(callout.Snapshot).Find(caller, facts, Text(request, WantedHeader));
    }

    // Of one that came twice the whole is judged, and fits nothing.
    private static string? Text(HttpRequest request, string header) => request.Headers.TryGetValue(header, out var values) ? values.ToString() : null;

    /// <summary>What is told only to a caller who has the grant.</summary>
    private static Refusal? RefuseGranted(NamedCredential named, Principal principal)
    {
        var external = named.ExternalCredential;
        if (!named.EnabledForCallouts)
            return new Refusal(RefusalKind.CalloutsDisabled, $"The named credential \"{named.Name}\" is declared with enabledForCallouts: false.");
        if (!named.GenerateAuthorizationHeader)
            return null;
        if (external.AuthenticationProtocol != AuthenticationProtocol.AwsSignatureV4)
            return new Refusal(RefusalKind.NotBuilt, $"The external credential \"{external.Name}\" asks for {external.AuthenticationProtocol}.");
        return principal.Missing.Count == 0
            ? null
            : new Refusal(
                RefusalKind.PrincipalNotConfigured,
                $"The principal \"{principal.Name}\" of the external credential \"{external.Name}\" is not configured. Missing: {string.Join("; ", principal.Missing)}.");
    }
}
