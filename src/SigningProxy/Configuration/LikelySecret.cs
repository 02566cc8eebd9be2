using System.Text.RegularExpressions;

namespace SigningProxy.Configuration;

/// <summary>
/// Knows a secret by its looks. One is easily written where the name of a variable, a file or a field is meant, such as
/// <c>{env: SECRET}</c>, and faults tell of these names.
/// </summary>
internal static partial class LikelySecret
{
    private const string Hidden = "(not shown, it may be a secret)";

    /// <summary>The text, or in place of one that looks like a secret, words that say so.</summary>
    public static string Hide(string text) => Looks().IsMatch(text) ? Hidden : text;

    // Twenty letters and digits in a row, both among them; or the forty characters of a secret access key.
    [GeneratedRegex(
        "(?<![A-Za-z0-9])(?=[0-9]*[A-Za-z])(?=[A-Za-z]*[0-9])[A-Za-z0-9]{20}|(?<![A-Za-z0-9+])(?=[A-Za-z0-9+/]*[a-z])(?=[A-Za-z0-9+/]*[A-Z])(?=[A-Za-z0-9+/]*[0-9])[A-Za-z0-9+/]{40}\\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Looks();
}
