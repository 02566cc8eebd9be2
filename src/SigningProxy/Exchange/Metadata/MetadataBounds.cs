namespace SigningProxy.Exchange.Metadata;

/// <summary>How much is read at most. A whole organisation's metadata stays far below.</summary>
internal sealed class MetadataBounds
{
    /// <summary>Of one file, in bytes, once it is inflated.</summary>
    public const int FileBytes = 10 * 1024 * 1024;

    /// <summary>Of all files that are read, in bytes, once they are inflated.</summary>
    public const int TotalBytes = 100 * 1024 * 1024;

    /// <summary>Of an archive as it lies, in bytes.</summary>
    public const int ArchiveBytes = 50 * 1024 * 1024;

    /// <summary>Files of a folder or entries of an archive, read or not.</summary>
    public const int Files = 10_000;

    /// <summary>How far folders may nest.</summary>
    public const int Folders = 32;

    /// <summary>How often an entry may be as long as it lies in its archive. The original's own XML shrinks to a tenth or a thirtieth.</summary>
    public const int Ratio = 200;

    // A short text of one letter shrinks further than that, and does no harm.
    private const int ShortBytes = 256 * 1024;
    private const int BufferBytes = 64 * 1024;
    private const string GiveAPart = "Give a part of it: the folders of external credentials, named credentials and permission sets are enough.";

    private long _bytes;
    private int _files;

    /// <summary>All of an archive as it lies.</summary>
    /// <exception cref="MetadataException">It is too much.</exception>
    public static byte[] ReadArchive(Stream from, string path)
    {
        using var all = new MemoryStream();
        var buffer = new byte[BufferBytes];
        while (from.Read(buffer) is > 0 and var count)
        {
            all.Write(buffer, 0, count);
            if (all.Length > ArchiveBytes)
                throw new MetadataException(path, $"it has more than {ArchiveBytes / (1024 * 1024)} MiB", GiveAPart);
        }
        return all.ToArray();
    }

    /// <summary>Notes more files, read or not.</summary>
    /// <exception cref="MetadataException">There are too many.</exception>
    public void Count(string within, int files = 1)
    {
        if ((_files += files) > Files)
            throw new MetadataException(within, $"it holds more than {Files} files", GiveAPart);
    }

    /// <summary>Reads to the end, and no further than the bounds allow, whatever lengths were promised.</summary>
    /// <param name="from">The content.</param>
    /// <param name="path">What it is called in messages.</param>
    /// <param name="compressed">The bytes it takes in its archive; null outside one.</param>
    /// <exception cref="MetadataException">It is too much.</exception>
    public byte[] Read(Stream from, string path, long? compressed = null)
    {
        using var all = new MemoryStream();
        var buffer = new byte[BufferBytes];
        while (from.Read(buffer) is > 0 and var count)
        {
            all.Write(buffer, 0, count);
            _bytes += count;
            if (all.Length > FileBytes)
                throw new MetadataException(path, $"it has more than {FileBytes / (1024 * 1024)} MiB", "No such file of the original's is that long; leave it out.");
            if (compressed is { } lies && all.Length > ShortBytes && all.Length / Math.Max(1, lies) > Ratio)
                throw new MetadataException(path, $"it is more than {Ratio} times as long as it lies in the archive", "Pack the files anew, or give their folder.");
            if (_bytes > TotalBytes)
                throw new MetadataException(path, $"with it, more than {TotalBytes / (1024 * 1024)} MiB were to be read", "Give a part of the files at a time.");
        }
        return all.ToArray();
    }
}
