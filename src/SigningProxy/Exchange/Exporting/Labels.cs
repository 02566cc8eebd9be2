using SigningProxy.Configuration.Yaml;

namespace SigningProxy.Exchange.Exporting;

/// <summary>The labels of entries, as XML can hold them.</summary>
internal static class Labels
{
    /// <returns>The label, or the name in its place.</returns>
    public static string Of(YamlMap entry, Action<string> omit)
    {
        var label = entry.TextOf("label");
        if (label is not null && MetadataWriter.Holds(label))
            return label;
        if (label is not null)
            omit("label: XML cannot hold it, and the name stands in its place");
        return entry.TextOf("name")!;
    }
}
