using System.Diagnostics;
using System.Text;
using System.Text.Json;
using SigningProxy.Access;
using SigningProxy.Callouts;
using SigningProxy.SigV4;

namespace SigningProxy.Setup.Api;

/// <summary>What came of a test call, its secrets taken out wherever they stand.</summary>
internal sealed class TestCallAnswer(HttpContext call, AccessReport report, BoundedBody body, SigningTrace trace, IReadOnlyList<string> secrets)
{
    private const string Hidden = "<secret not shown>";
    private const int ShortestSecret = 8;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Who was to sign, and why.</summary>
    public AccessReport Report => report;

    /// <summary>The principal that signed, or null.</summary>
    public string? Principal => call.Features.Get<AccessDecision>()?.Principal.Name;

    /// <summary>The code by which it was refused here, or null.</summary>
    public string? Refusal => call.Features.Get<Refusal>()?.Kind.Code;

    public string? CanonicalRequest => trace.CanonicalRequest is { Length: > 0 } canonical ? Shown(canonical) : null;

    public string? StringToSign => trace.StringToSign is { Length: > 0 } toSign ? Shown(toSign) : null;

    public int Status => call.Response.StatusCode;

    public IEnumerable<(string Name, string Value)> Headers => call.Response.Headers.Select(h => (h.Key, Shown(h.Value.ToString())));

    /// <summary>All that came of the body, kept or not.</summary>
    public long BodyBytes => body.Written;

    public bool IsBodyCut => body.Written > body.Kept.Length;

    /// <summary>How long each step took; null for one that was not begun.</summary>
    public IEnumerable<(CallStep Step, TimeSpan? Took)> Times => Enum.GetValues<CallStep>().Select(step => (step, call.Features.Get<CallTimes>()?.Of(step)));

    /// <summary>What is kept of the body: text, or bytes in Base64.</summary>
    public (string Text, bool IsBase64) Body()
    {
        if (Text(body.Kept) is { } text)
            return (Shown(text), false);
        // In Base64 nobody would find a secret to take it out.
        return Shown(Encoding.Latin1.GetString(body.Kept.Span)).Contains(Hidden, StringComparison.Ordinal) ? (Hidden, false) : (Convert.ToBase64String(body.Kept.Span), true);
    }

    /// <summary>Writes all of it as members of an object.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteString("decision", report.Verdict());
        json.WriteString("principal", Principal);
        json.WriteString("refusal", Refusal);
        json.WriteString("canonicalRequest", CanonicalRequest);
        json.WriteString("stringToSign", StringToSign);
        json.WriteNumber("status", Status);
        json.WriteStartObject("headers");
        foreach (var (name, value) in Headers)
            json.WriteString(name, value);
        json.WriteEndObject();
        json.WriteNumber("bodyBytes", BodyBytes);
        json.WriteBoolean("bodyTruncated", IsBodyCut);
        var (text, isBase64) = Body();
        json.WriteString("body", text);
        json.WriteString("bodyEncoding", isBase64 ? "base64" : "utf-8");
        WriteTimes(json);
    }

    private void WriteTimes(Utf8JsonWriter json)
    {
        json.WriteStartObject("milliseconds");
        foreach (var (step, took) in Times)
        {
            if (took is { } known)
                json.WriteNumber(JsonNamingPolicy.CamelCase.ConvertName(step.ToString()), Math.Round(known.TotalMilliseconds, 3));
            else
                json.WriteNull(JsonNamingPolicy.CamelCase.ConvertName(step.ToString()));
        }
        json.WriteEndObject();
        json.WriteString("traceId", Activity.Current?.TraceId.ToHexString());
    }

    /// <summary>A text that was cut in the middle of a character is one all the same.</summary>
    private static string? Text(ReadOnlyMemory<byte> bytes)
    {
        for (var cut = 0; cut < 4 && cut <= bytes.Length; cut++)
        {
            try
            {
                return Strict.GetString(bytes.Span[..^cut]);
            }
            catch (DecoderFallbackException)
            {
                // Perhaps one byte less.
            }
        }
        return null;
    }

    private string Shown(string text) => secrets.Where(s => s.Length >= ShortestSecret).SelectMany(s => (string[])[s, Uri.EscapeDataString(s)])
        .Aggregate(text, (shown, secret) => shown.Replace(secret, Hidden, StringComparison.Ordinal));
}
