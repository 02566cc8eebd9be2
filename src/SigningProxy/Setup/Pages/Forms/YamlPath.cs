using SigningProxy.Configuration.Yaml;

namespace SigningProxy.Setup.Pages.Forms;

/// <summary>Parts of an entry by where they stand: the names of members with slashes between.</summary>
internal static class YamlPath
{
    public static YamlMap Nothing { get; } = new(0, 1, []);

    public static YamlNode? Get(YamlMap map, string path)
    {
        YamlNode? node = map;
        foreach (var part in path.Split('/'))
            node = (node as YamlMap)?.Entries.FirstOrDefault(e => e.Key.Value == part).Value;
        return node is YamlText { IsNull: true } ? null : node;
    }

    public static string? Text(YamlMap map, string path) => (Get(map, path) as YamlText)?.Value;

    /// <summary>With this in its place, or without it where there is nothing; what is empty thereby goes too.</summary>
    public static YamlMap Set(YamlMap map, string path, YamlNode? node)
    {
        var (name, rest) = path.Split('/', 2) is [var first, var further] ? (first, further) : (path, "");
        var inner = rest.Length == 0 ? node : Part(map, name, rest, node);
        if (inner is null)
            return map with { Entries = [.. map.Entries.Where(e => e.Key.Value != name)] };
        return map.Entries.Any(e => e.Key.Value == name)
            ? map with { Entries = [.. map.Entries.Select(e => e.Key.Value == name ? (e.Key, inner) : e)] }
            : map with { Entries = [.. map.Entries, (new YamlText(0, name, Plain: true), inner)] };
    }

    private static YamlMap? Part(YamlMap map, string name, string rest, YamlNode? node)
    {
        var part = Set(Get(map, name) as YamlMap ?? Nothing, rest, node);
        return part.Entries.Count == 0 ? null : part;
    }
}
