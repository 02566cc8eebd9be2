using System.Globalization;
using SigningProxy.SigV4;

namespace SigningProxy.Explain.Requests;

/// <summary>Tells which of the bytes behind the empty line are the body: editors and shells end a file with a line feed of their own.</summary>
internal static class RawBody
{
    /// <param name="rest">What follows the empty line.</param>
    /// <param name="headers">The headers above it.</param>
    /// <returns>The body, and what should be known of it, or null.</returns>
    /// <exception cref="ExplainException">The headers announce another body than there is.</exception>
    public static (ReadOnlyMemory<byte> Body, string? Note) Of(ReadOnlyMemory<byte> rest, IEnumerable<RequestHeader> headers)
    {
        var lengths = headers.Where(h => h.Name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase)).Select(h => h.Value).Distinct().ToList();
        if (!rest.IsEmpty && headers.Any(h => h.Name.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase)))
            throw new ExplainException("The request has Transfer-Encoding, and a body is taken as it stands. Write the body without its chunk sizes, and take the header out.");
        if (lengths.Count == 0)
            return (rest, OfLineEnd(rest.Span));
        if (lengths.Count > 1 || !int.TryParse(lengths[0], NumberStyles.None, CultureInfo.InvariantCulture, out var length))
            throw new ExplainException($"Content-Length is \"{string.Join("\" and \"", lengths)}\". Give one number, or leave the header out.");
        if (rest.Length == length)
            return (rest, null);
        if (rest.Length > length && rest.Span[length..].SequenceEqual("\n"u8) || rest.Length > length && rest.Span[length..].SequenceEqual("\r\n"u8))
            return (rest[..length], $"The line end behind the {length} bytes of Content-Length is left out.");
        throw new ExplainException(
            $"Content-Length says {length} bytes, and {rest.Length} follow the empty line. Correct it or leave it out: the body that is signed must be the one that is sent.");
    }

    private static string? OfLineEnd(ReadOnlySpan<byte> body) => body.EndsWith("\n"u8)
        ? "The body ends in a line feed, which counts. If an editor or echo put it there, take it off, or give Content-Length."
        : null;
}
