using SigningProxy.Configuration.Yaml;

namespace SigningProxy.Configuration.Readers;

/// <summary>What entries are called in faults.</summary>
internal static class EntryNames
{
    private const int LongestShown = 100;

    /// <summary>Kind and name, or kind and place in the list while there is no name.</summary>
    public static string Of(YamlMap entry, string kind, int place) =>
        entry.Entries.FirstOrDefault(e => e.Key.Value == "name").Value is YamlText { IsNull: false, Value.Length: > 0 } name
            ? $"{kind} {Shown(name.Value)}"
            : $"{kind} number {place}";

    /// <summary>A word that somebody wrote, fit for one line of a terminal or log.</summary>
    public static string Shown(string word)
    {
        word = LikelySecret.Hide(word);
        var shown = new string([.. word.Take(LongestShown).Select(c => char.IsControl(c) ? '?' : c)]);
        return word.Length > LongestShown ? $"{shown}..." : shown;
    }
}
