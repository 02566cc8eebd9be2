using System.Net;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
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
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    // By key pairs alone: a shared secret, or none at all, proves nothing of who made the token.
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };
    private readonly Dictionary<string, (IssuerOptions Options, IssuerKeys Keys)> _issuers;

    public JwtAuthenticator(IOptions<JwtOptions> options, IWebProxy proxy) =>
        _issuers = options.Value.Issuers.ToDictionary(o => o.Issuer, o => (o, new IssuerKeys(o, proxy)), StringComparer.Ordinal);

    public AcceptedProofs Kind => AcceptedProofs.Jwt;

    public async ValueTask<ProofOutcome> JudgeAsync(HttpContext context, ProofTable callers)
    {
        if (TokenAuthenticator.TakeSeveral(context.Request) is { } several)
            return ProofOutcome.Invalid(several);
        // Where the listener takes other tokens too, what has not the form of this one is another.
        var tokensAreOthers = context.Features.Get<Listener>()?.Proofs.HasFlag(AcceptedProofs.Token) == true;
        if (TokenAuthenticator.OfBearer(context.Request) is not { } token || (tokensAreOthers && !TokenAuthenticator.IsJwt(token)))
            return ProofOutcome.NotOffered;
        context.Request.Headers.Remove("Authorization");
        try
        {
            return await JudgeAsync(token, callers, context.RequestAborted);
        }
        catch (Exception e) when (e is ArgumentException or SecurityTokenException or InvalidOperationException or IOException or HttpRequestException)
        {
            // A message of the library's may quote the token.
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
        if (!_issuers.TryGetValue(_handler.ReadJsonWebToken(token).Issuer, out var issuer))
            return ProofOutcome.Invalid("its issuer is none of the settings");
        var result = await ValidateAsync(token, issuer.Options, issuer.Keys, cancellation);
        if (result.Exception is SecurityTokenSignatureKeyNotFoundException)
        {
            // Keys are rotated: the issuer is asked once more.
            issuer.Keys.Renew();
            result = await ValidateAsync(token, issuer.Options, issuer.Keys, cancellation);
        }
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

    private async Task<TokenValidationResult> ValidateAsync(string token, IssuerOptions issuer, IssuerKeys keys, CancellationToken cancellation) =>
        await _handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = issuer.Issuer,
            ValidAudience = issuer.Audience,
            ValidAlgorithms = Algorithms,
            IssuerSigningKeys = await keys.GetAsync(cancellation),
            RequireExpirationTime = true,
            RequireSignedTokens = true,
            ClockSkew = Skew,
        });
}
