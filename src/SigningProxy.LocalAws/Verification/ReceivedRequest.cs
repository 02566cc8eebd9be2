using System.Security.Cryptography;

namespace SigningProxy.LocalAws.Verification;

/// <summary>A request exactly as it came off the wire: nothing decoded, nothing normalised, repeated headers apart.</summary>
internal sealed class ReceivedRequest
{
    public ReceivedRequest(string method, string rawTarget, IReadOnlyList<KeyValuePair<string, string>> headers, byte[] body)
    {
        Method = method;
        RawTarget = rawTarget;
        Headers = headers;
        Body = body;
        BodySha256 = Convert.ToHexStringLower(SHA256.HashData(body));
        (RawPath, RawQuery) = Split(rawTarget);
    }

    public string Method { get; }

    public string RawTarget { get; }

    public string RawPath { get; }

    /// <summary>What follows the first question mark; empty when there is none.</summary>
    public string RawQuery { get; }

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; }

    public byte[] Body { get; }

    /// <summary>Lower-case hexadecimal.</summary>
    public string BodySha256 { get; }

    /// <summary>Every value of a header in the order received; none when it is absent.</summary>
    public IReadOnlyList<string> Values(string name) =>
        [.. Headers.Where(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value)];

    /// <summary>The only value of a header; null when it is absent or repeated.</summary>
    public string? Single(string name) => Values(name) is [var value] ? value : null;

    private static (string Path, string Query) Split(string target)
    {
        // The absolute form of RFC 9112 section 3.2.2 carries scheme and authority before the path
        var authority = target.StartsWith('/') ? -1 : target.IndexOf("://", StringComparison.Ordinal);
        if (authority >= 0)
        {
            var end = target.AsSpan(authority + 3).IndexOfAny('/', '?');
            target = end < 0 ? "/" : target[(authority + 3 + end)..];
            target = target.StartsWith('?') ? "/" + target : target;
        }

        var mark = target.IndexOf('?', StringComparison.Ordinal);
        return mark < 0 ? (target, "") : (target[..mark], target[(mark + 1)..]);
    }
}
