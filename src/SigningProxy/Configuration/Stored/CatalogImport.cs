using System.Collections.Frozen;
using SigningProxy.Catalog;
using SigningProxy.Catalog.Declarations;
using SigningProxy.Catalog.Validation;
using SigningProxy.Configuration.Yaml;
using SigningProxy.Store;

namespace SigningProxy.Configuration.Stored;

/// <summary>Makes changes of the store out of a catalog file. What the entries say is not judged here.</summary>
/// <param name="now">The entries of the store.</param>
/// <param name="master">Opens sealed secrets.</param>
/// <param name="faults">Takes what cannot be made an entry.</param>
internal sealed class CatalogImport(IReadOnlyList<StoredEntry> now, MasterKey master, FaultList faults)
{
    private readonly EntryMaker _maker = new(() => master, faults);
    private string? _file;

    /// <param name="file">The file.</param>
    /// <param name="replace">Whether entries that the file does not have are deleted.</param>
    /// <returns>The changes, none of them for an entry that stays as it is.</returns>
    public IReadOnlyList<EntryChange> Read(string file, bool replace)
    {
        _file = file;
        return Root(file) is { } root ? Read(root, replace) : [];
    }

    /// <param name="root">What stands in a catalog's file.</param>
    /// <param name="replace">Whether entries that it does not have are deleted.</param>
    /// <returns>The changes, none of them for an entry that stays as it is.</returns>
    public IReadOnlyList<EntryChange> Read(YamlMap root, bool replace)
    {
        var entries = Entries(root);
        var changes = entries.Select(Change).OfType<EntryChange>();
        if (replace)
            changes = changes.Concat(now.Where(n => !entries.Exists(e => e.Is(n.Kind, n.Name))).Select(n => new EntryChange(n, null, [])));
        return [.. changes];
    }

    /// <summary>The entries of the store once changes are made.</summary>
    public static IReadOnlyList<StoredEntry> After(IReadOnlyList<StoredEntry> now, IReadOnlyList<EntryChange> changes) =>
        [.. now.Where(n => !changes.Any(c => n.Is(c.Kind, c.Name))), .. changes.Select(c => c.After).OfType<StoredEntry>()];

    private YamlMap? Root(string file)
    {
        var content = FileText.Read(file, CatalogFiles.MaximumBytes);
        try
        {
            if (content.Text() is { } text && YamlComposer.Compose(text) is YamlMap root)
                return root;
            Fault(0, "", content.Problem ?? "a catalog must be a list of sections with their entries", "Provide a file such as \"signing-proxy catalog export\" writes.");
        }
        catch (YamlFaultException yaml)
        {
            Fault(yaml.Line, "", yaml.Message, yaml.Mend);
        }
        return null;
    }

    private List<StoredEntry> Entries(YamlMap root)
    {
        var entries = new List<StoredEntry>();
        foreach (var (key, value) in root.Entries)
        {
            if (EntryKinds.All.FirstOrDefault(k => k.Section == key.Value) is not { Section: not null } kind)
                Fault(key.Line, "", $"there is no section {Readers.EntryNames.Shown(key.Value)}", $"There are {string.Join(", ", EntryKinds.All.Select(k => k.Section))}.");
            else if (value is YamlList list)
                entries.AddRange(list.Items.Select((item, i) => Entry(kind.Kind, item, i + 1)).OfType<StoredEntry>());
            else if (value is not YamlText { IsNull: true })
                Fault(value.Line, "", $"{kind.Section} must be a list", "Begin each item with a dash, or put the items in square brackets.");
        }
        foreach (var twice in entries.GroupBy(e => (e.Kind, e.Name.ToUpperInvariant())).Where(g => g.Count() > 1))
            Fault(0, $"{twice.Key.Kind.Word()} {twice.First().Name}", "it stands in the file more than once", "Keep one of them; upper and lower case are alike in names.");
        return entries;
    }

    private StoredEntry? Entry(EntryKind kind, YamlNode item, int place)
    {
        if (item is not YamlMap map || map.Entries.FirstOrDefault(e => e.Key.Value == "name").Value is not YamlText { IsNull: false } name)
        {
            Fault(item.Line, $"{kind.Word()} number {place}", "name is missing", "Give it a name, such as OrdersTable.");
            return null;
        }
        var at = new Origin(_file, item.Line, $"{kind.Word()} {Readers.EntryNames.Shown(name.Value)}", FrozenDictionary<string, int>.Empty);
        return _maker.Make(kind, name.Value, map, now.FirstOrDefault(n => n.Is(kind, name.Value)), at);
    }

    private EntryChange? Change(StoredEntry after) => EntryDifference.ChangeOf(now.FirstOrDefault(n => n.Is(after.Kind, after.Name)), after);

    private void Fault(int line, string entry, string rule, string mend) => faults.Add(new CatalogFault(FaultSeverity.Error, _file, line, entry, null, rule, mend));
}
