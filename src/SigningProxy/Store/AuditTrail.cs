using System.Data.Common;
using System.Globalization;

namespace SigningProxy.Store;

/// <summary>The rows that tell who did what. They are written with what they tell of, in one transaction.</summary>
/// <param name="connection">The database.</param>
/// <param name="who">Who does what is noted.</param>
/// <param name="at">When.</param>
internal sealed class AuditTrail(DbConnection connection, string who, DateTimeOffset at)
{
    /// <summary>The time, as tables hold it.</summary>
    public string At { get; } = at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public void Note(string what, string? kind = null, string? name = null, long? from = null, long? to = null, IReadOnlyList<string>? fields = null) => connection.Run(
        "INSERT INTO audit (time, who, what, kind, name, from_revision, to_revision, fields) VALUES (@time, @who, @what, @kind, @name, @from, @to, @fields)",
        ("@time", At), ("@who", who), ("@what", what), ("@kind", kind), ("@name", name), ("@from", from), ("@to", to), ("@fields", string.Join('\n', fields ?? [])));

    /// <summary>The latest rows that are asked for, the latest first.</summary>
    public static IReadOnlyList<AuditRow> Read(DbConnection connection, AuditQuery query)
    {
        var asked = new List<(string Condition, string Name, object Value)>();
        if (query.Before is { } before)
            asked.Add(("id < @before", "@before", before));
        if (query.Kind is { } kind)
            asked.Add(("kind = @kind", "@kind", kind));
        if (query.Name is { } name)
            asked.Add(("lower(name) = lower(@name)", "@name", name));
        if (query.Who is { } by)
            asked.Add(("who = @who", "@who", by));
        var where = asked.Count == 0 ? "" : $"WHERE {string.Join(" AND ", asked.Select(a => a.Condition))}";
        return connection.Rows(
            $"SELECT id, time, who, what, kind, name, from_revision, to_revision, fields FROM audit {where} ORDER BY id DESC LIMIT @limit",
            Row,
            [.. asked.Select(a => (a.Name, (object?)a.Value)), ("@limit", (long)query.Limit)]);
    }

    private static AuditRow Row(DbDataReader row) => new(
        row.GetInt64(0), DateTimeOffset.Parse(row.GetString(1), CultureInfo.InvariantCulture), row.GetString(2), row.GetString(3),
        row.IsDBNull(4) ? null : row.GetString(4), row.IsDBNull(5) ? null : row.GetString(5),
        row.IsDBNull(6) ? null : row.GetInt64(6), row.IsDBNull(7) ? null : row.GetInt64(7),
        row.GetString(8).Split('\n', StringSplitOptions.RemoveEmptyEntries));
}
