using Microsoft.AspNetCore.Http.Features;
using SigningProxy.Callers;
using SigningProxy.Callouts;
using SigningProxy.Catalog;
using SigningProxy.SigV4;

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
        var wanted = Text(context.Request, WantedHeader);
        // Both are judged whatever comes of the other, so that neither the scope nor the grant can be told by the clock.
        var signedForAnother = SignedForAnother(context, callout.NamedCredential);
        var principal = Find(callout, caller, context.Request, wanted);
        if (principal is null || signedForAnother is not null)
            return Refusal.AccessDenied(callout.Name, Tell(callout, caller, wanted, principal is null ? null : signedForAnother)).WriteAsync(context);
        if (RefuseGranted(callout.NamedCredential, principal) is { } refusal)
            return refusal.WriteAsync(context);
        context.Features.Set(new AccessDecision(principal));
        return next(context);
    }

    private static Principal? Find(Callout callout, Caller caller, HttpRequest request, string? wanted)
    {
        var facts = new RequestFacts(callout, callout.NamedCredential, request.Method)
        {
            Operation = Text(request, "X-Amz-Target"),
            CopySource = Text(request, "X-Amz-Copy-Source"),
            OverridesMethod = OverridesMethod(request.Headers),
        };
        return GrantTable.Of(callout.Snapshot).Find(caller, facts, wanted);
    }

    private static bool OverridesMethod(IHeaderDictionary headers)
    {
        foreach (var name in MethodOverrides)
        {
            if (headers.ContainsKey(name))
                return true;
        }
        return false;
    }

    /// <summary>Tells the operator what the answer does not. What is told without a grant there takes as many words, whatever it is.</summary>
    private RefusalReason Tell(Callout callout, Caller caller, string? wanted, CredentialScope? signedFor)
    {
        var named = callout.NamedCredential;
        var external = named.ExternalCredential;
        if (signedFor is { } signed)
        {
            Log.OtherScope(logger, caller.Name, signed.Service, signed.Region, named.Name, external.Scope.Service, external.Region);
            return RefusalReason.OtherScope;
        }
        var reason = GrantTable.Of(callout.Snapshot).WhyNone(caller, external, wanted);
        switch (reason)
        {
            case RefusalReason.LimitsDoNotFit:
                Log.LimitsDoNotFit(logger, caller.Name, named.Name);
                return reason;
            case RefusalReason.PrincipalNotGranted:
                // What a caller makes up does not come into the log.
                Log.PrincipalNotGranted(logger, caller.Name, named.Name, external.Principals.FirstOrDefault(p => p.Name == wanted)?.Name ?? "a principal that there is not");
                return reason;
            case RefusalReason.NoGrant when !named.Exists:
                Log.NoSuchNamedCredential(logger, caller.Name, callout.Name, callout.Snapshot.Revision);
                return RefusalReason.UnknownName;
            default:
                Log.NoGrant(logger, caller.Name, named.Name, external.Name);
                return reason;
        }
    }

    /// <summary>The scope of the caller's local signature, where the named credential's does not cover it.</summary>
    private static CredentialScope? SignedForAnother(HttpContext context, NamedCredential named) =>
        context.Features.Get<LocalSignature>() is { Scope: var signed } && !named.ExternalCredential.Covers(signed) ? signed : null;

    // Of one that came twice the whole is judged, and fits nothing, also where one line is empty.
    private static string? Text(HttpRequest request, string header) =>
        !request.Headers.TryGetValue(header, out var values) ? null : values.Count == 1 ? values[0] : string.Join(',', values.ToArray());

    /// <summary>What is told only to a caller who has the grant.</summary>
    private static Refusal? RefuseGranted(NamedCredential named, Principal principal)
    {
        var external = named.ExternalCredential;
        if (!named.EnabledForCallouts)
            return new Refusal(RefusalKind.CalloutsDisabled, $"The named credential \"{named.Name}\" is declared with enabledForCallouts: false.");
        if (!named.GenerateAuthorizationHeader)
            return null;
        return principal.Missing.Count == 0
            ? null
            : new Refusal(
                RefusalKind.PrincipalNotConfigured,
                $"The principal \"{principal.Name}\" of the external credential \"{external.Name}\" is not configured. Missing: {string.Join("; ", principal.Missing)}.");
    }
}
