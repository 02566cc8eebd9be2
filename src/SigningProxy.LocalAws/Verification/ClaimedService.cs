using System.Text.RegularExpressions;

namespace SigningProxy.LocalAws.Verification;

/// <summary>Whom a request says it is for, before anything about it is believed.</summary>
internal static partial class ClaimedService
{
    /// <summary>The service of the credential scope; null when none can be read.</summary>
    public static string? Of(ReceivedRequest request) =>
        request.Values("authorization") is [var value, ..] && Scope().Match(value) is { Success: true } match ? match.Groups[1].Value : null;

    [GeneratedRegex("[ ,]Credential=[^/,]+/[^/,]+/[^/,]+/([^/,]+)/")]
    private static partial Regex Scope();
}
