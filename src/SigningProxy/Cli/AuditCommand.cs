using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using SigningProxy.Store;

namespace SigningProxy.Cli;

/// <summary><c>catalog audit</c>: who did what in Setup, and when.</summary>
internal static class AuditCommand
{
    private const int MostRows = 10_000;
    private static readonly string[] Heads = ["TIME", "WHO", "WHAT", "ENTRY", "REVISION", "FIELDS"];

    public static Command Create()
    {
        var host = new SetupOptionSet();
        var limit = new Option<int>("--limit") { Description = $"The most rows, from 1 to {MostRows}.", DefaultValueFactory = _ => 50, HelpName = "count" };
        limit.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > MostRows)
                result.AddError($"--limit takes a number from 1 to {MostRows}.");
        });
        var output = CommandOptions.Output();
        var command = new CommandWithExamples(
            "audit",
            "Show who did what in Setup, the latest first: which fields changed, and never their values.",
            "signing-proxy catalog audit --settings settings.json",
            "signing-proxy catalog audit --limit 1000 --output json --settings settings.json")
        {
            limit,
            output,
        };
        host.AddTo(command);
        command.SetAction(result => host.Do(result, setup =>
        {
            using var store = setup.Open();
            var rows = store.Audit(new AuditQuery(result.GetValue(limit)));
            if (result.GetValue(output) == OutputForm.Json)
                CommandOptions.WriteJson(result.InvocationConfiguration.Output, json => WriteJson(rows, json));
            else
                result.InvocationConfiguration.Output.WriteLine(rows.Count == 0 ? "Nothing was done yet." : Table(rows));
        }));
        return command;
    }

    private static string Table(IReadOnlyList<AuditRow> rows)
    {
        List<string[]> cells = [Heads, .. rows.Select(Cells)];
        var widths = Heads.Select((_, column) => cells.Max(row => row[column].Length)).ToList();
        return string.Join('\n', cells.Select(row => string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd()));
    }

    private static string[] Cells(AuditRow row) =>
    [
        row.Time.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        SessionTable.Printable(row.Who),
        row.What,
        SessionTable.Printable($"{row.Kind} {row.Name}".Trim()),
        row is { FromRevision: null, ToRevision: null } ? "" : $"{row.FromRevision?.ToString(CultureInfo.InvariantCulture) ?? "-"} -> {row.ToRevision?.ToString(CultureInfo.InvariantCulture) ?? "-"}",
        SessionTable.Printable(string.Join(", ", row.Fields)),
    ];

    private static void WriteJson(IReadOnlyList<AuditRow> rows, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartArray("items");
        foreach (var row in rows)
        {
            json.WriteStartObject();
            json.WriteNumber("id", row.Id);
            json.WriteString("time", row.Time.UtcDateTime);
            json.WriteString("who", row.Who);
            json.WriteString("what", row.What);
            json.WriteString("kind", row.Kind);
            json.WriteString("name", row.Name);
            WriteNumber("fromRevision", row.FromRevision);
            WriteNumber("toRevision", row.ToRevision);
            json.WriteStartArray("fields");
            foreach (var field in row.Fields)
                json.WriteStringValue(field);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();

        void WriteNumber(string name, long? number)
        {
            if (number is { } value)
                json.WriteNumber(name, value);
            else
                json.WriteNull(name);
        }
    }
}
