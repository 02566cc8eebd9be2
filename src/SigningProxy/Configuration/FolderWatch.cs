namespace SigningProxy.Configuration;

/// <summary>Tells of changes in the folders of some files.</summary>
/// <remarks>A folder is watched whole: the link that Kubernetes swaps is a neighbour of the files and none of them.</remarks>
/// <param name="changed">Called at every sign that one of the files has changed, many times over.</param>
/// <param name="failed">Called with a folder that cannot be watched, and why.</param>
internal sealed class FolderWatch(Action changed, Action<string, Exception> failed) : IDisposable
{
    // A process may have few watches (fs.inotify.max_user_instances is 128 by default): beyond these, the poll suffices.
    private const int MaximumFolders = 32;

    private readonly Dictionary<string, FileSystemWatcher?> _watchers = new(StringComparer.Ordinal);
    private volatile HashSet<string> _paths = new(StringComparer.Ordinal);

    /// <summary>Watches the folders of these paths, and no others from then on.</summary>
    public void Follow(IEnumerable<string> paths)
    {
        var all = paths.Select(Path.GetFullPath).ToHashSet(StringComparer.Ordinal);
        _paths = all;
        var folders = all.Select(FolderOf).Distinct(StringComparer.Ordinal).Take(MaximumFolders).ToHashSet(StringComparer.Ordinal);
        foreach (var gone in _watchers.Where(w => !folders.Contains(w.Key) || w.Value is null).ToList())
        {
            gone.Value?.Dispose();
            _watchers.Remove(gone.Key);
        }
        foreach (var folder in folders.Where(f => !_watchers.ContainsKey(f) && Directory.Exists(f)))
            _watchers.Add(folder, Watch(folder));
    }

    public void Dispose()
    {
        foreach (var watcher in _watchers.Values)
            watcher?.Dispose();
    }

    private static string FolderOf(string path) => Directory.Exists(path) ? path : Path.GetDirectoryName(path) ?? "/";

    // Of a folder that is followed itself, every file counts; of another, its neighbours are none of ours.
    private void Heard(string path)
    {
        if (_paths.Contains(path) || _paths.Contains(FolderOf(path)) || Path.GetFileName(path).StartsWith("..", StringComparison.Ordinal))
            changed();
    }

    private FileSystemWatcher? Watch(string folder)
    {
        try
        {
            var watcher = new FileSystemWatcher(folder);
            watcher.Changed += (_, e) => Heard(e.FullPath);
            watcher.Created += (_, e) => Heard(e.FullPath);
            watcher.Deleted += (_, e) => Heard(e.FullPath);
            watcher.Renamed += (_, e) =>
            {
                Heard(e.FullPath);
                Heard(e.OldFullPath);
            };
            // An overflow has lost events, so there was a change.
            watcher.Error += (_, _) => changed();
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            failed(folder, fault);
            return null;
        }
    }
}
