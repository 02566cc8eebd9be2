using System.Globalization;
using System.Text.Json;
using SigningProxy.Explain.Comparing;

namespace SigningProxy.Explain;

/// <summary>An explanation as the members of a JSON object.</summary>
internal static class ExplanationJson
{
    /// <summary>Members without a value are null and stand there nevertheless.</summary>
    /// <param name="of">With its secrets redacted.</param>
    /// <param name="to">Inside an object.</param>
    public static void Write(Explanation of, Utf8JsonWriter to)
    {
        to.WriteString("method", of.Method);
        to.WriteString("url", of.Url);
        to.WriteString("algorithm", of.Algorithm);
        to.WriteString("service", of.Service);
        to.WriteString("region", of.Region);
        to.WriteString("accessKeyId", of.AccessKeyId);
        to.WriteString("date", of.Instant.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture));
        to.WriteString("canonicalRequest", of.CanonicalRequest);
        to.WriteString("stringToSign", of.StringToSign);
        to.WriteString("scope", of.Scope);
        to.WriteString("signedHeaders", of.SignedHeaders);
        to.WriteString("payloadHash", of.PayloadHash);
        to.WriteString("signature", of.Signature);
        to.WriteString("authorization", of.Authorization);
        to.WriteStartObject("headers");
        // Of a name that comes several times, one line that means the same.
        foreach (var header in of.Headers.GroupBy(h => h.Name, StringComparer.OrdinalIgnoreCase))
            to.WriteString(header.Key, string.Join(',', header.Select(h => h.Value)));
        to.WriteEndObject();
        to.WriteStartArray("notes");
        foreach (var note in of.Notes)
            to.WriteStringValue(note);
        to.WriteEndArray();
        if (of.Comparison is { } comparison)
            Write(comparison, to);
        else
            to.WriteNull("comparison");
    }

    private static void Write(Comparison of, Utf8JsonWriter to)
    {
        to.WriteStartObject("comparison");
        to.WriteString("code", of.Code);
        to.WriteBoolean("equal", of.IsEqual);
        to.WriteString("verdict", of.Verdict);
        to.WriteStartArray("differences");
        foreach (var difference in of.Differences)
        {
            to.WriteStartObject();
            to.WriteString("part", difference.Part);
            to.WriteString("ours", difference.Ours);
            to.WriteString("theirs", difference.Theirs);
            to.WriteString("hint", difference.Hint);
            to.WriteEndObject();
        }
        to.WriteEndArray();
        to.WriteEndObject();
    }
}
