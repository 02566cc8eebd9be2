using System.Globalization;
using System.Text.Json;

namespace SigningProxy.Cli;

/// <summary>Tells a person what Setup made of a file, entry by entry and field by field.</summary>
internal static class AppliedReport
{
    private const string Secret = "(secret)";

    /// <param name="answer">The API's answer.</param>
    /// <param name="dryRun">Whether nothing was written.</param>
    /// <param name="to">Takes the lines.</param>
    public static void Write(JsonElement answer, bool dryRun, TextWriter to)
    {
        var entries = answer.GetProperty("entries").EnumerateArray().ToList();
        foreach (var entry in entries)
        {
            var (before, after) = (entry.GetProperty("before").GetInt64(), entry.GetProperty("after").GetInt64());
            var name = $"{entry.GetProperty("kind").GetString()} {Printable(entry, "name")}";
            to.WriteLine(before == 0 ? $"+ {name}" : string.Create(CultureInfo.InvariantCulture, $"~ {name}, revision {before} -> {after}"));
            foreach (var change in entry.GetProperty("changes").EnumerateArray())
                to.WriteLine($"    {Words(change)}");
        }
        foreach (var warning in answer.GetProperty("warnings").EnumerateArray())
            to.WriteLine($"warning: {Printable(warning, "entry")}: {Printable(warning, "rule")}. {Printable(warning, "mend")}");
        if (answer.TryGetProperty("notInUse", out var why))
            to.WriteLine($"warning: {SessionTable.Printable(why.GetString()!)}");
        to.WriteLine(entries.Count == 0 ? "Nothing differs." : $"{entries.Count} {(entries.Count == 1 ? "entry" : "entries")} {(dryRun ? "would change" : "changed")}.");
    }

    private static string Words(JsonElement change) => (Value(change, "before"), Value(change, "after")) switch
    {
        (Secret, Secret) => $"{Printable(change, "field")}: (secret changed)",
        (null, var after) => $"{Printable(change, "field")}: {after}",
        (var before, null) => $"{Printable(change, "field")}: {before} -> (none)",
        var (before, after) => $"{Printable(change, "field")}: {before} -> {after}",
    };

    private static string Printable(JsonElement of, string name) => Value(of, name) ?? "";

    private static string? Value(JsonElement of, string name) => of.GetProperty(name).GetString() is { } text ? SessionTable.Printable(text) : null;
}
