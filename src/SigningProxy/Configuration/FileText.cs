using System.Text;

namespace SigningProxy.Configuration;

/// <summary>A file that was read, or in a few words why it was not.</summary>
internal sealed record FileText(byte[]? Bytes, string? Problem)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static FileText Read(string path, int bound)
    {
        var shown = LikelySecret.Hide(path);
        try
        {
            if (Directory.Exists(path))
                return new FileText(null, $"{shown} is a folder");
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            // Not by its length, which pipes and the files of /proc do not tell.
            var bytes = new MemoryStream();
            var buffer = new byte[16 * 1024];
            while (bytes.Length <= bound && stream.Read(buffer) is > 0 and var count)
                bytes.Write(buffer, 0, count);
            return bytes.Length > bound
                ? new FileText(null, $"the file {shown} has more than {bound / 1024} KiB")
                : new FileText(bytes.ToArray(), null);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return new FileText(null, $"the file {shown} does not exist");
        }
        catch (UnauthorizedAccessException)
        {
            return new FileText(null, $"the file {shown} may not be read by this user");
        }
        catch (IOException)
        {
            return new FileText(null, $"the file {shown} cannot be read");
        }
    }

    /// <summary>Its text without a byte order mark, or null when it was not read or is not UTF-8.</summary>
    public string? Text()
    {
        try
        {
            return Bytes is null ? null : Strict.GetString(Bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
