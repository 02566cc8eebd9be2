using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace SigningProxy.Destinations;

/// <summary>Writes request line and headers (RFC 9112, sections 3 to 6). Whatever would read as more than one line is refused here, wherever it came from.</summary>
internal static class RequestHead
{
    private const int MostBytesOfAChar = 3;
    private const int Framing = 128;

    private static readonly SearchValues<char> InTokens =
        SearchValues.Create("!#$%&'*+-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ^_`abcdefghijklmnopqrstuvwxyz|~");

    private static readonly SearchValues<char> NotInValues = SearchValues.Create("\0\r\n");

    /// <summary>At most so many bytes are written for a request.</summary>
    public static int MostBytes(OutboundRequest request)
    {
        var chars = request.Method.Length + request.Path.Length + request.Query.Length + request.Host.Length;
        foreach (var header in request.Headers)
            chars += header.Name.Length + header.Value.Length + 4;
        return (chars * MostBytesOfAChar) + Framing;
    }

    /// <returns>How many bytes were written.</returns>
    /// <exception cref="UnsendableException">Something of the request cannot be written as what it is.</exception>
    public static int Write(OutboundRequest request, Span<byte> to)
    {
        var written = 0;
        Put(to, ref written, Judged(request.Method, IsToken(request.Method), "method"));
        Put(to, ref written, " "u8);
        Put(to, ref written, Judged(request.Path, IsTarget(request.Path), "path"));
        if (request.Query.Length > 0)
        {
            Put(to, ref written, "?"u8);
            Put(to, ref written, Judged(request.Query, IsTarget(request.Query), "query"));
        }
        Put(to, ref written, " HTTP/1.1\r\nHost: "u8);
        Put(to, ref written, Judged(request.Host, IsTarget(request.Host), "host"));
        foreach (var (name, value) in request.Headers)
        {
            Put(to, ref written, "\r\n"u8);
            Put(to, ref written, Judged(name, IsToken(name), "name of a header"));
            Put(to, ref written, ": "u8);
            Put(to, ref written, Judged(value, !value.AsSpan().ContainsAny(NotInValues), name));
        }
        Frame(request, to, ref written);
        Put(to, ref written, "\r\n\r\n"u8);
        return written;
    }

    private static void Frame(OutboundRequest request, Span<byte> to, ref int written)
    {
        if (request.Body is { Length: null })
        {
            Put(to, ref written, "\r\nTransfer-Encoding: chunked"u8);
            return;
        }
        // Where a method means a body, a request without one says so (RFC 9110, section 8.6).
        if (request.Body is null && request.Method is "GET" or "HEAD" or "DELETE" or "OPTIONS")
            return;
        Put(to, ref written, "\r\nContent-Length: "u8);
        Utf8Formatter.TryFormat(request.Body?.Length ?? 0, to[written..], out var digits);
        written += digits;
    }

    private static bool IsToken(string text) => text.Length > 0 && !text.AsSpan().ContainsAnyExcept(InTokens);

    private static bool IsTarget(string text) => text.Length > 0 && !text.AsSpan().ContainsAnyExceptInRange('!', '~');

    private static string Judged(string text, bool isGood, string what) => isGood ? text : throw new UnsendableException($"The request cannot be sent: its {what} holds what HTTP/1.1 has no place for.");

    private static void Put(Span<byte> to, ref int written, string text) => written += Encoding.UTF8.GetBytes(text, to[written..]);

    private static void Put(Span<byte> to, ref int written, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(to[written..]);
        written += bytes.Length;
    }
}
