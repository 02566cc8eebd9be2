using System.Text;
using System.Text.RegularExpressions;
using SigningProxy.Catalog.Validation;
using SigningProxy.SigV4;

namespace SigningProxy.Explain.Requests;

/// <summary>Reads an HTTP/1.1 request from a text: lines may end in LF or CRLF, and what follows the first empty line is the body.</summary>
internal static partial class RawRequestReader
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="ExplainException">It is no request; the message names line and mend.</exception>
    public static RawRequest Read(ReadOnlyMemory<byte> text)
    {
        if (text.Span.StartsWith(Encoding.UTF8.Preamble))
            text = text[Encoding.UTF8.Preamble.Length..];
        var (lines, body) = Divide(text);
        if (lines.Count == 0)
            throw new ExplainException("The request is empty. Write its request line first, such as GET /path HTTP/1.1.");
        var (method, target) = RequestLine(lines[0]);
        var headers = Headers(lines);
        var (scheme, host, path, query) = Target(target, lines[0].Number);
        if (headers.FindIndex(h => h.Name.Equals("Host", StringComparison.OrdinalIgnoreCase)) < 0 && host is not null)
            headers.Insert(0, new RequestHeader("Host", host));
        var (whole, note) = RawBody.Of(body, headers);
        return new RawRequest
        {
            Method = method,
            Scheme = scheme,
            Path = path,
            Query = query,
            Headers = headers,
            Body = whole,
            Notes = note is null ? [] : [note],
        };
    }

    private static (List<HeadLine> Lines, ReadOnlyMemory<byte> Body) Divide(ReadOnlyMemory<byte> text)
    {
        var lines = new List<HeadLine>();
        for (var number = 1; !text.IsEmpty; number++)
        {
            var end = text.Span.IndexOf((byte)'\n');
            var line = end < 0 ? text : text[..end];
            text = end < 0 ? default : text[(end + 1)..];
            if (line.Span.EndsWith("\r"u8))
                line = line[..^1];
            if (!line.IsEmpty)
                lines.Add(new HeadLine(number, Decode(line.Span, number)));
            else if (lines.Count > 0)
                return (lines, text);
        }
        return (lines, default);
    }

    private static string Decode(ReadOnlySpan<byte> line, int number)
    {
        try
        {
            var text = Strict.GetString(line);
            return text.Any(c => c != '\t' && char.IsControl(c))
                ? throw ExplainException.At(number, "it holds a control character", "End lines with LF or CRLF, and take the character out.")
                : text;
        }
        catch (DecoderFallbackException)
        {
            throw ExplainException.At(number, "it is not UTF-8", "Write the request in UTF-8; a body may hold any bytes, after an empty line.");
        }
    }

    private static (string Method, string Target) RequestLine(HeadLine line)
    {
        if (line.Text.StartsWith("> ", StringComparison.Ordinal))
            throw ExplainException.At(line.Number, "it begins with curl's \"> \"", "Take that off every line: sed 's/^> //'.");
        if (line.Text.StartsWith("HTTP/", StringComparison.Ordinal))
            throw ExplainException.At(line.Number, "this is an answer and no request", "An answer of AWS's goes to --compare.");
        var method = line.Text.IndexOf(' ', StringComparison.Ordinal);
        var version = line.Text.LastIndexOf(' ');
        if (version <= method || !Version().IsMatch(line.Text.AsSpan(version + 1)))
            throw ExplainException.At(line.Number, "it is no request line", "Write method, target and version, such as GET /path?a=1 HTTP/1.1.");
        if (!HeaderRules.IsToken(line.Text[..method]))
            throw ExplainException.At(line.Number, $"\"{line.Text[..method]}\" is no method", "Begin with one such as GET, without white space before it.");
        return (line.Text[..method], line.Text[(method + 1)..version].Trim(' '));
    }

    private static List<RequestHeader> Headers(List<HeadLine> lines)
    {
        var headers = new List<RequestHeader>();
        foreach (var (number, text) in lines.Skip(1))
        {
            if (text[0] is ' ' or '\t')
            {
                if (headers.Count == 0)
                    throw ExplainException.At(number, "it begins with white space and there is no header above it to go on", "Begin a header with its name.");
                // A folded line counts as white space (RFC 9112, section 5.2).
                headers[^1] = headers[^1] with { Value = $"{headers[^1].Value} {text.Trim(' ', '\t')}".Trim() };
                continue;
            }
            if (text[0] == ':')
                throw ExplainException.At(number, "it is a pseudo-header of HTTP/2", "Write a request line and a Host header in place of those with a colon in front.");
            var colon = text.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0)
                throw ExplainException.At(number, "it has no colon", "Write a header as Name: value, and an empty line before the body.");
            if (!HeaderRules.IsToken(text[..colon]))
                throw ExplainException.At(number, $"\"{text[..colon]}\" is no header name", "Let the colon follow the name at once, and write the name without spaces.");
            headers.Add(new RequestHeader(text[..colon], text[(colon + 1)..].Trim(' ', '\t')));
            if (headers.Count(h => h.Name.Equals("Host", StringComparison.OrdinalIgnoreCase)) > 1)
                throw ExplainException.At(number, "Host comes a second time", "Leave the one that is sent.");
        }
        return headers;
    }

    private static (string Scheme, string? Host, string Path, string Query) Target(string target, int line)
    {
        var scheme = Uri.UriSchemeHttps;
        string? host = null;
        if (WholeUrl().Match(target) is { Success: true } url)
            (scheme, host, target) = (url.Groups["scheme"].Value.ToLowerInvariant(), url.Groups["host"].Value, url.Groups["rest"].Value);
        if (host is not null && !target.StartsWith('/'))
            target = "/" + target;
        if (!target.StartsWith('/'))
            throw ExplainException.At(line, $"the target \"{target}\" does not begin with a slash", "Write a path, such as /path?a=1, or a whole URL.");
        var question = target.IndexOf('?', StringComparison.Ordinal);
        var (path, query) = question < 0 ? (target, "") : (target[..question], target[(question + 1)..]);
        return HalfTriplet().IsMatch(target)
            ? throw ExplainException.At(line, "the target holds a percent sign without two hexadecimal digits", "Write a percent sign that is meant as such as %25.")
            : (scheme, host, path, query);
    }

    [GeneratedRegex(@"^HTTP/[0-9](?:\.[0-9])?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Version();

    [GeneratedRegex(@"^(?<scheme>https?)://(?<host>[^/?#]+)(?<rest>.*)\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex WholeUrl();

    [GeneratedRegex("%(?![0-9A-Fa-f]{2})", RegexOptions.CultureInvariant)]
    private static partial Regex HalfTriplet();

    private readonly record struct HeadLine(int Number, string Text);
}
