using System.Buffers;

namespace SigningProxy.Access;

/// <summary>
/// Whether a path lies within a prefix. It is judged as it is sent, and again as a destination may read it that decodes it once; both
/// must lie within. What two readers may read apart is within no prefix: dot segments, encoded slashes, and escapes of escapes.
/// </summary>
internal static class PathLimit
{
    public static bool Fits(ReadOnlySpan<char> path, IReadOnlyList<string> prefixes)
    {
        if (!IsPlain(path))
            return false;
        if (!path.Contains('%'))
            return IsWithin(path, prefixes);
        var buffer = ArrayPool<char>.Shared.Rent(path.Length);
        try
        {
            return IsWithin(path, prefixes) && IsWithin(buffer.AsSpan(0, Decode(path, buffer)), prefixes);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(buffer);
        }
    }

    private static bool IsWithin(ReadOnlySpan<char> path, IReadOnlyList<string> prefixes)
    {
        for (var i = 0; i < prefixes.Count; i++)
        {
            var prefix = prefixes[i];
            if (path.StartsWith(prefix, StringComparison.Ordinal) && (prefix.EndsWith('/') || path.Length == prefix.Length || path[prefix.Length] == '/'))
                return true;
        }
        return false;
    }

    /// <summary>Whether every reader reads it alike.</summary>
    private static bool IsPlain(ReadOnlySpan<char> path)
    {
        for (var i = 0; i < path.Length; i++)
        {
            if (path[i] == '\\')
                return false;
            // 25 would be a percent sign, 2F a slash, 5C a backslash, 2E a dot; and 00 ends a text for some.
            if (path[i] == '%' && (i + 2 >= path.Length || Value(path.Slice(i + 1, 2)) is < 0x20 or 0x25 or 0x2f or 0x5c or 0x2e))
                return false;
        }
        return !HasDotSegment(path);
    }

    private static bool HasDotSegment(ReadOnlySpan<char> path)
    {
        foreach (var segment in path.Split('/'))
        {
            if (path[segment] is "." or "..")
                return true;
        }
        return false;
    }

    private static int Decode(ReadOnlySpan<char> path, Span<char> decoded)
    {
        var length = 0;
        for (var i = 0; i < path.Length; i++)
        {
            // Byte by byte: what is not ASCII matches no prefix anyway but as it is escaped.
            decoded[length++] = path[i] == '%' ? (char)Value(path.Slice(i + 1, 2)) : path[i];
            if (path[i] == '%')
                i += 2;
        }
        return length;
    }

    private static int Value(ReadOnlySpan<char> digits) =>
        char.IsAsciiHexDigit(digits[0]) && char.IsAsciiHexDigit(digits[1]) ? (Digit(digits[0]) << 4) | Digit(digits[1]) : -1;

    private static int Digit(char hex) => char.IsAsciiDigit(hex) ? hex - '0' : (hex | 0x20) - 'a' + 10;
}
