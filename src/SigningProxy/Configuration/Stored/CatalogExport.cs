using SigningProxy.Configuration.Yaml;
using SigningProxy.Store;

namespace SigningProxy.Configuration.Stored;

/// <summary>Writes entries of the store as a catalog file that can be imported again. Secrets are sealed with the master key, each for its entry and field.</summary>
internal static class CatalogExport
{
    public static string Of(IReadOnlyList<StoredEntry> entries, MasterKey master)
    {
        var sections = EntryKinds.All
            .Select(k => (k.Section, Items: (IReadOnlyList<YamlNode>)[.. entries.Where(e => e.Kind == k.Kind).Select(e => Sealed(e, master))]))
            .Where(s => s.Items.Count > 0);
        return YamlWriter.Write(new YamlMap(0, 0, [.. sections.Select(s => (new YamlText(0, s.Section, Plain: true), (YamlNode)new YamlList(0, 0, s.Items)))]));
    }

    private static YamlNode Sealed(StoredEntry entry, MasterKey master) =>
        SecretPlaces.Replace(YamlComposer.Compose(entry.Body)!, "", (field, form, text) =>
            entry.Secrets.GetValueOrDefault(text).Value is { } secret
                ? SecretPlaces.Of(SecretPlaces.Sealed, master.SealForFile(secret, entry.Kind, entry.Name, field))
                : SecretPlaces.Of(form, text));
}
