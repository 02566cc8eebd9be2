using System.Globalization;
using System.Text.Json;

namespace SigningProxy.Cli;

/// <summary>Shows a person the entries of one kind, one line each.</summary>
internal static class EntryTable
{
    private const string Nothing = "-";

    private static readonly (string Head, Func<JsonElement, string> Cell) Name = ("NAME", e => Text(e, "name"));
    private static readonly (string Head, Func<JsonElement, string> Cell) Label = ("LABEL", e => Text(e, "label"));
    private static readonly (string Head, Func<JsonElement, string> Cell) Status = ("STATUS", e => e.TryGetProperty("status", out var status) ? Text(status, "state") : Nothing);
    private static readonly (string Head, Func<JsonElement, string> Cell) Principals = ("PRINCIPALS", e => List(e, "principals"));

    private static readonly (string Head, Func<JsonElement, string> Cell) MadeIn = ("MADE IN", e =>
        e.TryGetProperty("provisioned", out var place) && place.ValueKind == JsonValueKind.Object
            ? string.Create(CultureInfo.InvariantCulture, $"{Text(place, "file")}:{place.GetProperty("line").GetInt32()}")
            : string.Create(CultureInfo.InvariantCulture, $"Setup, revision {e.GetProperty("revision").GetInt64()}"));

    /// <param name="kind">By its word in the API's paths.</param>
    /// <param name="items">The entries.</param>
    public static string Of(string kind, IReadOnlyList<JsonElement> items)
    {
        var columns = Columns(kind);
        string[][] rows = [[.. columns.Select(c => c.Head)], .. items.Select(i => columns.Select(c => c.Cell(i)).ToArray())];
        var widths = columns.Select((_, column) => rows.Max(row => row[column].Length)).ToList();
        return string.Join('\n', rows.Select(row => string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd()));
    }

    private static (string Head, Func<JsonElement, string> Cell)[] Columns(string kind) => kind switch
    {
        "external-credentials" => [Name, ("VARIANT", e => Text(e, "variant", "AccessKey")), ("SERVICE", e => Text(e, "service")), ("REGION", e => Text(e, "region")), Principals, Status, MadeIn],
        "named-credentials" => [Name, ("URL", e => Text(e, "url")), ("EXTERNAL CREDENTIAL", e => Text(e, "externalCredential")), MadeIn],
        "permission-sets" => [Name, ("CALLERS", e => List(e, "callers")), Principals, MadeIn],
        "profiles" => [Name, Principals, MadeIn],
        "callers" => [Name, ("PROFILE", e => Text(e, "profile")), MadeIn],
        _ => [Name, Label, MadeIn],
    };

    private static string Text(JsonElement of, string name, string otherwise = Nothing) =>
        of.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? SessionTable.Printable(text.GetString()!) : otherwise;

    private static string List(JsonElement of, string name) =>
        of.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array && list.GetArrayLength() > 0
            ? string.Join(", ", list.EnumerateArray().Select(i => i.ValueKind == JsonValueKind.Object ? Text(i, "name") : SessionTable.Printable(i.GetString() ?? "")))
            : Nothing;
}
