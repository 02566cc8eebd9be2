using System.Text.Json;

namespace SigningProxy.Explain.Comparing;

/// <summary>Reads an error answer in JSON, whose message quotes what AWS made of the request; or what <c>explain --output json</c> wrote.</summary>
internal static class JsonAnswer
{
    /// <returns>The answer, or null when the text is no JSON.</returns>
    public static AwsAnswer? Read(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            var members = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            Collect(json.RootElement, members);
            return new AwsAnswer
            {
                Code = (members.GetValueOrDefault("__type") ?? members.GetValueOrDefault("code"))?.Split('#')[^1],
                Message = members.GetValueOrDefault("message"),
                CanonicalRequest = members.TryGetValue("canonicalRequest", out var canonical) ? CanonicalText.Parse(canonical) : null,
                StringToSign = members.TryGetValue("stringToSign", out var stringToSign) ? StringToSignText.Parse(stringToSign) : null,
            }.WithQuotes();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void Collect(JsonElement of, Dictionary<string, string> into)
    {
        foreach (var member in of.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.String)
                into.TryAdd(member.Name, member.Value.GetString()!);
            else if (member.Value.ValueKind == JsonValueKind.Object)
                Collect(member.Value, into);
        }
    }
}
