namespace SigningProxy.LocalAws;

/// <summary>An OpenID Connect provider whose tokens AssumeRoleWithWebIdentity takes. Whoever holds one may assume every known role.</summary>
/// <param name="Issuer">The <c>iss</c> of its tokens, compared as it is.</param>
public sealed record LocalTokenIssuer(string Issuer)
{
    /// <summary>The <c>aud</c> that a token must be for.</summary>
    public string Audience { get; init; } = "sts.amazonaws.com";

    /// <summary>The <c>sub</c> values that are taken; null for any.</summary>
    public IReadOnlyList<string>? Subjects { get; init; }

    /// <summary>An RSA public key in PEM that signed the tokens (RS256). Null: <b>the tokens' signatures are not checked</b>.</summary>
    public string? PublicKeyPem { get; init; }
}
