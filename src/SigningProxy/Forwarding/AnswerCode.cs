using System.Text;
using System.Text.Json;
using SigningProxy.Destinations;

namespace SigningProxy.Forwarding;

/// <summary>Finds AWS's error code in an answer: in the header <c>x-amzn-errortype</c>, else in the beginning of the body, which the caller then gets untouched.</summary>
internal static class AnswerCode
{
    /// <summary>Error bodies are small; what is longer is no error of AWS's.</summary>
    public const int MostBytes = 16 * 1024;

    public static async ValueTask<string?> ReadAsync(IAnswer answer, CancellationToken cancellation)
    {
        if (answer.Header("x-amzn-errortype") is { } type)
            return Plain(type);
        if (answer.ContentLength is 0 or > MostBytes || answer.Header("Content-Encoding") is not null)
            return null;
        var beginning = await answer.BeginningAsync((int)(answer.ContentLength ?? MostBytes), cancellation);
        return In(beginning.Span);
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
