using SigningProxy.Catalog;
using SigningProxy.Configuration.Yaml;
using SigningProxy.Exchange.Metadata;

namespace SigningProxy.Exchange.Exporting;

/// <summary>Makes the original's files of a catalog.</summary>
internal static class MetadataExport
{
    private const string Callers = "callers";
    private static readonly string[] Secrets = ["accessKey", "accessSecret", "sessionToken"];

    /// <param name="catalog">The sections with their entries, as somebody wrote them.</param>
    public static ExportedFiles Of(YamlMap catalog)
    {
        var (files, omissions) = (new List<(string Path, string Text)>(), new List<Omission>());
        var exported = new Dictionary<string, HashSet<string>>(DeveloperName.Comparer);
        foreach (var entry in Entries(MetadataKind.ExternalCredential))
        {
            if (new ExternalCredentialExport(entry, Omit(MetadataKind.ExternalCredential, entry)).Write() is not { } written)
                continue;
            exported[entry.TextOf("name")!] = written.Principals;
            Add(MetadataKind.ExternalCredential, entry, written.Text);
        }
        foreach (var entry in Entries(MetadataKind.NamedCredential))
        {
            if (entry.TextOf("externalCredential") is { } external && exported.ContainsKey(external))
                Add(MetadataKind.NamedCredential, entry, NamedCredentialExport.Write(entry, Omit(MetadataKind.NamedCredential, entry)));
            else
                Omit(MetadataKind.NamedCredential, entry)("its external credential was left out, and so was it");
        }
        foreach (var kind in (MetadataKind[])[MetadataKind.PermissionSet, MetadataKind.Profile])
        {
            foreach (var entry in Entries(kind))
            {
                var omit = Omit(kind, entry);
                if (GrantExport.Write(kind, entry, exported, omit) is { } text)
                    Add(kind, entry, text, kind == MetadataKind.Profile ? GrantExport.ProfileName(entry, omit) : null);
            }
        }
        foreach (var caller in catalog.MapsOf(Callers))
            omissions.Add(new Omission($"caller {caller.TextOf("name")}", "callers and their proofs have no counterpart: there, users are assigned"));
        foreach (var certificate in catalog.MapsOf("certificates"))
            omissions.Add(new Omission($"certificate {certificate.TextOf("name")}", "upload it there by hand, under this name: such files never hold private keys"));
        return new ExportedFiles(files, omissions);

        IEnumerable<YamlMap> Entries(MetadataKind kind)
        {
            foreach (var entry in catalog.MapsOf(kind.Section))
            {
                // A name becomes a file's, so it must be no path.
                if (DeveloperName.IsValid(entry.TextOf("name")))
                    yield return entry;
                else
                    omissions.Add(new Omission($"{kind.Word} without a valid Name", "it was left out"));
            }
        }

        Action<string> Omit(MetadataKind kind, YamlMap entry) => reason => omissions.Add(new Omission($"{kind.Word} {entry.TextOf("name")}", reason));

        void Add(MetadataKind kind, YamlMap entry, string text, string? name = null)
        {
            files.Add((kind.PathOf(name ?? entry.TextOf("name")!), text));
            foreach (var (field, value) in HeldFields.NotHeld(kind.Section, entry).Where(f => Says(f.Field, f.Value)))
                Omit(kind, entry)($"{field}: {Reason(field)}");
        }
    }

    // What only repeats the default is no loss.
    private static bool Says(string field, YamlNode value) => value switch
    {
        YamlText { IsNull: true } or YamlText { Plain: true, Value: "false" or "False" or "FALSE" } or YamlList { Items: [] } => false,
        YamlText text => field is not "revision" && (field, text.Value) is not ("sts.source", "AccessKey"),
        // Its name is held; what is not is told where it is written.
        _ => field is not "rolesAnywhere.certificate",
    };

    private static string Reason(string field) => field[(field.LastIndexOfAny([' ', '.']) + 1)..] switch
    {
        var last when Secrets.Contains(last) => "such files never hold secrets: enter it there by hand",
        "roleArn" => "it stands beside the keys there, in no file: enter it there by hand",
        Callers => "such files do not say who has a permission set: assign it there by hand",
        _ => "the format has no place for it",
    };
}
