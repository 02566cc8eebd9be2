using SigningProxy.Configuration.Yaml;

namespace SigningProxy.Setup.Pages.Forms;

/// <summary>The fields of one kind of entry, in the order they stand in.</summary>
/// <param name="Kind">What one of them is called, as a title.</param>
/// <param name="Fields">The fields.</param>
internal sealed record FormTable(string Kind, IReadOnlyList<FormField> Fields)
{
    /// <summary>The fields of the schema that are on no page, each with why.</summary>
    public IReadOnlyDictionary<string, string> Elsewhere { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public bool HasFiles => Fields.Any(f => f.Input == FormInput.SecretFile);

    /// <summary>What an entry says, or what there is before anything is filled in.</summary>
    public FormValues ValuesOf(YamlMap? entry) => FormFiller.Fill(Fields, entry ?? YamlPath.Nothing);

    /// <summary>The entry that was filled in.</summary>
    /// <param name="values">What was filled in.</param>
    /// <param name="now">What the entry is, whose secrets and further fields stay; null for a new one.</param>
    public YamlMap Read(FormValues values, YamlMap? now) => FormReader.Read(Fields, values, now ?? YamlPath.Nothing);

    /// <summary>The same with a field that cannot be changed.</summary>
    public FormTable WithFixed(string name, string because) =>
        this with { Fields = [.. Fields.Select(f => f.Name == name ? f with { FixedBecause = because } : f)] };
}
