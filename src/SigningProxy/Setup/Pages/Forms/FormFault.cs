using System.Buffers;
using System.Text.Json;
using SigningProxy.Setup.Api;

namespace SigningProxy.Setup.Pages.Forms;

/// <summary>What is wrong with what was filled in, in the words of the API.</summary>
/// <param name="Pointer">Where, as a JSON pointer; null for a fault of another entry.</param>
/// <param name="Entry">The entry that it is of.</param>
/// <param name="Said">The rule that is broken, and the mend.</param>
internal sealed record FormFault(string? Pointer, string Entry, string Said)
{
    /// <summary>All that a problem tells, read from the very answer that the API would give.</summary>
    public static IReadOnlyList<FormFault> Of(ProblemException problem) =>
        [.. Items(problem.Members, "errors").Select(e => new FormFault(e.GetProperty("pointer").GetString(), e.GetProperty("entry").GetString() ?? "", $"{Sentence(e)} {e.GetProperty("mend").GetString()}"))];

    /// <summary>What uses an entry that cannot be deleted: each with its kind, as the catalog calls it, and its name.</summary>
    public static IReadOnlyList<(string Kind, string Name)> UsersOf(ProblemException problem) =>
        [.. Items(problem.Members, "usedBy").Select(u => (u.GetProperty("kind").GetString()!, u.GetProperty("name").GetString()!)).Distinct()];

    private static List<JsonElement> Items(Action<Utf8JsonWriter>? members, string member)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            members?.Invoke(json);
            json.WriteEndObject();
        }
        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        return document.RootElement.TryGetProperty(member, out var items) ? [.. items.Clone().EnumerateArray()] : [];
    }

    private static string Sentence(JsonElement error) => error.GetProperty("rule").GetString() is { Length: > 0 } rule ? $"{char.ToUpperInvariant(rule[0])}{rule[1..]}." : "";
}
