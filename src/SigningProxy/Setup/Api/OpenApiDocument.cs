using System.Buffers;
using System.Globalization;
using System.Net.Mime;
using System.Text.Encodings.Web;
using System.Text.Json;
using SigningProxy.Configuration.Stored;
using SigningProxy.Setup.SignIn;

namespace SigningProxy.Setup.Api;

/// <summary>Writes the OpenAPI document out of the table of routes and the schema of the catalog.</summary>
internal static class OpenApiDocument
{
    private const string Kind = $"{{{ApiRequest.KindSegment}}}";

    private const string ProblemsRoot = "#/components/responses/";

    // Sign-in's, which comes before everything here.
    private static readonly ProblemKind Unproved = new("administrator_unproved", 401, "This needs an administrator's proof");

    private static readonly JsonWriterOptions Readable = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write()
    {
        var buffer = new ArrayBufferWriter<byte>(128 * 1024);
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartObject();
            json.WriteString("openapi", "3.1.0");
            json.WriteStartObject("info");
            json.WriteString("title", "SigningProxy Setup");
            json.WriteString("description", "Creates, edits and deletes the entries that are made in Setup, and shows those that are provisioned. Field names are those of the catalog.");
            json.WriteString("version", "1");
            json.WriteEndObject();
            json.WriteStartArray("servers");
            json.WriteStartObject();
            json.WriteString("url", ApiMiddleware.Root);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteStartArray("security");
            json.WriteStartObject();
            json.WriteStartArray("bearer");
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            WritePaths(json);
            json.WriteStartObject("components");
            json.WriteStartObject("securitySchemes");
            json.WriteStartObject("bearer");
            json.WriteString("type", "http");
            json.WriteString("scheme", "bearer");
            json.WriteEndObject();
            json.WriteEndObject();
            OpenApiSchemas.Write(json);
            WriteProblems(json);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    private static void WritePaths(Utf8JsonWriter json)
    {
        // Each kind has paths of its own here, since each has fields of its own.
        var all = Routes.All.SelectMany(r => r.Pattern.Contains(Kind, StringComparison.Ordinal)
            ? ApiKinds.All.Select(k => (Path: r.Pattern.Replace(Kind, k.Word, StringComparison.Ordinal), Schema: k.Kind.Word(), Route: r))
            : [(r.Pattern, "", r)]);
        json.WriteStartObject("paths");
        foreach (var path in all.GroupBy(r => r.Path))
        {
            json.WriteStartObject(path.Key);
            foreach (var (_, schema, route) in path)
                WriteOperation(json, path.Key, schema, route);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static void WriteOperation(Utf8JsonWriter json, string path, string schema, Route route)
    {
        json.WriteStartObject(route.Method.ToLowerInvariant());
        json.WriteString("operationId", route.Method.ToLowerInvariant() + string.Concat(path.Split('/', '-').Select(Word)));
        json.WriteString("summary", route.Said.Summary);
        json.WriteString("description", $"Needs the permission {route.Permission}. Problems: {string.Join(", ", Problems(route).Select(p => p.Code))}.");
        WriteParameters(json, path, route);
        if (route.Said.Body is { } body)
        {
            json.WriteStartObject("requestBody");
            json.WriteBoolean("required", true);
            WriteContent(json, SchemaOf(body, schema), route.Said.BodyTypes);
            json.WriteEndObject();
        }
        WriteResponses(json, schema, route);
        json.WriteEndObject();
    }

    private static void WriteParameters(Utf8JsonWriter json, string path, Route route)
    {
        json.WriteStartArray("parameters");
        foreach (var segment in path.Split('/').Where(s => s.StartsWith('{')))
            WriteParameter(json, "path", segment.Trim('{', '}'), "The name; percent-encoded, also its slashes.", required: true);
        foreach (var (name, meaning) in route.Said.Query)
            WriteParameter(json, "query", name, meaning, required: false);
        if (route.Said.Problems.Contains(ProblemKind.PreconditionFailed))
            WriteParameter(json, "header", "If-Match", "The ETag of the entry that the change was thought of for.", required: false);
        if (route.Said.Problems.Contains(ProblemKind.PreconditionRequired))
            WriteParameter(json, "header", "If-None-Match", "* where there must be none yet.", required: false);
        json.WriteEndArray();
    }

    private static void WriteParameter(Utf8JsonWriter json, string place, string name, string meaning, bool required)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteString("in", place);
        json.WriteString("description", meaning);
        if (required)
            json.WriteBoolean("required", true);
        json.WriteStartObject("schema");
        json.WriteString("type", "string");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteResponses(Utf8JsonWriter json, string schema, Route route)
    {
        json.WriteStartObject("responses");
        foreach (var status in route.Said.Statuses)
        {
            json.WriteStartObject(status.ToString(CultureInfo.InvariantCulture));
            json.WriteString("description", status switch { 201 => "Created.", 204 => "Done.", _ => "Well." });
            if (route.Said.Answer is { } answer)
                WriteContent(json, SchemaOf(answer, schema), MediaTypeNames.Application.Json);
            json.WriteEndObject();
        }
        foreach (var status in Problems(route).Select(p => p.Status).Distinct().Order())
        {
            json.WriteStartObject(status.ToString(CultureInfo.InvariantCulture));
            json.WriteString("$ref", string.Create(CultureInfo.InvariantCulture, $"{ProblemsRoot}Problem{status}"));
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static void WriteProblems(Utf8JsonWriter json)
    {
        json.WriteStartObject("responses");
        foreach (var problems in ProblemKind.All.Append(Unproved).GroupBy(p => p.Status).OrderBy(p => p.Key))
        {
            json.WriteStartObject(string.Create(CultureInfo.InvariantCulture, $"Problem{problems.Key}"));
            json.WriteString("description", string.Join(" ", problems.Select(p => $"{p.Code}: {p.Title}.")));
            WriteContent(json, "Problem", MediaTypeNames.Application.ProblemJson);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static IEnumerable<ProblemKind> Problems(Route route) =>
    [
        Unproved, ProblemKind.StoreUnavailable,
        .. route.Permission == SetupPermission.View ? [] : (ProblemKind[])[ProblemKind.NotPermitted],
        .. route.Pattern.Contains("{name}", StringComparison.Ordinal) ? (ProblemKind[])[ProblemKind.NotFound] : [],
        .. route.Said.Body is null ? [] : (ProblemKind[])[ProblemKind.Malformed, ProblemKind.TooLarge, ProblemKind.UnsupportedMediaType],
        .. route.Said.Body is null && route.Said.Query.Count > 0 ? (ProblemKind[])[ProblemKind.Malformed] : [],
        .. route.Said.Problems,
    ];

    private static void WriteContent(Utf8JsonWriter json, string schema, params IReadOnlyList<string> types)
    {
        json.WriteStartObject("content");
        foreach (var type in types)
        {
            json.WriteStartObject(type);
            json.WriteStartObject("schema");
            json.WriteString("$ref", OpenApiSchemas.Root + schema);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static string SchemaOf(string said, string kind) => said switch
    {
        "Entry" or "Item" => kind,
        "EntryPage" => $"{kind}Page",
        _ => said,
    };

    private static string Word(string segment) => segment.Length == 0 ? ""
        : segment.StartsWith('{') ? $"By{Word(segment.Trim('{', '}'))}"
        : char.ToUpperInvariant(segment[0]) + segment[1..].Replace(".json", "", StringComparison.Ordinal);
}
