using System.Buffers.Binary;
using System.IO.Compression;

namespace SigningProxy.Exchange.Metadata;

/// <summary>Reads the original's files out of a zip archive. Nothing is written to the disk, and only what is of use is inflated.</summary>
internal static class MetadataArchive
{
    private const string Mend = "Pack the files anew, or give their folder.";
    private const uint FirstEntry = 0x04034b50;
    private const uint EndOfAll = 0x06054b50;
    private const int TypeBits = 0xF000;
    private const int Regular = 0x8000;
    private const int FolderBits = 0x4000;

    /// <summary>Whether it begins as an archive does; it stands at its beginning again.</summary>
    public static bool IsOne(Stream stream)
    {
        Span<byte> head = stackalloc byte[sizeof(uint)];
        var read = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        return read == head.Length && BinaryPrimitives.ReadUInt32LittleEndian(head) is FirstEntry or EndOfAll;
    }

    /// <param name="stream">The archive.</param>
    /// <param name="path">What it is called in messages.</param>
    /// <exception cref="MetadataException">It is no archive, or too much, or made to do harm.</exception>
    public static IReadOnlyList<MetadataFile> Read(Stream stream, string path)
    {
        var (bounds, files) = (new MetadataBounds(), new List<MetadataFile>());
        var bytes = MetadataBounds.ReadArchive(stream, path);
        // Counted before the reader makes an object of each, and whatever number the archive itself tells.
        bounds.Count(path, bytes.AsSpan().Count("PK\u0001\u0002"u8));
        try
        {
            using var archive = new ZipArchive(new MemoryStream(bytes), ZipArchiveMode.Read);
            foreach (var entry in archive.Entries)
            {
                var shown = $"{path}, {entry.FullName}";
                Judge(entry, shown);
                // A name that ends with a slash is a folder's.
                if (entry.Name.Length == 0 || IsToolsOwn(entry.FullName) || !MetadataKind.TryParse(entry.FullName, out var kind, out var name))
                    continue;
                using var content = entry.Open();
                files.Add(new MetadataFile(shown, kind, name, bounds.Read(content, shown, entry.CompressedLength)));
            }
            return files.Count > 0 ? files : throw MetadataFolder.Nothing(path);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or NotSupportedException or ArgumentException)
        {
            throw new MetadataException(path, "it is no zip archive, or a damaged or encrypted one", Mend);
        }
    }

    // Nothing is unpacked, so none of these would reach the disk. But nobody packs so by chance.
    private static void Judge(ZipArchiveEntry entry, string shown)
    {
        var name = entry.FullName;
        if (name.StartsWith('/') || name.Contains('\\') || name.Contains(':') || name.Contains('\0') || name.Split('/').Contains(".."))
            throw new MetadataException(shown, "an entry leads out of the archive", Mend);
        if (name.Split('/').Length > MetadataBounds.Folders)
            throw new MetadataException(shown, $"folders nest deeper than {MetadataBounds.Folders}", Mend);
        // The upper half is the Unix mode, where the archive was packed on Unix.
        if (((entry.ExternalAttributes >> 16) & TypeBits) is not (0 or Regular or FolderBits))
            throw new MetadataException(shown, "an entry is a link or a device, and no file", Mend);
        if (entry.IsEncrypted)
            throw new MetadataException(shown, "an entry is encrypted", "Pack the files anew, without a password.");
    }

    // As in a folder on the disk; __MACOSX is what a Finder packs beside each file.
    private static bool IsToolsOwn(string name) => name.Split('/') is var parts && parts.Any(p => p.StartsWith('.') || p == "__MACOSX");
}
