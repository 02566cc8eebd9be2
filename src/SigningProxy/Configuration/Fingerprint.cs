namespace SigningProxy.Configuration;

/// <summary>How files and folders looked when they were read: cheap to take again, different when one was replaced.</summary>
internal sealed class Fingerprint
{
    private readonly Dictionary<string, string> _stamps = new(StringComparer.Ordinal);

    public IEnumerable<string> Paths => _stamps.Keys;

    /// <summary>Notes how a path looks; the first look counts, for it comes before the reading.</summary>
    public void Note(string path)
    {
        if (!_stamps.ContainsKey(path))
            _stamps.Add(path, StampOf(path));
    }

    /// <summary>Whether every path still looks as it did.</summary>
    public bool StillHolds() => _stamps.All(s => StampOf(s.Key) == s.Value);

    // The times and the length are those of what a link leads to. A file that takes another's place has its own birth time
    // even where the rest is alike, and the link that Kubernetes swaps is told by where it leads.
    private static string StampOf(string path)
    {
        try
        {
            FileSystemInfo entry = Directory.Exists(path) ? new DirectoryInfo(path) : new FileInfo(path);
            if (!entry.Exists)
                return "none";
            var target = entry.ResolveLinkTarget(returnFinalTarget: true) ?? entry;
            var swapped = new DirectoryInfo(Path.Combine(Path.GetDirectoryName(path) ?? "/", CatalogFiles.SwappedLink)).LinkTarget;
            var length = target is FileInfo file ? file.Length : 0;
            return $"{target.FullName}|{target.LastWriteTimeUtc.Ticks}|{target.CreationTimeUtc.Ticks}|{length}|{swapped}";
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return "unreadable";
        }
    }
}
