using SigningProxy.Catalog;
using SigningProxy.Configuration.Yaml;
using SigningProxy.Exchange.Importing;
using SigningProxy.Exchange.Metadata;

namespace SigningProxy.Exchange.Exporting;

/// <summary>Writes the files of permission sets and profiles.</summary>
internal static class GrantExport
{
    // Of most file systems it is 255, ending included.
    private const int LongestFileName = 200;

    /// <param name="kind">Which of the two.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="exported">The principals that were exported, by their external credential.</param>
    /// <param name="omit">Takes what the format cannot hold.</param>
    /// <returns>The text, or null where the entry is left out.</returns>
    public static string? Write(MetadataKind kind, YamlMap entry, IReadOnlyDictionary<string, HashSet<string>> exported, Action<string> omit)
    {
        // Without its limit it would grant more there than it does here.
        if (entry.Field("only") is not null)
        {
            omit("only: the format has no limits of grants, and it was left out");
            return null;
        }
        var principals = Principals(entry, exported, omit).ToList();
        if (principals.Count == 0)
        {
            omit("it grants no principal, and was left out");
            return null;
        }
        using var xml = new MetadataWriter(kind);
        foreach (var principal in principals)
            xml.Element(kind.Repeated, ("enabled", "true"), (GrantImport.Principal, principal));
        if (kind == MetadataKind.PermissionSet)
        {
            xml.Element("hasActivationRequired", "false");
            xml.Element("label", Labels.Of(entry, omit));
        }
        return xml.End();
    }

    /// <summary>What a profile's file is called: its label where the Name is made of it, for a profile has no other there.</summary>
    public static string ProfileName(YamlMap entry, Action<string> omit)
    {
        var (name, label) = (entry.TextOf("name")!, entry.TextOf("label"));
        if (label is null || label == name)
            return name;
        if (!DeveloperName.IsValid(label) && MetadataWriter.Holds(label) && EntryNaming.Near(label) == name && Uri.EscapeDataString(label).Length < LongestFileName)
            return label;
        omit("label: a profile has none there beside its name");
        return name;
    }

    private static IEnumerable<string> Principals(YamlMap entry, IReadOnlyDictionary<string, HashSet<string>> exported, Action<string> omit)
    {
        foreach (var text in entry.TextsOf("principals"))
        {
            if (PrincipalName.TryParse(text, out var name) && exported.TryGetValue(name.ExternalCredential, out var principals) && principals.Contains(name.Principal))
                yield return text;
            else
                omit($"a grant was left out: {text} is no principal that was exported");
        }
    }
}
