using System.Text.Json.Nodes;
using SigningProxy.Setup.Api;

namespace SigningProxy.Tests.Setup.Api;

/// <summary>The document that describes the API: written from the table of routes, served, and committed.</summary>
public sealed class OpenApiTests : IDisposable
{
    private readonly ApiHost _api = new();

    public void Dispose() => _api.Dispose();

    [Fact]
    public async Task Document_ThatIsServed_IsTheOneInDocs()
    {
        var served = await _api.GetAsync("/openapi.json");
        Assert.True(
            await File.ReadAllTextAsync(RepositoryRoot.Find("docs", "openapi.json"), TestContext.Current.CancellationToken) == served.Text,
            "docs/openapi.json is not what GET /api/v1/openapi.json serves: save that in its place.");
    }

    [Fact]
    public void Document_LeadsEveryReferenceSomewhere()
    {
        var document = JsonNode.Parse(OpenApiDocument.Write())!;
        var references = All(document).OfType<JsonObject>().Select(o => o["$ref"]).OfType<JsonValue>().Select(r => (string)r!).Distinct().ToList();
        Assert.True(references.Count > 20);
        Assert.All(references, r => Assert.NotNull(r.Split('/').Skip(1).Aggregate((JsonNode?)document, (at, step) => at?[step])));
    }

    [Fact]
    public void Document_NamesEveryOperationOnce()
    {
        var names = All(JsonNode.Parse(OpenApiDocument.Write())!).OfType<JsonObject>().Select(o => o["operationId"]).OfType<JsonValue>().Select(n => (string)n!).ToList();
        Assert.Equal(names.Distinct(), names);
        Assert.Contains("putExternalCredentialsByNamePrincipalsByPrincipalCredentials", names);
    }

    /// <summary>Bodies that are no entries: what the document says they have is what their readers know.</summary>
    [Theory]
    [InlineData("POST", "/access-explanation", "AccessQuestion")]
    [InlineData("POST", "/signature-explanation", "SignatureQuestion")]
    [InlineData("POST", "/test-call", "TestCall")]
    [InlineData("PUT", "/external-credentials/E/principals/P/credentials", "Keys")]
    public async Task Body_HasTheMembersThatItsReaderKnows(string method, string path, string schema)
    {
        var reply = await _api.SendAsync(method, path, """{"unheardOf":1}""");
        var mend = (string)reply.Json["errors"]!.AsArray().Single(e => (string?)e!["field"] == "unheardOf")!["mend"]!;
        var known = JsonNode.Parse(OpenApiDocument.Write())!["components"]!["schemas"]![schema]!["properties"]!.AsObject().Select(p => p.Key);
        Assert.Equal(known.Order(), mend["There are ".Length..].TrimEnd('.').Split(", ").Order());
    }

    /// <summary>JSON tells numbers, truths and secrets from texts, which YAML does not: the fields that have these forms are those of the schema.</summary>
    [Fact]
    public void Forms_OfFields_AreThoseOfTheSchema()
    {
        var schemas = JsonNode.Parse(File.ReadAllText(RepositoryRoot.Find("config", "catalog.schema.json")))!["definitions"]!;
        var fields = All(schemas).OfType<JsonObject>().Select(o => o["properties"]).OfType<JsonObject>().SelectMany(p => p).ToList();

        Assert.Equal(FieldForms.Numbers.Order(), Named(f => (string?)f["type"] == "integer" || (string?)f["items"]?["type"] == "integer"));
        Assert.Equal(FieldForms.Flags.Where(f => f != "provisioned").Order(), Named(f => (string?)f["type"] == "boolean"));
        Assert.Equal(FieldForms.Secrets.Order(), Named(f => IsSecret(f) || (f["allOf"] is JsonArray all && all.Any(a => IsSecret(a!)))));

        IEnumerable<string> Named(Func<JsonNode, bool> are) => fields.Where(f => are(f.Value!)).Select(f => f.Key).Distinct().Order();
        static bool IsSecret(JsonNode f) => (string?)f["$ref"] == "#/definitions/secret";
    }

    private static IEnumerable<JsonNode> All(JsonNode node) => node switch
    {
        JsonObject o => o.Select(m => m.Value).OfType<JsonNode>().SelectMany(All).Prepend(o),
        JsonArray a => a.OfType<JsonNode>().SelectMany(All).Prepend(a),
        _ => [node],
    };
}
