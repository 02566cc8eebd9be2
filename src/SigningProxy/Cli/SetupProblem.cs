using System.Text;
using System.Text.Json;

namespace SigningProxy.Cli;

/// <summary>Tells a person why Setup refused: what happened, and beneath it every rule that is broken with its mend.</summary>
internal static class SetupProblem
{
    /// <param name="problem">Problem details of RFC 9457.</param>
    /// <returns>Null where it is something else.</returns>
    public static string? InWords(string problem)
    {
        try
        {
            using var json = JsonDocument.Parse(problem);
            if (json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.TryGetProperty("detail", out var detail))
                return null;
            var words = new StringBuilder(SessionTable.Printable(detail.GetString() ?? ""));
            foreach (var error in Members(json.RootElement, "errors"))
                words.Append("\n  ").Append(Text(error, "entry")).Append(": ").Append(Text(error, "rule")).Append(". ").Append(Text(error, "mend"));
            foreach (var user in Members(json.RootElement, "usedBy"))
                words.Append("\n  ").Append(Text(user, "kind")).Append(' ').Append(Text(user, "name")).Append(": ").Append(Text(user, "field"));
            return words.ToString();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static IEnumerable<JsonElement> Members(JsonElement of, string name) =>
        of.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : [];

    private static string Text(JsonElement of, string name) =>
        of.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? SessionTable.Printable(text.GetString()!) : "";
}
