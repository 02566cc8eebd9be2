using SigningProxy.Configuration.Yaml;
using SigningProxy.Store;

namespace SigningProxy.Configuration.Stored;

/// <summary>A field of an entry that differs: what stood there and what stands there now, null for nothing. Secrets are told as such alone.</summary>
internal sealed record EntryDifference(string Field, string? Before, string? After)
{
    private const string SecretText = "(secret)";

    public override string ToString() => (Before, After) switch
    {
        (SecretText, SecretText) => $"{Field}: (secret changed)",
        (null, _) => $"{Field}: {After}",
        (_, null) => $"{Field}: {Before} -> (none)",
        _ => $"{Field}: {Before} -> {After}",
    };

    /// <summary>The fields that differ, in the order they are written in; those that are gone come last.</summary>
    public static IReadOnlyList<EntryDifference> Of(StoredEntry? before, StoredEntry? after)
    {
        var (old, now) = (Fields(before), Fields(after));
        return
        [
            .. now.Where(f => !(old.TryGetValue(f.Key, out var was) && was == f.Value && !SecretChanged(f.Key, before, after)))
                .Select(f => new EntryDifference(f.Key, old.GetValueOrDefault(f.Key), f.Value)),
            .. old.Where(f => !now.ContainsKey(f.Key)).Select(f => new EntryDifference(f.Key, f.Value, null)),
        ];
    }

    /// <summary>The change that makes one entry out of the other, or null where nothing differs.</summary>
    public static EntryChange? ChangeOf(StoredEntry? before, StoredEntry after)
    {
        var differences = Of(before, after);
        return differences.Count == 0 && before is not null ? null : new EntryChange(before, after, [.. differences.Select(d => d.Field)]);
    }

    private static bool SecretChanged(string field, StoredEntry? before, StoredEntry? after) =>
        after!.Secrets.TryGetValue(field, out var now) && (before?.Secrets.TryGetValue(field, out var was) != true || !Equals(was.Value, now.Value));

    private static Dictionary<string, string> Fields(StoredEntry? entry)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        if (entry is not null)
            Add(SecretPlaces.Replace(YamlComposer.Compose(entry.Body)!, "", (_, _, _) => new YamlText(0, SecretText, Plain: false)), "", fields);
        return fields;
    }

    private static void Add(YamlNode node, string field, Dictionary<string, string> fields)
    {
        switch (node)
        {
            // None and absent may mean different things.
            case YamlMap { Entries.Count: 0 } when field.Length > 0:
                fields[field] = "{}";
                break;
            case YamlList { Items.Count: 0 }:
                fields[field] = "[]";
                break;
            case YamlMap map:
                foreach (var (key, value) in map.Entries)
                    Add(value, SecretPlaces.Child(field, key.Value), fields);
                break;
            case YamlList list:
                for (var i = 0; i < list.Items.Count; i++)
                    Add(list.Items[i], SecretPlaces.Item(field, i), fields);
                break;
            case YamlText { IsNull: false } text:
                fields[field] = text.Value;
                break;
        }
    }
}
