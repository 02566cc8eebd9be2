using SigningProxy.Catalog.Declarations;
using SigningProxy.Catalog.Validation;
using SigningProxy.Configuration.Readers;
using SigningProxy.Configuration.Yaml;
using SigningProxy.Store;

namespace SigningProxy.Configuration.Stored;

/// <summary>Reads entries made in Setup as the files of a catalog are read: by the same readers, into the same declarations.</summary>
internal sealed class StoredEntryReader(FaultList faults)
{
    /// <summary>What their faults begin with, where those of a file tell its line.</summary>
    public const string Place = "Setup";

    public CatalogDeclarations Read(IReadOnlyList<StoredEntry> entries)
    {
        var root = new YamlMap(0, 0, [.. EntryKinds.All.Select(k => Section(k.Section, entries.Where(e => e.Kind == k.Kind)))]);
        return CatalogReader.Read(new FieldReader(root, null, Place, faults));
    }

    private (YamlText Key, YamlNode Value) Section(string section, IEnumerable<StoredEntry> entries) =>
        (new YamlText(0, section, Plain: true), new YamlList(0, 0, [.. entries.Select((e, i) => Opened(e, $"/{section}/{i}"))]));

    private YamlNode Opened(StoredEntry entry, string pointer)
    {
        var at = Origin.Of($"{Place} / {entry.Kind.Word()} {EntryNames.Shown(entry.Name)}") with { Pointer = pointer };
        try
        {
            return SecretPlaces.Replace(YamlComposer.Compose(entry.Body)!, "", (field, form, text) => Secret(entry, at, field, form, text));
        }
        catch (YamlFaultException damaged)
        {
            faults.Error(at, null, $"the database holds no entry here: {damaged.Message}", "Bring back a backup: signing-proxy catalog restore FILE.");
            return new YamlMap(0, 0, []);
        }
    }

    private YamlMap Secret(StoredEntry entry, Origin at, string field, string form, string text)
    {
        if (form == SecretPlaces.Stored && text == field && entry.Secrets.TryGetValue(field, out var secret) && secret.Value is { } value)
            return SecretPlaces.Of(SecretPlaces.Value, value.Reveal());
        faults.Error(at, field, $"the secret of {field} is lost{(entry.Secrets.GetValueOrDefault(field).Problem is { } problem ? $", for {problem}" : "")}", "Give the secret anew.");
        return SecretPlaces.Of(SecretPlaces.Value, "lost");
    }
}
