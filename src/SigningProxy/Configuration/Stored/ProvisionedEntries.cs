using System.Globalization;
using SigningProxy.Configuration.Yaml;
using SigningProxy.Store;

namespace SigningProxy.Configuration.Stored;

/// <summary>An entry of a catalog's file, as it is written there.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Its name.</param>
/// <param name="File">The file.</param>
/// <param name="Line">From 1.</param>
/// <param name="Pointer">Where it stands in the file, as faults tell it.</param>
/// <param name="Fields">What it says, secrets in the text among it.</param>
internal sealed record ProvisionedEntry(EntryKind Kind, string Name, string File, int Line, string Pointer, YamlMap Fields)
{
    public override string ToString() => $"{Kind} {Name}, {File}:{Line}";
}

/// <summary>The entries of the catalog's files, for showing; read again when a file has changed. Of files that cannot be read, the last good reading stays.</summary>
/// <param name="path">A file, or a folder of files.</param>
internal sealed class ProvisionedEntries(string path)
{
    private readonly Lock _lock = new();
    private IReadOnlyList<ProvisionedEntry> _last = [];
    private Fingerprint? _read;

    public IReadOnlyList<ProvisionedEntry> Read()
    {
        lock (_lock)
        {
            if (_read?.StillHolds() != true && Again() is { } entries)
                _last = entries;
            return _last;
        }
    }

    private List<ProvisionedEntry>? Again()
    {
        var inputs = new CatalogInputs(_ => null);
        inputs.Fingerprint.Note(path);
        var (files, fault) = CatalogFiles.Find(path);
        _read = inputs.Fingerprint;
        var entries = new List<ProvisionedEntry>();
        foreach (var file in files)
        {
            if (Root(inputs.File(file, CatalogFiles.MaximumBytes)) is not { } root)
                return null;
            entries.AddRange(EntryKinds.All.SelectMany(k => Entries(root, k.Kind, k.Section, file)));
        }
        return fault is null ? entries : null;
    }

    private static YamlMap? Root(FileText file)
    {
        try
        {
            return file.Text() is { } text ? YamlComposer.Compose(text) as YamlMap ?? new YamlMap(0, 0, []) : null;
        }
        catch (YamlFaultException)
        {
            return null;
        }
    }

    private static IEnumerable<ProvisionedEntry> Entries(YamlMap root, EntryKind kind, string section, string file) =>
        root.Entries.Where(e => e.Key.Value == section).Select(e => e.Value).OfType<YamlList>().SelectMany(l => l.Items)
            .Select((item, i) => (Map: item as YamlMap, Pointer: string.Create(CultureInfo.InvariantCulture, $"/{section}/{i}")))
            .Select(e => (e.Map, e.Pointer, Name: e.Map?.Entries.FirstOrDefault(m => m.Key.Value == "name").Value as YamlText))
            .Where(e => e.Name is { IsNull: false })
            .Select(e => new ProvisionedEntry(kind, e.Name!.Value, file, e.Map!.Line, e.Pointer, e.Map));
}
