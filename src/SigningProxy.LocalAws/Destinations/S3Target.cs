using System.Text;
using SigningProxy.LocalAws.Verification;

namespace SigningProxy.LocalAws.Destinations;

/// <summary>Bucket and key of a path-style target. Slashes, dots and escapes in the key are the caller's and stay.</summary>
/// <param name="Bucket">Empty for the service itself.</param>
/// <param name="Key">Decoded once; empty for the bucket itself.</param>
internal sealed record S3Target(string Bucket, string Key)
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>The target of a raw path; null when its bytes are not UTF-8.</summary>
    public static S3Target? Of(string rawPath)
    {
        try
        {
            var parts = rawPath[1..].Split('/', 2);
            return new(Decode(parts[0]), parts.Length > 1 ? Decode(parts[1]) : "");
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    // The verifier has already refused malformed escapes
    private static string Decode(string escaped) => StrictUtf8.GetString(PercentEncoding.Decode(escaped)!);
}
