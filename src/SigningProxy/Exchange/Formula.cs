using System.Text.RegularExpressions;

namespace SigningProxy.Exchange;

/// <summary>The values of the original's headers: a plain text, or a formula between <c>{!</c> and <c>}</c>, of which only texts have a counterpart.</summary>
internal static partial class Formula
{
    private const string Opening = "{!";

    /// <summary>The catalog's text for a value, or null where it is a formula without counterpart.</summary>
    public static string? Read(string value)
    {
        if (Literal().Match(value) is { Success: true } literal)
            return Escape().Replace(literal.Groups["text"].Value, "$1");
        return MergeField().Replace(value, "").Contains(Opening, StringComparison.Ordinal) ? null : value;
    }

    /// <summary>A value that reads as the text: itself, or a formula where it would be read otherwise.</summary>
    public static string Write(string text) =>
        text.Length > 0 && text == text.Trim() && Read(text) == text
            ? text
            : $"{Opening}'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'}}";

    [GeneratedRegex(@"^\{!\s*(?:'(?<text>(?:[^'\\]|\\.)*)'|""(?<text>(?:[^""\\]|\\.)*)"")\s*\}\z", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Literal();

    [GeneratedRegex(@"\\(.)", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Escape();

    // Those that a catalog has too.
    [GeneratedRegex(@"\{!\$(?:Caller|NamedCredential|Principal)\.Name\}", RegexOptions.CultureInvariant)]
    private static partial Regex MergeField();
}
