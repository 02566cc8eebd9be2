namespace SigningProxy.LocalAws;

/// <summary>An access key that the stand-in knows. Its text form never shows the secret or the token.</summary>
/// <param name="AccessKeyId">The id that a <c>Credential</c> starts with.</param>
/// <param name="Secret">The secret access key.</param>
/// <param name="SessionToken">The token of a temporary key: each request must then carry and equal it. Null for a long-lived key, which must come without one.</param>
/// <param name="Region">The only region that a scope may name; null for any.</param>
/// <param name="Service">The only service that a scope may name; null for any.</param>
/// <param name="Expiration">From this instant on the key is answered with an expired token; null for never.</param>
public sealed record LocalKey(
    string AccessKeyId,
    string Secret,
    string? SessionToken = null,
    string? Region = null,
    string? Service = null,
    DateTimeOffset? Expiration = null)
{
    /// <summary>The access key id alone.</summary>
    public override string ToString() => AccessKeyId;
}
