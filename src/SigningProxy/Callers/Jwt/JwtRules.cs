using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace SigningProxy.Callers.Jwt;

/// <summary>When a JSON Web Token holds: issuer, audience, signature and times.</summary>
internal static class JwtRules
{
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    // By key pairs alone: a shared secret, or none at all, proves nothing of who made the token.
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    public static JsonWebTokenHandler Handler { get; } = new() { MapInboundClaims = false };

    /// <summary>Judges a token. Of the fault, no more than its type may be told: a message may quote the token.</summary>
    public static async Task<TokenValidationResult> JudgeAsync(string token, string issuer, string audience, IssuerKeys keys, CancellationToken cancellation)
    {
        var result = await ValidateAsync(token, issuer, audience, keys, cancellation);
        if (result.Exception is not SecurityTokenSignatureKeyNotFoundException)
            return result;
        // Keys are rotated: the issuer is asked once more.
        keys.Renew();
        return await ValidateAsync(token, issuer, audience, keys, cancellation);
    }

    private static async Task<TokenValidationResult> ValidateAsync(string token, string issuer, string audience, IssuerKeys keys, CancellationToken cancellation) =>
        await Handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = issuer,
            ValidAudience = audience,
            ValidAlgorithms = Algorithms,
            IssuerSigningKeys = await keys.GetAsync(cancellation),
            RequireExpirationTime = true,
            RequireSignedTokens = true,
            ClockSkew = Skew,
        });
}
