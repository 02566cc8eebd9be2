using System.Text;

namespace SigningProxy.Destinations;

/// <summary>The names that answers are full of, so that no text is made anew for each.</summary>
internal static class HeaderNameTable
{
    private static readonly string[][] ByLength = Table(
        "Accept-Ranges", "Access-Control-Allow-Origin", "Access-Control-Expose-Headers", "Age", "Cache-Control", "Connection", "Content-Disposition",
        "Content-Encoding", "Content-Language", "Content-Length", "Content-MD5", "Content-Range", "Content-Type", "Date", "ETag", "Expires", "Keep-Alive",
        "Last-Modified", "Location", "Server", "Set-Cookie", "Strict-Transport-Security", "Transfer-Encoding", "Vary", "Via", "X-Amz-Cf-Id", "X-Amz-Cf-Pop",
        "x-amz-apigw-id", "x-amz-checksum-crc32", "x-amz-checksum-crc64nvme", "x-amz-checksum-sha256", "x-amz-checksum-type", "x-amz-crc32", "x-amz-delete-marker",
        "x-amz-expiration", "x-amz-id-2", "x-amz-request-id", "x-amz-server-side-encryption", "x-amz-storage-class", "x-amz-version-id",
        "x-amzn-ErrorType", "x-amzn-RequestId", "x-amzn-Trace-Id", "X-Cache");

    /// <summary>The name; in the case of the table, where it is there.</summary>
    public static string Of(ReadOnlySpan<byte> name)
    {
        if (name.Length < ByLength.Length)
        {
            foreach (var known in ByLength[name.Length])
            {
                if (Ascii.EqualsIgnoreCase(name, known))
                    return known;
            }
        }
        return Encoding.ASCII.GetString(name);
    }

    private static string[][] Table(params string[] names)
    {
        var table = new string[names.Max(n => n.Length) + 1][];
        for (var length = 0; length < table.Length; length++)
            table[length] = [.. names.Where(n => n.Length == length)];
        return table;
    }
}
