namespace SigningProxy.LocalAws.Verification;

/// <summary>A form of body that comes in chunks, by the word that x-amz-content-sha256 holds.</summary>
/// <param name="Algorithm">That of the chunk signatures; null when the chunks are not signed.</param>
/// <param name="HasTrailer">Whether headers follow the last chunk.</param>
internal sealed record ChunkedForm(string? Algorithm, bool HasTrailer)
{
    private static readonly Dictionary<string, ChunkedForm> All = new(StringComparer.Ordinal)
    {
        ["STREAMING-AWS4-HMAC-SHA256-PAYLOAD"] = new(AuthorizationHeader.Hmac, false),
        ["STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER"] = new(AuthorizationHeader.Hmac, true),
        ["STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD"] = new(AuthorizationHeader.Ecdsa, false),
        ["STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER"] = new(AuthorizationHeader.Ecdsa, true),
        ["STREAMING-UNSIGNED-PAYLOAD-TRAILER"] = new(null, true),
    };

    public static IEnumerable<string> Names => All.Keys;

    public static ChunkedForm? Of(string? contentSha256) => contentSha256 is null ? null : All.GetValueOrDefault(contentSha256);

    /// <summary>Whether it is a form that a request of this signature may have.</summary>
    public static bool IsOf(string contentSha256, SignatureClaim claim) =>
        Of(contentSha256) is { } form && (form.Algorithm is null || form.Algorithm == claim.Parts.Algorithm);
}
