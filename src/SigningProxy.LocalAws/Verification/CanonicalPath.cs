namespace SigningProxy.LocalAws.Verification;

/// <summary>CanonicalUri of the AWS guide "Create a signed AWS API request".</summary>
internal static class CanonicalPath
{
    /// <summary>The canonical form of a received path; null when it is not absolute, or has a malformed escape that would have to be decoded.</summary>
    public static string? Of(string rawPath, PathEncoding encoding) => encoding switch
    {
        _ when !rawPath.StartsWith('/') => null,
        PathEncoding.Once => EncodedOnce(rawPath),
        _ => EncodedTwice(rawPath),
    };

    private static string? EncodedOnce(string rawPath)
    {
        var segments = rawPath.Split('/').Select(PercentEncoding.Decode).ToArray();
        return Array.TrueForAll(segments, segment => segment is not null)
            ? string.Join('/', segments.Select(segment => PercentEncoding.Encode(segment)))
            : null;
    }

    // The received path is already escaped: escaping it again is what makes it "twice"
    private static string EncodedTwice(string rawPath) => string.Join('/', Normalize(rawPath).Split('/').Select(PercentEncoding.Encode));

    // RFC 3986 section 5.2.4 on literal dots only ("%2e" is data here), and runs of slashes as one
    private static string Normalize(string rawPath)
    {
        var kept = new List<string>();
        var segments = rawPath.Split('/');
        foreach (var segment in segments)
        {
            if (segment == "..")
            {
                kept.RemoveRange(Math.Max(kept.Count - 1, 0), Math.Min(kept.Count, 1));
            }
            else if (segment is not ("" or "."))
            {
                kept.Add(segment);
            }
        }

        var path = "/" + string.Join('/', kept);
        return kept.Count > 0 && segments[^1] is "" or "." or ".." && path != "/" ? path + "/" : path;
    }
}
