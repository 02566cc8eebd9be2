using System.Net;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using SigningProxy.Callers.Jwt;
using SigningProxy.Callouts;
using SigningProxy.Catalog;

namespace SigningProxy.Callers.Proofs;

/// <summary>
/// A JSON Web Token as <c>Authorization: Bearer</c>, such as a service-account token that Kubernetes projects into a pod. Issuer, audience,
/// signature and times must hold; issuer and subject together say which caller it is.
/// </summary>
internal sealed class JwtAuthenticator : ICallerAuthenticator, IDisposable
{
    private readonly Dictionary<string, (IssuerOptions Options, IssuerKeys Keys)> _issuers;

    public JwtAuthenticator(IOptions<JwtOptions> options, IWebProxy proxy) =>
        _issuers = options.Value.Issuers.ToDictionary(o => o.Issuer, o => (o, new IssuerKeys(o, proxy)), StringComparer.Ordinal);

    public AcceptedProofs Kind => AcceptedProofs.Jwt;

    public async ValueTask<ProofOutcome> JudgeAsync(HttpContext context, ProofTable callers)
    {
        if (TokenAuthenticator.TakeSeveral(context.Request) is { } several)
            return ProofOutcome.Ambiguous(several);
        // Where the listener takes other tokens too, what has not the form of this one is another.
        var tokensAreOthers = context.Features.Get<Listener>()?.Proofs.HasFlag(AcceptedProofs.Token) == true;
        if (TokenAuthenticator.OfBearer(context.Request) is not { } token || (tokensAreOthers && !JwtProof.IsFormOf(token)))
            return ProofOutcome.NotOffered;
        context.Request.Headers.Remove("Authorization");
        try
        {
            return await JudgeAsync(token, callers, context.RequestAborted);
        }
        catch (Exception e) when (!context.RequestAborted.IsCancellationRequested)
        {
            // Whatever a hostile text led the library to, it proves nobody. A message of the library's may quote the token.
            return ProofOutcome.Invalid($"it could not be judged ({e.GetType().Name})");
        }
    }

    public void Dispose()
    {
        foreach (var (_, keys) in _issuers.Values)
            keys.Dispose();
    }

    private async Task<ProofOutcome> JudgeAsync(string token, ProofTable callers, CancellationToken cancellation)
    {
        if (!_issuers.TryGetValue(JwtRules.Handler.ReadJsonWebToken(token).Issuer, out var issuer))
            return ProofOutcome.Invalid("its issuer is none of the settings");
        var result = await JwtRules.JudgeAsync(token, issuer.Options.Issuer, issuer.Options.Audience, issuer.Keys, cancellation);
        if (!result.IsValid)
            return ProofOutcome.Invalid($"it does not hold ({result.Exception?.GetType().Name})");
        var valid = (JsonWebToken)result.SecurityToken;
        if (string.IsNullOrWhiteSpace(valid.Subject) || valid.Subject.Any(char.IsControl))
            return ProofOutcome.Invalid("it has no subject");
        var declared = valid.Audiences.Append(null).Select(audience => callers.CallerBy(new JwtProof(valid.Issuer, audience, valid.Subject))).FirstOrDefault(name => name is not null);
        return ProofOutcome.Of(declared is null
            ? Caller.Undeclared("jwt", valid.Issuer, valid.Subject, nameof(AcceptedProofs.Jwt))
            : new Caller(declared, nameof(AcceptedProofs.Jwt)));
    }
}
