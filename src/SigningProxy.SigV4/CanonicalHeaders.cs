namespace SigningProxy.SigV4;

/// <summary>The headers in canonical order: names in lower case, sorted; values trimmed and folded, those of one name joined by a comma.</summary>
internal readonly ref struct CanonicalHeaders
{
    private readonly ReadOnlySpan<RequestHeader> _headers;
    private readonly Span<int> _order;

    /// <param name="headers">The headers to sign.</param>
    /// <param name="order">Room for one number a header.</param>
    public CanonicalHeaders(ReadOnlySpan<RequestHeader> headers, Span<int> order)
    {
        _headers = headers;
        _order = order[..headers.Length];
        // An insertion sort: there are few headers, it needs no memory, and it keeps the order of equal names.
        for (var i = 0; i < headers.Length; i++)
        {
            var at = i;
            for (; at > 0 && Compare(headers[_order[at - 1]].Name, headers[i].Name) > 0; at--)
                _order[at] = _order[at - 1];
            _order[at] = i;
        }
    }

    public void WriteLines(ref ByteWriter to)
    {
        string? previous = null;
        foreach (var index in _order)
        {
            var (name, value) = _headers[index];
            if (name.Equals(previous, StringComparison.OrdinalIgnoreCase))
            {
                to.Append((byte)',');
            }
            else
            {
                if (previous is not null)
                    to.Append((byte)'\n');
                to.AppendLower(name);
                to.Append((byte)':');
            }
            WriteValue(ref to, value);
            previous = name;
        }
        to.Append((byte)'\n');
    }

    public void WriteNames(ref ByteWriter to)
    {
        string? previous = null;
        foreach (var index in _order)
        {
            var name = _headers[index].Name;
            if (name.Equals(previous, StringComparison.OrdinalIgnoreCase))
                continue;
            if (previous is not null)
                to.Append((byte)';');
            to.AppendLower(name);
            previous = name;
        }
    }

    private static void WriteValue(ref ByteWriter to, ReadOnlySpan<char> value)
    {
        for (var end = value.IndexOfAny(' ', '\t'); end >= 0; end = value.IndexOfAny(' ', '\t'))
        {
            to.Append(value[..end]);
            value = value[end..].TrimStart(" \t");
            if (end > 0 && !value.IsEmpty)
                to.Append((byte)' ');
        }
        to.Append(value);
    }

    /// <summary>Orders names by their lower-case form: an upper-case one sorts <c>_</c> elsewhere.</summary>
    private static int Compare(string x, string y)
    {
        var shared = Math.Min(x.Length, y.Length);
        for (var i = x.AsSpan().CommonPrefixLength(y); i < shared; i++)
        {
            var difference = Lower(x[i]) - Lower(y[i]);
            if (difference != 0)
                return difference;
        }
        return x.Length - y.Length;
    }

    private static char Lower(char c) => char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c;
}
