using Microsoft.IdentityModel.JsonWebTokens;

namespace SigningProxy.Setup.SignIn.Oidc;

/// <summary>What an ID token says of whom it is for, once its signature, issuer, audience and times have been found good.</summary>
internal static class OidcClaims
{
    private const string Email = "email";

    /// <exception cref="OidcException">It was made for another sign-in, or for another client beside this one.</exception>
    public static IReadOnlyCollection<OidcClaim> Of(JsonWebToken token, OidcAttempt attempt, string clientId)
    {
        if (!token.TryGetPayloadValue<string>("nonce", out var nonce) || nonce != attempt.Nonce)
            throw new OidcException("the token was made for another sign-in");
        // OpenID Connect Core, section 3.1.3.7, 4 and 5.
        var azp = token.TryGetPayloadValue<string>("azp", out var party) ? party : null;
        if (azp is null ? token.Audiences.Count() > 1 : azp != clientId)
            throw new OidcException("the token was made for another client");
        if (string.IsNullOrWhiteSpace(token.Subject))
            throw new OidcException("the token has no subject");
        // An address that nobody has looked at is whatever its owner wrote.
        var isVerified = token.TryGetPayloadValue<bool>("email_verified", out var verified) && verified;
        return [.. token.Claims.Where(c => isVerified || c.Type != Email).Select(c => new OidcClaim(c.Type, c.Value))];
    }
}
