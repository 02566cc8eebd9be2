using System.Globalization;
using System.Text.Json;

namespace SigningProxy.Cli;

/// <summary>Tells a person what the proxy says of its sessions.</summary>
internal static class SessionTable
{
    private const string Nothing = "-";
    private static readonly string[] Heads = ["NAME", "VARIANT", "KEY", "EXPIRES", "REASON", "NEXT", "LAST ERROR"];

    /// <summary>One line for each principal, in columns.</summary>
    /// <param name="answer">The proxy's answer, as JSON.</param>
    /// <param name="now">The instant of telling.</param>
    public static string Of(string answer, DateTimeOffset now)
    {
        using var json = JsonDocument.Parse(answer);
        List<string[]> rows = [.. json.RootElement.GetProperty("sessions").EnumerateArray().Select(s => Row(s, now))];
        if (rows.Count == 0)
            return "No sessions: the catalog has no principals. Declare some in its externalCredentials; \"signing-proxy validate\" judges it.";
        rows.Insert(0, Heads);
        var widths = Heads.Select((_, column) => rows.Max(row => row[column].Length)).ToList();
        return string.Join('\n', rows.Select(row => string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd()));
    }

    /// <summary>What came of a refresh, in one line.</summary>
    public static string Refreshed(string answer, DateTimeOffset now)
    {
        using var json = JsonDocument.Parse(answer);
        var session = json.RootElement.GetProperty("session");
        var outcome = Text(json.RootElement, "outcome") == "replaced" ? "obtained anew" : "obtained, and is the same as before";
        return $"{Text(session, "name")}: the session was {outcome}. Key {Text(session, "accessKeyId")}, expires {Expires(session)}.";
    }

    /// <summary>A span of time from now, such as <c>in 43 min</c> or <c>2 h ago</c>.</summary>
    public static string Away(TimeSpan span)
    {
        var length = span.Duration();
        var (count, unit) =
            length < TimeSpan.FromMinutes(2) ? ((long)length.TotalSeconds, "s")
            : length < TimeSpan.FromHours(2) ? ((long)length.TotalMinutes, "min")
            : length < TimeSpan.FromDays(2) ? ((long)length.TotalHours, "h")
            : ((long)length.TotalDays, "days");
        return span < TimeSpan.Zero
            ? string.Create(CultureInfo.InvariantCulture, $"{count} {unit} ago")
            : string.Create(CultureInfo.InvariantCulture, $"in {count} {unit}");
    }

    /// <summary>The text with what would move a terminal's cursor taken out: a service's own words are among it.</summary>
    public static string Printable(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));

    private static string[] Row(JsonElement session, DateTimeOffset now) =>
    [
        Text(session, "name"), Text(session, "variant"), Text(session, "accessKeyId"), Expires(session), Text(session, "reason"),
        Instant(session, "nextAttemptAt") is { } next ? Away(next > now ? next - now : TimeSpan.Zero) : Nothing, Problem(session, now),
    ];

    private static string Expires(JsonElement session) => session.GetProperty("secondsToExpiry") is { ValueKind: JsonValueKind.Number } seconds
        ? Away(TimeSpan.FromSeconds(seconds.GetInt64()))
        : Text(session, "accessKeyId") == Nothing ? Nothing : "never";

    private static string Problem(JsonElement session, DateTimeOffset now)
    {
        var missing = session.GetProperty("missing").EnumerateArray().Select(m => Printable(m.GetString()!)).ToList();
        if (missing.Count > 0)
            return $"not configured: {string.Join("; ", missing)}";
        return Instant(session, "lastErrorAt") is { } at ? $"{Away(at < now ? at - now : TimeSpan.FromSeconds(-1))}: {Text(session, "lastError")}" : Nothing;
    }

    private static DateTimeOffset? Instant(JsonElement session, string name) =>
        session.GetProperty(name) is { ValueKind: JsonValueKind.String } instant ? instant.GetDateTimeOffset() : null;

    private static string Text(JsonElement of, string name) => of.GetProperty(name).GetString() is { } text ? Printable(text) : Nothing;
}
