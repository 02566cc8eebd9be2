using System.Text.RegularExpressions;

namespace SigningProxy.LocalAws.Destinations;

/// <summary>Takes signatures and security tokens out of what is shown.</summary>
internal static partial class Redaction
{
    public const string Mark = "(redacted)";

    /// <summary>A header's value as it may be shown.</summary>
    public static string Header(string name, string value) => name.ToLowerInvariant() switch
    {
        "x-amz-security-token" => Mark,
        "authorization" => Signature().Replace(value, "Signature=" + Mark),
        _ => value,
    };

    /// <summary>A canonical request as it may be shown.</summary>
    public static string CanonicalRequest(string canonicalRequest) =>
        SecurityToken().Replace(Target(canonicalRequest), "x-amz-security-token:" + Mark);

    /// <summary>A request target, or a query, as it may be shown: a presigned one carries signature and token.</summary>
    public static string Target(string target) => Parameter().Replace(target, "$1" + Mark);

    [GeneratedRegex("Signature=[^,]*")]
    private static partial Regex Signature();

    [GeneratedRegex("(?<=[?&\\n]|^)(X-Amz-(?:Signature|Security-Token)=)[^&\\n]*", RegexOptions.IgnoreCase)]
    private static partial Regex Parameter();

    [GeneratedRegex("^x-amz-security-token:.*$", RegexOptions.Multiline)]
    private static partial Regex SecurityToken();
}
