using System.Text.Json;
using SigningProxy.Configuration.Yaml;
using SigningProxy.Setup.Api;

namespace SigningProxy.Cli;

/// <summary>Writes entries that the API told as a catalog's YAML, which <c>apply</c> takes again.</summary>
internal static class EntryYaml
{
    private const string Revision = "revision";

    /// <param name="section">Of the catalog.</param>
    /// <param name="items">The entries. A revision stays with those made in Setup, so that <c>apply</c> notices when somebody else changed one meanwhile.</param>
    public static string Write(string section, IEnumerable<JsonElement> items) =>
        YamlWriter.Write(YamlQuotes.Lighten(new YamlMap(0, 1, [Section(section, items)])));

    /// <summary>A section of a catalog.</summary>
    public static (YamlText Key, YamlNode Value) Section(string section, IEnumerable<JsonElement> items) =>
        (Word(section), new YamlList(0, 1, [.. items.Select(Entry)]));

    /// <summary>Whether an entry was made in Setup, and not in a file.</summary>
    public static bool IsMadeInSetup(JsonElement item) => item.GetProperty(Revision).GetInt64() > 0;

    private static YamlMap Entry(JsonElement item)
    {
        var fields = EntryJson.FieldsOf((YamlMap)EntryJson.Read(item));
        return IsMadeInSetup(item) ? fields with { Entries = [.. fields.Entries, (Word(Revision), Word($"{item.GetProperty(Revision).GetInt64()}"))] } : fields;
    }

    private static YamlText Word(string text) => new(0, text, Plain: true);
}
