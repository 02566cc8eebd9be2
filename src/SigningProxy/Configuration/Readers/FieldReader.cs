using System.Globalization;
using SigningProxy.Catalog;
using SigningProxy.Catalog.Declarations;
using SigningProxy.Catalog.Validation;
using SigningProxy.Configuration.Yaml;

namespace SigningProxy.Configuration.Readers;

/// <summary>Reads the fields of one entry. What it was not asked for is unknown, and what has another form than asked for is a fault.</summary>
internal sealed class FieldReader
{
    private readonly YamlMap _map;
    private readonly string _folder;
    private readonly FaultList _faults;
    private readonly List<string> _asked = [];
    private readonly Dictionary<string, int> _lines = new(StringComparer.Ordinal);

    /// <param name="map">The entry.</param>
    /// <param name="file">Its file, or null for what was made in Setup.</param>
    /// <param name="entry">What it is called in faults; empty for a file as a whole.</param>
    /// <param name="faults">Takes the faults.</param>
    /// <param name="pointer">Where it stands, as a JSON pointer; empty for a file as a whole.</param>
    public FieldReader(YamlMap map, string? file, string entry, FaultList faults, string pointer = "")
    {
        (_map, _faults) = (map, faults);
        _folder = file is null ? "/" : Path.GetDirectoryName(Path.GetFullPath(file)) ?? "/";
        Origin = new Origin(file, map.Line, entry, _lines) { Pointer = pointer };
        foreach (var (key, value) in map.Entries.Where(e => e.Value is not YamlText { IsNull: true }))
            _lines[key.Value] = key.Line;
    }

    public Origin Origin { get; }

    /// <summary>The fields it was asked for, which are those that the entry may have.</summary>
    public IReadOnlyList<string> Asked => _asked;

    public string? Text(string field)
    {
        var node = Find(field);
        if (node is YamlText text)
            return text.Value;
        if (node is not null)
            Wrong(field, "a text", $"Write {field}: TEXT.");
        return null;
    }

    /// <summary>A path, made absolute from the file's folder.</summary>
    public string? FilePath(string field) => Text(field) is { } path ? Absolute(path) : null;

    public int? Number(string field) => Find(field) is { } node ? Number(node, field, field) : null;

    public bool? Flag(string field)
    {
        switch (Find(field))
        {
            case null:
                return null;
            case YamlText { Plain: true, Value: "true" or "True" or "TRUE" }:
                return true;
            case YamlText { Plain: true, Value: "false" or "False" or "FALSE" }:
                return false;
            default:
                Wrong(field, "true or false", "Write it without quotes.");
                return null;
        }
    }

    public IReadOnlyList<string> Texts(string field)
    {
        var texts = new List<string>();
        foreach (var (item, name) in Items(field))
        {
            if (item is YamlText { IsNull: false } text)
                texts.Add(text.Value);
            else
                Wrong(name, "a text", "Write one text for each item of the list.");
        }
        return texts;
    }

    public IReadOnlyList<int> Numbers(string field) => [.. Items(field).Select(i => Number(i.Item, i.Name, field)).OfType<int>()];

    /// <summary>The entries of a list, each called by its kind and name.</summary>
    public IReadOnlyList<T> Entries<T>(string field, string kind, Func<FieldReader, T> read)
    {
        var entries = new List<T>();
        foreach (var (item, name) in Items(field))
        {
            if (item is YamlMap map)
                entries.Add(Read(map, EntryNames.Of(map, kind, entries.Count + 1), name, read));
            else
                Wrong(name, "an entry with fields", "Write each item as \"- name: NAME\", its other fields below.");
        }
        return entries;
    }

    /// <summary>An entry within this one.</summary>
    public T? Entry<T>(string field, Func<FieldReader, T> read)
        where T : Declaration
    {
        var node = Find(field);
        if (node is YamlMap map)
            return Read(map, field, field, read);
        if (node is not null)
            Wrong(field, "an entry with fields", $"Write {field}: and its fields below, further in.");
        return null;
    }

    public SecretReference? Secret(string field) => Find(field) is { } node ? Secret(node, field) : null;

    /// <summary>A value that is a text for all to see, or a reference to a secret.</summary>
    public (string? Text, SecretReference? Secret) TextOrSecret(string field) =>
        Find(field) is { } node ? node is YamlText text ? (text.Value, null) : (null, Secret(node, field)) : (null, null);

    /// <summary>Says which fields were not asked for.</summary>
    public void Finish()
    {
        foreach (var key in _map.Entries.Select(e => e.Key).Where(k => !_asked.Contains(k.Value)))
        {
            var shown = EntryNames.Shown(key.Value);
            _lines[shown] = key.Line;
            _faults.Add(new CatalogFault(
                FaultSeverity.Error, Origin.File, key.Line, Origin.Entry, shown, $"there is no field {shown}", $"{DidYouMean.Of(key.Value, _asked)}There are {string.Join(", ", _asked)}.")
            {
                // Whatever stands in it, RFC 6901 escapes but two characters.
                Pointer = $"{Origin.Pointer}/{shown.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}",
            });
        }
    }

    private T Read<T>(YamlMap map, string name, string field, Func<FieldReader, T> read)
    {
        var reader = new FieldReader(map, Origin.File, Origin.Entry.Length == 0 ? name : $"{Origin.Entry} / {name}", _faults, Origin.PointerOf(field));
        var entry = read(reader);
        reader.Finish();
        return entry;
    }

    private SecretReference? Secret(YamlNode node, string field)
    {
        if (node is not YamlMap map)
        {
            // The text is not repeated: it is most likely the secret itself.
            Wrong(field, "a reference to a secret", SecretReference.Forms);
            return null;
        }
        return Read(map, field, field, r => new SecretReference(r.Text("env"), r.FilePath("file"), r.Text("value") is { } value ? new Secret(value) : null));
    }

    private int? Number(YamlNode node, string name, string field)
    {
        if (node is YamlText { Plain: true } text && int.TryParse(text.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            return number;
        Wrong(name, "a whole number", $"Write digits alone, without quotes, in {field}.");
        return null;
    }

    // The lines of items are noted as well, so that a fault in a long list says where.
    private IEnumerable<(YamlNode Item, string Name)> Items(string field)
    {
        var node = Find(field);
        if (node is YamlList list)
        {
            for (var i = 0; i < list.Items.Count; i++)
            {
                _lines[$"{field}[{i}]"] = list.Items[i].Line;
                yield return (list.Items[i], $"{field}[{i}]");
            }
        }
        else if (node is not null)
            Wrong(field, "a list", "Begin each item with a dash, or put the items in square brackets.");
    }

    private YamlNode? Find(string field)
    {
        _asked.Add(field);
        var node = _map.Entries.FirstOrDefault(e => e.Key.Value == field).Value;
        return node is YamlText { IsNull: true } ? null : node;
    }

    private string Absolute(string path) => path.Length == 0 || path.Contains('\0') ? "" : Path.GetFullPath(path, _folder);

    private void Wrong(string field, string form, string mend) => _faults.Error(Origin, field, $"{field} must be {form}", mend);
}
