using System.Buffers;
using System.Buffers.Text;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using SigningProxy.SigV4;

namespace SigningProxy.Destinations;

/// <summary>Status and headers of an answer, and how long its body is (RFC 9112, sections 4 to 6). Read strictly: what two readers could take differently is no answer.</summary>
internal sealed class AnswerHead
{
    /// <summary>More than any of AWS's answers has.</summary>
    public const int MostBytes = 64 * 1024;

    private const int StatusLineBytes = 12;

    private static readonly SearchValues<byte> InTokens =
        SearchValues.Create("!#$%&'*+-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ^_`abcdefghijklmnopqrstuvwxyz|~"u8);

    // What would end a line for some and not for others.
    private static readonly SearchValues<byte> NotInValues = SearchValues.Create("\0\r\n"u8);

    private AnswerHead(int status, string reason, bool isHttp10) => (Status, Reason, Closes) = (status, reason, isHttp10);

    public int Status { get; }

    public string Reason { get; }

    /// <summary>In their order, a name as often as it came.</summary>
    public List<RequestHeader> Headers { get; } = new(12);

    /// <summary>What Content-Length says; null without one.</summary>
    public long? ContentLength { get; private set; }

    /// <summary>Whether the body comes in chunks.</summary>
    public bool IsChunked { get; private set; }

    /// <summary>What Connection lists, in one line; null without it.</summary>
    public string? Connection { get; private set; }

    /// <summary>Whether the connection ends with this answer.</summary>
    public bool Closes { get; private set; }

    /// <summary>An answer before the answer, such as 100 (Continue).</summary>
    public bool IsInterim => Status < 200;

    /// <summary>The value of a header; the first, where there are several.</summary>
    public string? Value(string name)
    {
        foreach (var header in Headers)
        {
            if (header.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                return header.Value;
        }
        return null;
    }

    /// <summary>How many bytes the head takes with its empty line; -1 while its end has not come.</summary>
    public static int LengthIn(ReadOnlySpan<byte> received)
    {
        var end = received.IndexOf("\r\n\r\n"u8);
        return end < 0 ? -1 : end + 4;
    }

    /// <param name="bytes">A whole head, with its empty line.</param>
    /// <exception cref="BrokenAnswerException">It is none.</exception>
    public static AnswerHead Parse(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf("\r\n"u8);
        var head = OfStatusLine(bytes[..end]);
        for (var rest = bytes[(end + 2)..]; !rest.StartsWith("\r\n"u8); rest = rest[(end + 2)..])
        {
            end = rest.IndexOf("\r\n"u8);
            var line = LineOf(rest[..end]);
            var header = line.AsText();
            head.Headers.Add(header);
            head.Frame(header, line.Value);
        }
        // RFC 9112, section 6.3: the length is for no one to go by then, and the connection not to be trusted.
        if (head is { IsChunked: true, ContentLength: not null })
            (head.ContentLength, head.Closes) = (null, true);
        return head;
    }

    /// <summary>Reads a line behind the last chunk.</summary>
    /// <exception cref="BrokenAnswerException">It is no header.</exception>
    public static RequestHeader Trailer(ReadOnlySpan<byte> line) => LineOf(line).AsText();

    private static HeaderLine LineOf(ReadOnlySpan<byte> line)
    {
        var colon = line.IndexOf((byte)':');
        if (colon <= 0 || line[..colon].ContainsAnyExcept(InTokens) || line.ContainsAny(NotInValues))
            throw new BrokenAnswerException("the answer has a line that is no header.");
        return new HeaderLine(line[..colon], line[(colon + 1)..].Trim(" \t"u8));
    }

    private static AnswerHead OfStatusLine(ReadOnlySpan<byte> line)
    {
        if (line.Length < StatusLineBytes || !line.StartsWith("HTTP/1."u8) || line[7] is not ((byte)'0' or (byte)'1') || line[8] != ' '
            || (line.Length > StatusLineBytes && line[StatusLineBytes] != ' ') || line.ContainsAny(NotInValues)
            || !Utf8Parser.TryParse(line[9..StatusLineBytes], out int status, out var digits) || digits != 3 || status is < 100 or > 999)
        {
            throw new BrokenAnswerException("the answer does not begin with a status line of HTTP/1.1.");
        }
        var reason = line.Length > StatusLineBytes ? line[(StatusLineBytes + 1)..] : default;
        var usual = ReasonPhrases.GetReasonPhrase(status);
        return new AnswerHead(status, Ascii.Equals(reason, usual) ? usual : Encoding.Latin1.GetString(reason), line[7] == '0');
    }

    private void Frame(in RequestHeader header, ReadOnlySpan<byte> value)
    {
        switch (header.Name)
        {
            case "Content-Length":
                if (!Utf8Parser.TryParse(value, out long length, out var digits) || digits != value.Length || value.ContainsAnyExceptInRange((byte)'0', (byte)'9') || (ContentLength ?? length) != length)
                    throw new BrokenAnswerException("the answer's Content-Length is no number, or there are two.");
                ContentLength = length;
                break;
            case "Transfer-Encoding":
                if (IsChunked || !Ascii.EqualsIgnoreCase(value, "chunked"u8))
                    throw new BrokenAnswerException("the answer's Transfer-Encoding is not chunked.");
                IsChunked = true;
                break;
            case "Connection":
                Connection = Connection is null ? header.Value : $"{Connection},{header.Value}";
                Closes |= header.Value.Contains("close", StringComparison.OrdinalIgnoreCase);
                break;
        }
    }

    private readonly ref struct HeaderLine(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        private readonly ReadOnlySpan<byte> _name = name;

        public ReadOnlySpan<byte> Value { get; } = value;

        public RequestHeader AsText() => new(HeaderNameTable.Of(_name), Encoding.Latin1.GetString(Value));
    }
}
