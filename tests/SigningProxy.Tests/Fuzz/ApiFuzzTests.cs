using System.Globalization;
using System.Text.Json.Nodes;
using SigningProxy.Setup.Api;
using SigningProxy.Setup.SignIn;
using SigningProxy.Tests.Setup.Api;

namespace SigningProxy.Tests.Fuzz;

/// <summary>Calls made up from the OpenAPI document: none fails unexpectedly, none writes without the permission, and none repeats a secret.</summary>
public sealed class ApiFuzzTests(ITestOutputHelper output) : IDisposable
{
    private const string Subject = "ExternalCredential OrdersTable ";
    private const string Canary = "canarySecretTextThatNoAnswerMayHold7";

    private static readonly JsonNode Document = JsonNode.Parse(OpenApiDocument.Write())!;
    private static readonly (string Method, string Path, JsonNode Operation)[] Operations = [.. Document["paths"]!.AsObject().SelectMany(p => p.Value!.AsObject().Select(o => (o.Key.ToUpperInvariant(), p.Key, o.Value!)))];
    private static readonly string[] Names = ["OrdersTable", "Theirs", "Queue", "Mine", "orderstable", "a", "Writer", "P", "Marketing Group", "local", "", "x/y", "..", "é", "%", "*"];
    private static readonly string[] Texts = ["eu-west-1", "dynamodb", "https://sqs.example.com/base", "http://127.0.0.1:1", "AwsSignatureV4", "AssumeRole", "OrdersTable-Writer", "Theirs-P", "*", "", " ", "\0", "é\u2028", "\ud83d\ude00", "null", "true", "1", "- a", "{}", "'", "\"", "#", "a: b", "GET /x HTTP/1.1\nHost: a\n\n", "/x", "arn:aws:iam::123456789012:role/x"];

    private readonly ApiHost _api = new();

    public void Dispose() => _api.Dispose();

    public static TheoryData<int> Parts => [.. Enumerable.Range(0, 10)];

    // Two thousand, and fifty times as many in the slow stage, in parts that each have their time.
    [Theory]
    [MemberData(nameof(Parts))]
    public async Task Calls_WhenMadeUpFromTheDocument_NeverFailUnexpectedly_NorWriteWithoutThePermission(int part)
    {
        var written = "";

        var outcomes = await new FuzzRun(output, 200).EachAsync(
            random => Make(new Random(random.Next() ^ part)),
            async call =>
            {
                // What most calls are about is there again after it was deleted.
                if (!written.Contains(Subject, StringComparison.Ordinal))
                {
                    await _api.PutAsync("/external-credentials/OrdersTable", EntryEndpointsTests.Table);
                    written = Written();
                }
                var reply = await _api.SendAsync(call.Method, call.Target, call.Body, call.Headers, call.Permission);
                Assert.InRange(reply.Status, 200, 499);
                Assert.DoesNotContain(Canary, reply.Text, StringComparison.Ordinal);
                var now = Written();
                if (call.Permission == SetupPermission.View || reply.Status >= 400)
                    Assert.Equal(written, now);
                written = now;
                return reply.Status.ToString(CultureInfo.InvariantCulture);
            });

        Assert.Contains("200", outcomes.Keys);
        Assert.Contains("403", outcomes.Keys);
        Assert.Contains("422", outcomes.Keys);
        // Whatever was taken is a catalog that loads.
        Assert.Equal(200, (await _api.GetAsync("/status")).Status);
        Assert.True((bool)(await _api.GetAsync("/status")).Json["catalog"]!["inUse"]!);
    }

    private string Written() => string.Join(' ', _api.Store.Read().Select(e => $"{e.Kind} {e.Name} {e.Revision}"));

    private static FuzzedCall Make(Random random)
    {
        var (method, path, operation) = random.One(Operations);
        var segments = path.Split('/').Select(s => s.StartsWith('{') ? Uri.EscapeDataString(random.Next(3) == 0 ? random.One(Names) : s == "{principal}" ? "Writer" : "OrdersTable") : s);
        var query = operation["parameters"]!.AsArray().Where(p => (string)p!["in"]! == "query" && random.Next(3) == 0)
            .Select(p => $"{(string)p!["name"]!}={Uri.EscapeDataString(random.One("1", "0", "true", "false", "x", "callers", "OrdersTable"))}").ToList();
        var headers = operation["parameters"]!.AsArray().Where(p => (string)p!["in"]! == "header" && random.Next(2) == 0).Select(p => ((string)p!["name"]!, random.One("*", "*", "\"1\"", "\"2\"", "x"))).ToList();
        var schema = operation["requestBody"]?["content"]?["application/json"]?["schema"];
        var body = schema is null ? null : Value(schema, random, 0)?.ToJsonString() ?? "null";
        if (body is not null && random.Next(12) == 0)
            body = Mutation.Of(body, random, "\"", "{", "]", "\\u0000", "\\ud800", ",");
        if (random.Next(20) == 0)
            headers.Add(("Content-Type", random.One("application/yaml", "text/plain", "")));
        return new FuzzedCall(
            random.Next(30) == 0 ? random.One("PATCH", "HEAD", "get") : method,
            string.Join('/', segments) + (query.Count > 0 ? $"?{string.Join('&', query)}" : ""), body, headers, random.Next(4) == 0 ? SetupPermission.View : SetupPermission.Manage);
    }

    /// <summary>Mostly what the schema says, and now and then something else.</summary>
    private static JsonNode? Value(JsonNode schema, Random random, int depth)
    {
        if (schema["$ref"] is { } reference)
        {
            return ((string)reference!).EndsWith("/secret", StringComparison.Ordinal) && random.Next(8) > 0 ? Secret(random)
                : Value(((string)reference!).Split('/').Skip(1).Aggregate(Document, (at, step) => at[step]!), random, depth);
        }
        if (random.Next(25) == 0 || depth > 6)
            return random.One<Func<JsonNode?>>(() => null, () => 1, () => true, () => new JsonArray(), () => new JsonObject(), () => random.One(Texts))();
        if ((schema["oneOf"] ?? schema["allOf"]) is JsonArray forms && schema["properties"] is null)
            return Value(forms[random.Next(forms.Count)]!, random, depth);
        if (schema["enum"] is JsonArray words)
            return words[random.Next(words.Count)]!.DeepClone();
        var type = schema["type"] is JsonArray types ? (string)types[0]! : (string?)schema["type"];
        return type switch
        {
            "object" when schema["properties"] is JsonObject properties => Object(properties, (schema["required"] as JsonArray)?.Select(r => (string)r!).ToHashSet() ?? [], random, depth),
            "object" => new JsonObject { [random.One("X-A", "Host", "x y")] = random.One(Texts) },
            "array" => new JsonArray([.. Enumerable.Range(0, random.Next(3)).Select(_ => Value(schema["items"]!, random, depth + 1))]),
            "integer" or "number" => random.One(1, 2, 3, 900, 3600, 0, -1, 419, 8101),
            "boolean" => random.Next(2) == 0,
            _ => (string?)schema["pattern"] is { } pattern ? Fitting(pattern, random) : random.One(Texts),
        };
    }

    private static JsonObject Object(JsonObject properties, HashSet<string> required, Random random, int depth)
    {
        var made = new JsonObject();
        foreach (var (name, of) in properties)
        {
            if (random.Next(20) > 0 && (required.Contains(name) || random.Next(3 + depth) == 0))
                made[name] = Value(of!, random, depth + 1);
            // A custom header's plain text is for all to see.
            if (name == "value" && made[name] is JsonValue)
                made[name] = random.One(Texts);
        }
        if (random.Next(25) == 0)
            made[random.One(Texts)] = random.One(Texts);
        return made;
    }

    private static JsonNode Secret(Random random) => random.Next(4) switch
    {
        0 => JsonValue.Create(Canary)!,
        1 => new JsonObject { ["value"] = Canary },
        2 => new JsonObject { ["stored"] = random.One("principals[0].accessSecret", "principals[0].accessKey", "principals[1].accessKey", "token") },
        _ => new JsonObject { [random.One("env", "file", "sealed", "value")] = random.One("HOME", "/etc/passwd", Canary) },
    };

    private static string Fitting(string pattern, Random random) => random.Next(6) == 0 ? random.One(Texts)
        : pattern.StartsWith("^arn:", StringComparison.Ordinal) ? "arn:aws:iam::123456789012:role/x"
        : pattern.Contains("-.+", StringComparison.Ordinal) ? random.One("OrdersTable-Writer", "Mine-P")
        : pattern.Contains("https?", StringComparison.Ordinal) ? "https://sqs.example.com/base"
        : random.One("OrdersTable", "Mine", "a", "eu-west-1", "sqs", "123456789012");

    private sealed record FuzzedCall(string Method, string Target, string? Body, List<(string, string)> Headers, SetupPermission Permission)
    {
        public override string ToString() => $"{Permission} {Method} {Target} {string.Join(' ', Headers)} {Body}";
    }
}
