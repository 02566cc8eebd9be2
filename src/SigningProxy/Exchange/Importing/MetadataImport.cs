using SigningProxy.Configuration.Yaml;
using SigningProxy.Exchange.Metadata;

namespace SigningProxy.Exchange.Importing;

/// <summary>Makes a catalog of the original's files.</summary>
internal static class MetadataImport
{
    /// <param name="path">A folder, one file, or a zip archive.</param>
    /// <exception cref="MetadataException">It is not read at all.</exception>
    public static ImportPreview Of(string path) => Of(MetadataFolder.Read(path));

    /// <param name="archive">A zip archive.</param>
    /// <param name="name">What it is called in messages.</param>
    /// <exception cref="MetadataException">It is not read at all.</exception>
    public static ImportPreview Of(Stream archive, string name) => Of(MetadataArchive.Read(archive, name));

    /// <exception cref="MetadataException">One of them is not read at all.</exception>
    public static ImportPreview Of(IReadOnlyList<MetadataFile> files)
    {
        OnceEach(files);
        // External credentials first: the others refer to them. Names without a namespace come before those that would take their place.
        var documents = files.OrderBy(f => EntryNaming.Local(f.Name) != f.Name).ThenBy(f => f.Name, StringComparer.Ordinal).Select(MetadataXml.Read).ToList();
        var (omissions, credentials) = (new List<Omission>(), new ImportedCredentials());
        var (placeholders, certificates) = (new Placeholders(), new SortedSet<string>(StringComparer.Ordinal));

        var external = Entries(MetadataKind.ExternalCredential, (document, name) =>
        {
            var entry = new ExternalCredentialImport(document, name, placeholders, omissions).Read();
            credentials.Note(document, entry);
            return entry;
        }, credentials.LeaveOut);
        var named = Entries(MetadataKind.NamedCredential, (document, name) => new NamedCredentialImport(document, name, credentials, certificates, omissions).Read());
        var sets = Entries(MetadataKind.PermissionSet, (document, name) => new GrantImport(document, name, credentials, omissions).Read());
        var profiles = Entries(MetadataKind.Profile, (document, name) => new GrantImport(document, name, credentials, omissions).Read());
        return new ImportPreview(
            Nodes.Map(
                ("externalCredentials", external),
                ("namedCredentials", named),
                ("certificates", Nodes.List(certificates.Select(Placeholders.Certificate))),
                ("permissionSets", sets),
                ("profiles", profiles)),
            omissions);

        YamlList? Entries(MetadataKind kind, Func<MetadataDocument, string, YamlMap?> read, Action<MetadataDocument>? leaveOut = null)
        {
            var names = new EntryNaming(kind, omissions);
            var entries = new List<YamlMap>();
            foreach (var document in documents.Where(d => d.File.Kind == kind))
            {
                if (names.Take(document.File.Name) is not { } name)
                    leaveOut?.Invoke(document);
                else if (read(document, name) is { } entry)
                    entries.Add(entry);
            }
            return Nodes.List(entries.OrderBy(e => e.TextOf("name"), StringComparer.Ordinal));
        }
    }

    private static void OnceEach(IReadOnlyList<MetadataFile> files)
    {
        if (files.GroupBy(f => (f.Kind, f.Name.ToUpperInvariant())).FirstOrDefault(g => g.Count() > 1)?.ToList() is [var first, var second, ..])
            throw new MetadataException(second.Path, $"{first.Path} is the same {first.Kind.Word}", "Give a folder that has each entry once.");
    }
}
