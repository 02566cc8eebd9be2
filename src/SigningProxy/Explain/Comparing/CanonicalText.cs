namespace SigningProxy.Explain.Comparing;

/// <summary>A canonical request, taken apart again.</summary>
internal sealed record CanonicalText
{
    // Method, path, query, one header, the empty line, signed headers, payload hash.
    private const int FewestLines = 7;

    public required string Method { get; init; }

    public required string Path { get; init; }

    public required string Query { get; init; }

    /// <summary>Name and value of every header line, in order.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; }

    public required string SignedHeaders { get; init; }

    public required string PayloadHash { get; init; }

    /// <summary>The value of a header, or null where it has no line.</summary>
    public string? Header(string name) => Headers.Where(h => h.Key == name).Select(h => h.Value).FirstOrDefault();

    /// <summary>Reads one, or null when the text is none.</summary>
    public static CanonicalText? Parse(string text)
    {
        var lines = text.Split('\n');
        if (lines.Length < FewestLines || lines[0].Length == 0 || lines[0].Contains(' ', StringComparison.Ordinal) || !lines[1].StartsWith('/'))
            return null;
        // The headers end in an empty line, and behind it there are two lines more.
        var end = lines.Length - 3;
        if (lines[end].Length > 0 || lines[3..end].Any(l => l.IndexOf(':', StringComparison.Ordinal) < 1))
            return null;
        return new CanonicalText
        {
            Method = lines[0],
            Path = lines[1],
            Query = lines[2],
            Headers = [.. lines[3..end].Select(l => l.Split(':', 2)).Select(h => KeyValuePair.Create(h[0], h[1]))],
            SignedHeaders = lines[^2],
            PayloadHash = lines[^1],
        };
    }
}
