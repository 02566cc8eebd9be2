using SigningProxy.Catalog;
using SigningProxy.Configuration.Yaml;

namespace SigningProxy.Exchange;

/// <summary>Fits imported entries to a Setup: no references to places that Setup may not read, and what the original's files cannot hold stays as it is there.</summary>
internal static class SetupEntries
{
    private static readonly string[] Places = ["accessKey", "accessSecret", "certificate"];

    /// <param name="imported">A catalog, with references where secrets belong.</param>
    /// <param name="made">The entries made in Setup, each with its revision.</param>
    /// <param name="omissions">Takes what could not be fitted.</param>
    public static YamlMap Fit(YamlMap imported, YamlMap made, ICollection<Omission> omissions)
    {
        var certificates = made.MapsOf("certificates").Select(c => c.TextOf("name")).OfType<string>().ToHashSet(DeveloperName.Comparer);
        return Nodes.Map(imported.Entries
            // Their content is a secret: they are uploaded.
            .Where(section => section.Key.Value != "certificates")
            .Select(section => (section.Key.Value, (YamlNode?)Nodes.List(imported.MapsOf(section.Key.Value).Select(entry => Entry(section.Key.Value, entry))))));

        YamlNode Entry(string section, YamlMap entry)
        {
            if (entry.TextOf("clientCertificate") is { } certificate && !certificates.Contains(certificate))
            {
                omissions.Add(new Omission($"namedCredential {entry.TextOf("name")}", $"clientCertificate {certificate} is not among Setup's certificates. Upload it there, then name it"));
                entry = Without(entry, "clientCertificate");
            }
            return Join(section, entry, Find(made.MapsOf(section), entry, DeveloperName.Comparer));
        }
    }

    private static YamlMap Join(string place, YamlMap entry, YamlMap? before)
    {
        var fields = entry.Entries.Where(e => !IsPlace(e.Key.Value, e.Value)).Select(e => (Key: e.Key.Value, Value: (YamlNode?)Inner(place, e.Key.Value, e.Value, before))).ToList();
        foreach (var (key, value) in before?.Entries ?? [])
        {
            if (!HeldFields.Holds(place, key.Value))
            {
                fields.RemoveAll(f => f.Key == key.Value);
                fields.Add((key.Value, value));
            }
        }
        // A header with a secret was added by hand: no file could have held it.
        if (before?.MapsOf("customHeaders").Where(h => h.Field("value") is YamlMap).ToList() is { Count: > 0 } secret)
        {
            var own = entry.MapsOf("customHeaders");
            fields.RemoveAll(f => f.Key == "customHeaders");
            fields.Add(("customHeaders", Nodes.List([.. own, .. secret])));
        }
        return Nodes.Map(fields);
    }

    private static YamlNode Inner(string place, string field, YamlNode value, YamlMap? before) => value switch
    {
        YamlMap map => Join($"{place}.{field}", map, before?.MapOf(field)),
        YamlList list when field == "principals" => list with { Items = [.. list.Items.Select(i => i is YamlMap map ? Join($"{place}.{field}", map, Find(before?.MapsOf(field) ?? [], map, StringComparer.Ordinal)) : i)] },
        _ => value,
    };

    private static bool IsPlace(string field, YamlNode value) => Places.Contains(field) && value is YamlMap;

    private static YamlMap? Find(IEnumerable<YamlMap> among, YamlMap entry, StringComparer comparer) =>
        among.FirstOrDefault(e => comparer.Equals(e.TextOf("name"), entry.TextOf("name")));

    private static YamlMap Without(YamlMap entry, string field) => entry with { Entries = [.. entry.Entries.Where(e => e.Key.Value != field)] };
}
