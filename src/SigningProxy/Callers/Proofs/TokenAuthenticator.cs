using SigningProxy.Callouts;
using SigningProxy.Catalog;

namespace SigningProxy.Callers.Proofs;

/// <summary>
/// A token in <c>X-SigningProxy-Token</c>, or as <c>Authorization: Bearer</c>. What is compared are digests: they leak nothing of a token
/// however long the comparison takes.
/// </summary>
internal sealed class TokenAuthenticator : ICallerAuthenticator
{
    public const string Header = "X-SigningProxy-Token";
    private const string Bearer = "Bearer ";

    public AcceptedProofs Kind => AcceptedProofs.Token;

    public ValueTask<ProofOutcome> JudgeAsync(HttpContext context, ProofTable callers)
    {
        // Where the listener takes JSON Web Tokens too, what has their form is one.
        var jwtsAreOthers = context.Features.Get<Listener>()?.Proofs.HasFlag(AcceptedProofs.Jwt) == true;
        return new(Judge(context.Request, callers, jwtsAreOthers));
    }

    private static ProofOutcome Judge(HttpRequest request, ProofTable callers, bool jwtsAreOthers)
    {
        var own = Take(request, Header);
        if (TakeSeveral(request) is { } fault)
            return ProofOutcome.Ambiguous(fault);
        var bearer = OfBearer(request) is { } token && !(jwtsAreOthers && JwtProof.IsFormOf(token)) ? token : null;
        if (bearer is not null)
            request.Headers.Remove("Authorization");
        if ((own ?? bearer) is not { } offered)
            return ProofOutcome.NotOffered;
        if (own is not null && bearer is not null && own != bearer)
            return ProofOutcome.Ambiguous("two tokens were offered");
        return callers.CallerBy(new TokenProof(Catalog.Validation.Proofs.DigestOf(offered))) is { } caller
            ? ProofOutcome.Of(new Caller(caller, nameof(AcceptedProofs.Token)))
            : ProofOutcome.Invalid("the token is nobody's");
    }

    /// <summary>The text of a bearer token, or null where the request has none.</summary>
    public static string? OfBearer(HttpRequest request)
    {
        var authorization = request.Headers.Authorization;
        return authorization.Count == 1 && IsBearer(authorization[0]) ? authorization[0]![Bearer.Length..].Trim() : null;
    }

    /// <summary>Takes several Authorization headers off the request where one holds a bearer token: nobody could say which is meant.</summary>
    /// <returns>What is wrong, or null.</returns>
    public static string? TakeSeveral(HttpRequest request)
    {
        if (request.Headers.Authorization is not { Count: > 1 } several || !several.Any(IsBearer))
            return null;
        request.Headers.Remove("Authorization");
        return "several Authorization headers were sent, a bearer token among them";
    }

    private static bool IsBearer(string? authorization) => authorization?.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) == true;

    // Two lines are no token, also where one is empty.
    private static string? Take(HttpRequest request, string header) => request.Headers.Remove(header, out var values) ? string.Join(',', values.ToArray()) : null;
}
