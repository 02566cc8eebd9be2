using SigningProxy.Configuration.Yaml;

namespace SigningProxy.Exchange.Exporting;

/// <summary>The custom headers of an entry that a file can hold.</summary>
internal static class HeaderExport
{
    public static IEnumerable<(string Name, string Value, string? Sequence)> Of(YamlMap entry, Action<string> omit)
    {
        foreach (var header in entry.MapsOf("customHeaders"))
        {
            if (header.TextOf("name") is { } name && header.TextOf("value") is { } value)
                yield return (name, Formula.Write(value), header.TextOf("sequenceNumber"));
            else
                omit($"custom header {header.TextOf("name")}: such files never hold secrets: add it there by hand");
        }
    }
}
