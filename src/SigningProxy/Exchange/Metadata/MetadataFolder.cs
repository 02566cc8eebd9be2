namespace SigningProxy.Exchange.Metadata;

/// <summary>Finds the original's files at a path: a folder with all below it, one file, or an archive.</summary>
internal static class MetadataFolder
{
    /// <exception cref="MetadataException">There is nothing to read, or too much.</exception>
    public static IReadOnlyList<MetadataFile> Read(string path)
    {
        var bounds = new MetadataBounds();
        try
        {
            if (!Directory.Exists(path))
                return [.. One(path, bounds)];
            var files = Below(path, path, 0, bounds).ToList();
            return files.Count > 0 ? files : throw Nothing(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new MetadataException(path, "it cannot be read", "Give a folder, a file or a zip archive that exists and that this user may read.");
        }
    }

    /// <summary>Says that there is none of the original's files.</summary>
    public static MetadataException Nothing(string path) => new(
        path, "it holds no *.externalCredential, *.namedCredential, *.permissionset or *.profile file, with or without -meta.xml", "Give the folder that the original's command line wrote, or an archive of it.");

    private static IReadOnlyList<MetadataFile> One(string path, MetadataBounds bounds)
    {
        using var stream = File.OpenRead(path);
        if (MetadataArchive.IsOne(stream))
            return MetadataArchive.Read(stream, path);
        return MetadataKind.TryParse(path, out var kind, out var name)
            ? [new MetadataFile(path, kind, name, bounds.Read(stream, path))]
            : throw new MetadataException(path, "it is neither a zip archive nor called as one of the original's files is", "Keep the original's file name, such as Orders.namedCredential-meta.xml: it is the entry's name.");
    }

    // Linked folders are not entered, for they may lead in circles; nor are those whose name begins with a dot, where tools keep copies.
    private static IEnumerable<MetadataFile> Below(string folder, string root, int depth, MetadataBounds bounds)
    {
        if (depth > MetadataBounds.Folders)
            throw new MetadataException(folder, $"folders nest deeper than {MetadataBounds.Folders}", "Give the folder that holds the metadata itself.");
        foreach (var file in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
        {
            bounds.Count(root);
            if (!MetadataKind.TryParse(file, out var kind, out var name))
                continue;
            using var stream = File.OpenRead(file);
            yield return new MetadataFile(file, kind, name, bounds.Read(stream, file));
        }
        foreach (var inner in Directory.EnumerateDirectories(folder).Where(d => !Path.GetFileName(d).StartsWith('.') && new DirectoryInfo(d).LinkTarget is null).Order(StringComparer.Ordinal))
        {
            foreach (var file in Below(inner, root, depth + 1, bounds))
                yield return file;
        }
    }
}
