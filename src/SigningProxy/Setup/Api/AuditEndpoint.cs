using System.Text.Json;
using SigningProxy.Setup.SignIn;
using SigningProxy.Store;

namespace SigningProxy.Setup.Api;

/// <summary>Who changed what and when, the latest first.</summary>
internal static class AuditEndpoint
{
    private const int Usual = 50;
    private const int Most = 500;

    public static IReadOnlyList<Route> Routes { get; } =
    [
        new("GET", "/audit", SetupPermission.View, ListAsync, new("Tell who changed what and when, the latest first", 200)
        {
            Answer = "AuditPage",
            Query =
            [
                ("limit", $"How many rows at most, 1 to {Most}; {Usual} when absent."), ("before", "Only rows of a lower id, as the page before gave it as next."),
                ("kind", "Only of entries of this kind: a word of the paths, or principals or administrators."), ("name", "Only of entries by this name, without regard to case."),
                ("who", "Only by this administrator."),
            ],
        }),
    ];

    private static Task ListAsync(ApiRequest request)
    {
        var limit = (int)request.Number("limit", Usual, Most);
        var before = request.Query("before") is null ? (long?)null : request.Number("before", 1, long.MaxValue);
        var rows = request.Get<SetupStore>().Audit(new AuditQuery(limit + 1, before, KindOf(request.Query("kind")), request.Query("name"), request.Query("who")));
        return ApiAnswer.WriteAsync(request.Context, StatusCodes.Status200OK, json =>
        {
            json.WriteStartArray("items");
            foreach (var row in rows.Take(limit))
                Write(json, row);
            json.WriteEndArray();
            if (rows.Count > limit)
                json.WriteNumber("next", rows[limit - 1].Id);
            else
                json.WriteNull("next");
        });
    }

    private static void Write(Utf8JsonWriter json, AuditRow row)
    {
        json.WriteStartObject();
        json.WriteNumber("id", row.Id);
        EntryStatus.WriteInstant(json, "time", row.Time);
        json.WriteString("who", row.Who);
        json.WriteString("what", row.What);
        json.WriteString("kind", row.Kind is { } kind ? JsonNamingPolicy.CamelCase.ConvertName(kind) : null);
        json.WriteString("name", row.Name);
        WriteRevision(json, "fromRevision", row.FromRevision);
        WriteRevision(json, "toRevision", row.ToRevision);
        json.WriteStartArray("fields");
        foreach (var field in row.Fields)
            json.WriteStringValue(field);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteRevision(Utf8JsonWriter json, string name, long? revision)
    {
        if (revision is { } known)
            json.WriteNumber(name, known);
        else
            json.WriteNull(name);
    }

    /// <summary>A kind as the trail has it, by the word of paths; null for any.</summary>
    /// <exception cref="ProblemException">There is no such kind.</exception>
    public static string? KindOf(string? word) => word switch
    {
        null => null,
        "principals" => "Principal",
        "administrators" => "Administrator",
        _ when ApiKinds.TryParse(word, out var kind) => kind.ToString(),
        _ => throw new ProblemException(ProblemKind.Malformed, $"kind is one of {string.Join(", ", ApiKinds.All.Select(k => k.Word))}, principals and administrators."),
    };
}
