using System.Text;
using System.Text.Json;

namespace SigningProxy.Forwarding;

/// <summary>Finds AWS's error code in an answer: in the header <c>x-amzn-errortype</c>, else in the beginning of the body, which the caller then gets untouched.</summary>
internal static class AnswerCode
{
    /// <summary>Error bodies are small; what is longer is no error of AWS's.</summary>
    public const int MostBytes = 16 * 1024;

    public static async ValueTask<string?> ReadAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        if (answer.Headers.NonValidated.TryGetValues("x-amzn-errortype", out var types))
            return Plain(types.ToString());
        var content = answer.Content;
        if (content.Headers.ContentLength is 0 or > MostBytes || content.Headers.ContentEncoding.Count > 0)
            return null;
        var buffer = new byte[content.Headers.ContentLength is { } length ? (int)length : MostBytes];
        var stream = await content.ReadAsStreamAsync(cancellation);
        var (read, broken) = await FillAsync(buffer, stream, cancellation);
        answer.Content = new LookedIntoContent(content, buffer.AsMemory(0, read), stream, broken);
        return In(buffer.AsSpan(0, read));
    }

    /// <summary>Reads to the end or until the buffer is full. Where the answer breaks off, it is to break off for the caller, who has the status by then.</summary>
    private static async Task<(int Read, Exception? Broken)> FillAsync(Memory<byte> buffer, Stream stream, CancellationToken cancellation)
    {
        var read = 0;
        try
        {
            while (read < buffer.Length && await stream.ReadAsync(buffer[read..], cancellation) is > 0 and var more)
                read += more;
            return (read, null);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            return (read, e);
        }
    }

    /// <summary>The code in a body of JSON (<c>__type</c>, <c>code</c>) or XML (<c>Code</c>), or null.</summary>
    public static string? In(ReadOnlySpan<byte> body)
    {
        var start = body.TrimStart(" \t\r\n"u8);
        if (start.StartsWith("{"u8))
            return InJson(start);
        return start.StartsWith("<"u8) ? InXml(start) : null;
    }

    /// <summary>Services write <c>Code</c>, <c>namespace#Code</c>, <c>Code:http://...</c> and both together.</summary>
    private static string Plain(string written)
    {
        var colon = written.IndexOf(':', StringComparison.Ordinal);
        var code = colon < 0 ? written : written[..colon];
        return code[(code.LastIndexOf('#') + 1)..].Trim();
    }

    private static string? InJson(ReadOnlySpan<byte> body)
    {
        var json = new Utf8JsonReader(body, isFinalBlock: false, state: default);
        try
        {
            while (json.Read())
            {
                if (json.TokenType != JsonTokenType.PropertyName || json.CurrentDepth != 1)
                    continue;
                var isCode = json.ValueTextEquals("__type"u8) || json.ValueTextEquals("code"u8) || json.ValueTextEquals("Code"u8);
                if (!json.Read())
                    return null;
                if (isCode && json.TokenType == JsonTokenType.String)
                    return Plain(json.GetString()!);
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // No JSON after all, or a text in it that is none, and so no code.
        }
        return null;
    }

    private static string? InXml(ReadOnlySpan<byte> body)
    {
        var from = body.IndexOf("<Code>"u8);
        if (from < 0)
            return null;
        var rest = body[(from + "<Code>"u8.Length)..];
        var to = rest.IndexOf("</Code>"u8);
        return to is < 0 or > 128 ? null : Encoding.ASCII.GetString(rest[..to]).Trim();
    }
}
