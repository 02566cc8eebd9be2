namespace SigningProxy.SigV4;

/// <summary>The path: in the form in which it is sent, and from that in the form in which it is signed.</summary>
public static class CanonicalPath
{
    /// <summary>The path to send. What was signed and what is sent must be one string, so the sender takes it from here.</summary>
    /// <param name="path">An absolute path as the caller wrote it, percent-encoded.</param>
    /// <param name="normalization"><see cref="PathNormalization.On"/> removes dot segments (also <c>%2e</c>), collapses slashes and
    /// keeps a trailing slash; <see cref="PathNormalization.Off"/> changes nothing.</param>
    /// <returns>The same string where nothing had to change.</returns>
    /// <exception cref="FormatException">The path does not begin with a slash, or holds a percent sign without two hexadecimal digits.</exception>
    public static string ToSend(string path, PathNormalization normalization)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!path.StartsWith('/'))
            throw new FormatException("A path begins with a slash.");
        Span<byte> bytes = stackalloc byte[4];
        for (var at = path.IndexOf('%'); at >= 0; at = path.IndexOf('%', at))
            Percent.Decode(path, ref at, bytes);
        return normalization == PathNormalization.Off || !NeedsNormalizing(path) ? path : Normalize(path);
    }

    /// <summary>Whether a raw segment means <c>.</c> or <c>..</c>, also when its dots are percent-encoded.</summary>
    /// <param name="segment">What stands between two slashes.</param>
    /// <returns>1 for a single dot, 2 for two, 0 for any other segment.</returns>
    public static int Dots(ReadOnlySpan<char> segment)
    {
        var dots = 0;
        while (!segment.IsEmpty)
        {
            if (segment[0] == '.')
                segment = segment[1..];
            else if (segment.StartsWith("%2e", StringComparison.OrdinalIgnoreCase))
                segment = segment[3..];
            else
                return 0;
            if (++dots > 2)
                return 0;
        }
        return dots;
    }

    internal static void Write(ref ByteWriter to, ReadOnlySpan<char> path, PathEncoding encoding)
    {
        Span<byte> bytes = stackalloc byte[4];
        for (var at = 0; at < path.Length;)
        {
            if (path[at] == '/')
            {
                to.Append((byte)'/');
                at++;
                continue;
            }
            var start = at;
            var count = Percent.Decode(path, ref at, bytes);
            if (path[start] == '%' && encoding == PathEncoding.Twice)
            {
                to.Append("%25"u8);
                to.Append(path[(start + 1)..at]);
                continue;
            }
            foreach (var value in bytes[..count])
                to.AppendEncoded(value);
        }
    }

    private static bool NeedsNormalizing(ReadOnlySpan<char> path)
    {
        foreach (var range in path[1..].Split('/'))
        {
            var segment = path[1..][range];
            if (Dots(segment) > 0 || (segment.IsEmpty && range.End.Value != path.Length - 1))
                return true;
        }
        return false;
    }

    private static string Normalize(string path)
    {
        var kept = new List<Range>();
        var endsInSlash = false;
        foreach (var range in path.AsSpan().Split('/'))
        {
            var segment = path.AsSpan(range);
            var dots = Dots(segment);
            endsInSlash = segment.IsEmpty || dots > 0;
            if (dots == 2 && kept.Count > 0)
                kept.RemoveAt(kept.Count - 1);
            else if (!endsInSlash)
                kept.Add(range);
        }
        var result = new System.Text.StringBuilder(path.Length);
        foreach (var range in kept)
            result.Append('/').Append(path.AsSpan(range));
        if (endsInSlash || kept.Count == 0)
            result.Append('/');
        return result.ToString();
    }
}
