using System.Text.RegularExpressions;

namespace SigningProxy.Configuration.Yaml;

/// <summary>Leaves quotes out where people need none.</summary>
internal static partial class YamlQuotes
{
    /// <summary>The same nodes, without quotes where a text reads as the same text without them.</summary>
    public static YamlNode Lighten(YamlNode node) => node switch
    {
        YamlMap map => map with { Entries = [.. map.Entries.Select(e => (e.Key, Lighten(e.Value)))] },
        YamlList list => list with { Items = [.. list.Items.Select(Lighten)] },
        YamlText { Plain: false } text when ReadsAsText().IsMatch(text.Value) && !IsWord(text.Value) => text with { Plain = true },
        _ => node,
    };

    // YAML 1.1 has more such words than 1.2, and editors mark them.
    private static bool IsWord(string text) => text.ToLowerInvariant() is "true" or "false" or "yes" or "no" or "on" or "off" or "y" or "n" or "null";

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9_./-]*(?: [A-Za-z0-9_./-]+)*\z")]
    private static partial Regex ReadsAsText();
}
