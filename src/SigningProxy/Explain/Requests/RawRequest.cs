using SigningProxy.SigV4;

namespace SigningProxy.Explain.Requests;

/// <summary>A request as somebody wrote it down.</summary>
internal sealed record RawRequest
{
    public required string Method { get; init; }

    /// <summary>As written; begins with a slash.</summary>
    public required string Path { get; init; }

    /// <summary>As written, without its question mark.</summary>
    public required string Query { get; init; }

    /// <summary>In their order, folded ones as one line, without white space around their values.</summary>
    public required IReadOnlyList<RequestHeader> Headers { get; init; }

    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The scheme of a target that is a whole URL, else https.</summary>
    public string Scheme { get; init; } = Uri.UriSchemeHttps;

    /// <summary>What the reader took otherwise than it may have been meant, each one or more sentences.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The one value of a header, several joined by a comma, or null.</summary>
    public string? Header(string name) =>
        Headers.Where(h => h.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(h => h.Value).ToList() is { Count: > 0 } values
            ? string.Join(',', values)
            : null;
}
