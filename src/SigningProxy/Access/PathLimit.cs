namespace SigningProxy.Access;

/// <summary>
/// Whether a path lies within a prefix. It is judged as it is sent, and again as a destination may read it that decodes it once; both
/// must lie within. What two readers may read apart is within no prefix: dot segments, encoded slashes, and escapes of escapes.
/// </summary>
internal static class PathLimit
{
    public static bool Fits(ReadOnlySpan<char> path, string[] prefixes) => IsPlain(path) && IsWithin(path, prefixes);

    /// <summary>Whether every reader reads it alike.</summary>
    public static bool IsPlain(ReadOnlySpan<char> path)
    {
        if (path.Contains('\\'))
            return false;
        for (var rest = path; rest.IndexOf('%') is >= 0 and var at; rest = rest[(at + 3)..])
        {
            // 25 would be a percent sign, 2F a slash, 5C a backslash, 2E a dot; and 00 ends a text for some.
            if (at + 2 >= rest.Length || Value(rest.Slice(at + 1, 2)) is < 0x20 or 0x25 or 0x2f or 0x5c or 0x2e)
                return false;
        }
        return !HasDotSegment(path);
    }

    /// <summary>Whether a plain path lies within prefixes, as it stands and decoded. It takes no longer for what is long beyond them.</summary>
    public static bool IsWithin(ReadOnlySpan<char> path, string[] prefixes)
    {
        var (stands, decoded) = (false, false);
        foreach (var prefix in prefixes)
        {
            stands |= path.StartsWith(prefix, StringComparison.Ordinal) && EndsAt(path, prefix.Length, prefix);
            decoded |= StartsDecoded(path, prefix);
        }
        return stands && decoded;
    }

    private static bool StartsDecoded(ReadOnlySpan<char> path, string prefix)
    {
        var at = 0;
        foreach (var wanted in prefix)
        {
            // Byte by byte: what is not ASCII matches no prefix anyway but as it is escaped.
            if (at >= path.Length || (path[at] == '%' ? (char)Value(path.Slice(at + 1, 2)) : path[at]) != wanted)
                return false;
            at += path[at] == '%' ? 3 : 1;
        }
        return EndsAt(path, at, prefix);
    }

    private static bool EndsAt(ReadOnlySpan<char> path, int at, string prefix) => prefix.EndsWith('/') || at == path.Length || path[at] == '/';

    private static bool HasDotSegment(ReadOnlySpan<char> path)
    {
        if (!path.Contains('.'))
            return false;
        foreach (var segment in path.Split('/'))
        {
            if (path[segment] is "." or "..")
                return true;
        }
        return false;
    }

    private static int Value(ReadOnlySpan<char> digits) =>
        char.IsAsciiHexDigit(digits[0]) && char.IsAsciiHexDigit(digits[1]) ? (Digit(digits[0]) << 4) | Digit(digits[1]) : -1;

    private static int Digit(char hex) => char.IsAsciiDigit(hex) ? hex - '0' : (hex | 0x20) - 'a' + 10;
}
