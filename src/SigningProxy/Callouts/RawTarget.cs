using System.Buffers;
using SigningProxy.SigV4;

namespace SigningProxy.Callouts;

/// <summary>The request target as it stood in the request line, before any decoding. It alone is judged, signed and sent.</summary>
internal readonly record struct RawTarget(string Path, string Query)
{
    // Kestrel hands over, and the HTTP client would write, bare control bytes (RFC 9112, section 3.2 allows none of these).
    // A number sign would be cut off as a fragment on the way out; a backslash is a slash to some readers.
    private static readonly SearchValues<char> Allowed = SearchValues.Create(
        "!\"$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    private static readonly SearchValues<char> AllowedInQuery = SearchValues.Create(
        "!\"$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    /// <summary>Takes a target apart.</summary>
    /// <returns>What is wrong with it, in words for its sender, or null.</returns>
    public static string? TryParse(string target, out RawTarget parsed)
    {
        parsed = default;
        if (!target.StartsWith('/'))
            return "The request target must be a path that begins with a slash; absolute and asterisk forms are not served.";
        var question = target.IndexOf('?', StringComparison.Ordinal);
        var path = question < 0 ? target : target[..question];
        var query = question < 0 ? "" : target[(question + 1)..];
        if (path.AsSpan().ContainsAnyExcept(Allowed) || query.AsSpan().ContainsAnyExcept(AllowedInQuery))
            return "The request target holds a character that must be percent-encoded: a control byte, a space, a number sign, a backslash, or one beyond ASCII.";
        if (!HasWholeTriplets(path) || !HasWholeTriplets(query))
            return "The request target holds a percent sign that is not followed by two hexadecimal digits; write a literal one as %25.";
        parsed = new RawTarget(path, query);
        return null;
    }

    /// <summary>Whether dot segments lead above the path's own root, read as it stands or with encoded slashes decoded.</summary>
    public static bool Climbs(ReadOnlySpan<char> path) => Climbs(path, Slashes.Plain) || Climbs(path, Slashes.AlsoEncoded);

    private enum Slashes
    {
        Plain,
        AlsoEncoded,
    }

    private static bool Climbs(ReadOnlySpan<char> path, Slashes slashes)
    {
        var depth = 0;
        while (!path.IsEmpty)
        {
            var (end, next) = NextSlash(path, slashes);
            switch (CanonicalPath.Dots(path[..end]))
            {
                case 2 when --depth < 0:
                    return true;
                // An empty segment gives no depth: a reader that collapses slashes would not count it either.
                case 0 when end > 0:
                    depth++;
                    break;
            }
            path = path[next..];
        }
        return false;
    }

    private static (int End, int Next) NextSlash(ReadOnlySpan<char> path, Slashes slashes)
    {
        for (var i = 0; i < path.Length; i++)
        {
            if (path[i] == '/')
                return (i, i + 1);
            if (slashes == Slashes.AlsoEncoded && path[i] == '%'
                && (path[i..].StartsWith("%2f", StringComparison.OrdinalIgnoreCase) || path[i..].StartsWith("%5c", StringComparison.OrdinalIgnoreCase)))
            {
                return (i, i + 3);
            }
        }
        return (path.Length, path.Length);
    }

    private static bool HasWholeTriplets(ReadOnlySpan<char> text)
    {
        for (var at = text.IndexOf('%'); at >= 0; at = text.IndexOf('%'))
        {
            if (text.Length < at + 3 || !char.IsAsciiHexDigit(text[at + 1]) || !char.IsAsciiHexDigit(text[at + 2]))
                return false;
            text = text[(at + 3)..];
        }
        return true;
    }
}
