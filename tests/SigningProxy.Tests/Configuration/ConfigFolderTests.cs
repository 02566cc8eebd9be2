using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using NJsonSchema;
using SigningProxy.Configuration;
using SigningProxy.Configuration.Yaml;

namespace SigningProxy.Tests.Configuration;

/// <summary>The starter, the examples and the schema in <c>config/</c>.</summary>
public sealed class ConfigFolderTests : IDisposable
{
    private static readonly string Schema = File.ReadAllText(RepositoryRoot.Find("config", "catalog.schema.json"));

    private readonly CatalogFolder _folder = new();

    public static TheoryData<string> Files => [.. Directory.GetFiles(RepositoryRoot.Find("config", "examples")).Select(f => $"examples/{Path.GetFileName(f)}"), "catalog.yaml"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Files_HoldOneExampleForEachKindOfDestination() => Assert.Equal(
        ["api-gateway", "assume-role", "bedrock", "dynamodb", "irsa", "lambda-url", "local-keys", "managed-prometheus", "opensearch-serverless", "pod-identity", "role-chaining", "roles-anywhere", "s3", "sqs"],
        Directory.GetFiles(RepositoryRoot.Find("config", "examples")).Select(f => Path.GetFileNameWithoutExtension(f)).Order());

    [Theory]
    [MemberData(nameof(Files))]
    public async Task File_NamesItsSchema(string file)
    {
        var path = RepositoryRoot.Find("config", file);
        var line = (await File.ReadAllLinesAsync(path, TestContext.Current.CancellationToken))[0];
        const string Mark = "# yaml-language-server: $schema=";
        Assert.StartsWith(Mark, line, StringComparison.Ordinal);
        Assert.Equal(RepositoryRoot.Find("config", "catalog.schema.json"), Path.GetFullPath(line[Mark.Length..], Path.GetDirectoryName(path)!));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task File_IsValidByTheSchema(string file)
    {
        var schema = await JsonSchema.FromJsonAsync(Schema, TestContext.Current.CancellationToken);
        var yaml = YamlComposer.Compose(await File.ReadAllTextAsync(RepositoryRoot.Find("config", file), TestContext.Current.CancellationToken));
        Assert.Empty(schema.Validate(Json(yaml!)!.ToJsonString()).Select(e => e.ToString()));
    }

    [Theory]
    [InlineData("region: eu-west-1", "region: EU_WEST")]
    [InlineData("sequenceNumber: 1", "sequenceNumber: 0")]
    [InlineData("sequenceNumber: 1", "sequence: 1")]
    [InlineData("{env: ORDERS_ACCESS_KEY}", "ORDERS_ACCESS_KEY")]
    [InlineData("{env: ORDERS_ACCESS_KEY}", "{env: A, file: B}")]
    [InlineData("AwsSignatureV4", "AwsSignatureV5")]
    [InlineData("name: Orders\n", "name: Orders-\n")]
    public async Task Schema_RefusesWhatTheReaderRefuses(string good, string bad)
    {
        var schema = await JsonSchema.FromJsonAsync(Schema, TestContext.Current.CancellationToken);
        var text = await File.ReadAllTextAsync(RepositoryRoot.Find("config", "catalog.yaml"), TestContext.Current.CancellationToken);
        Assert.Contains(good, text, StringComparison.Ordinal);
        var changed = text.Replace(good, bad, StringComparison.Ordinal);
        Assert.NotEmpty(schema.Validate(Json(YamlComposer.Compose(changed)!)!.ToJsonString()));
        Assert.NotEmpty(_folder.Load(changed).Faults);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void File_WhenItsSecretsAreThere_LoadsWithoutFaultOrWarning(string file)
    {
        // Secrets under /run are looked for in the test's folder; all else is as it stands.
        var text = File.ReadAllText(RepositoryRoot.Find("config", file)).Replace("/run/secrets", _folder.Path, StringComparison.Ordinal);
        foreach (var secret in Directory.GetFiles(_folder.Path))
            File.Delete(secret);
        foreach (var name in new[] { "invoices-access-key", "invoices-access-secret", "reports-sts-secret" })
            _folder.Write(name, "EXAMPLE0000000000001\n");
        using var key = ECDsa.Create();
        using var certificate = new CertificateRequest("CN=example", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        _folder.Write("archive/tls.crt", certificate.ExportCertificatePem());
        _folder.Write("archive/tls.key", key.ExportPkcs8PrivateKeyPem());
        _folder.Write("catalog.yaml", text);

        var load = new CatalogLoader(_folder.Catalog, _ => "EXAMPLE0000000000001").Load(null);

        Assert.Empty(load.Faults);
        Assert.Empty(load.Warnings);
        Assert.All(load.Snapshot!.ExternalCredentials.Values.SelectMany(e => e.Principals), p => Assert.Empty(p.Missing));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void File_WhenNoSecretIsThere_LoadsWithWarnings(string file)
    {
        var load = new CatalogLoader(RepositoryRoot.Find("config", file), _ => null).Load(null);
        if (file.EndsWith("api-gateway.yaml", StringComparison.Ordinal))
        {
            Assert.Equal("value: the environment variable SHIPPING_API_KEY is not set", Assert.Single(load.Faults).Rule);
            return;
        }
        Assert.Empty(load.Faults);
        // A pod's own identity is no secret of the catalog's.
        Assert.Equal(file is "examples/irsa.yaml" or "examples/pod-identity.yaml", load.Warnings.Count == 0);
    }

    [Fact]
    public void Examples_MakeOneCatalogTogether()
    {
        var load = new CatalogLoader(RepositoryRoot.Find("config", "examples"), _ => "EXAMPLE0000000000001").Load(null);
        Assert.Empty(load.Faults);
        Assert.Equal(14, load.Snapshot!.NamedCredentials.Count);
    }

    [Theory]
    [InlineData("{0}", "")]
    [InlineData("externalCredentials: [{{0}}]", "externalCredential")]
    [InlineData("externalCredentials: [{sts: {{0}}}]", "sts")]
    [InlineData("externalCredentials: [{rolesAnywhere: {{0}}}]", "rolesAnywhere")]
    [InlineData("externalCredentials: [{rolesAnywhere: {certificate: {{0}}}}]", "rolesAnywhere.certificate")]
    [InlineData("externalCredentials: [{signing: {{0}}}]", "signing")]
    [InlineData("externalCredentials: [{customHeaders: [{{0}}]}]", "customHeader")]
    [InlineData("externalCredentials: [{principals: [{{0}}]}]", "principal")]
    [InlineData("externalCredentials: [{principals: [{accessKey: {{0}}}]}]", "secret")]
    [InlineData("namedCredentials: [{{0}}]", "namedCredential")]
    [InlineData("namedCredentials: [{customHeaders: [{{0}}]}]", "customHeader")]
    [InlineData("namedCredentials: [{callerHeaders: {{0}}}]", "namedCredential.callerHeaders")]
    [InlineData("namedCredentials: [{callerHeaders: {keepAs: [{{0}}]}}]", "namedCredential.callerHeaders.keepAs")]
    [InlineData("namedCredentials: [{certificateAuthorities: {{0}}}]", "namedCredential.certificateAuthorities")]
    [InlineData("certificates: [{{0}}]", "certificate")]
    [InlineData("permissionSets: [{{0}}]", "permissionSet")]
    [InlineData("profiles: [{{0}}]", "profile")]
    [InlineData("profiles: [{only: {{0}}}]", "only")]
    [InlineData("permissionSets: [{only: {{0}}}]", "only")]
    [InlineData("callers: [{{0}}]", "caller")]
    [InlineData("callers: [{proofs: [{{0}}]}]", "proof")]
    [InlineData("callers: [{proofs: [{unixPeer: {{0}}}]}]", "proof.unixPeer")]
    [InlineData("callers: [{proofs: [{jwt: {{0}}}]}]", "proof.jwt")]
    [InlineData("callers: [{proofs: [{clientCertificate: {{0}}}]}]", "proof.clientCertificate")]
    [InlineData("callers: [{proofs: [{localSigV4: {{0}}}]}]", "proof.localSigV4")]
    public void Schema_KnowsTheFieldsThatTheReadersKnow(string yaml, string definition)
    {
        const string Unknown = "unheardOf: 1";
        var fault = Assert.Single(_folder.Load(yaml.Replace("{0}", Unknown, StringComparison.Ordinal)).Faults, f => f.Field == "unheardOf");
        Assert.Equal($"There are {string.Join(", ", Properties(definition))}.", fault.Mend);
    }

    [Fact]
    public void Schema_LeavesNoObjectOpen()
    {
        var objects = Objects(JsonNode.Parse(Schema)!).ToList();
        Assert.Equal(23, objects.Count);
        Assert.All(objects, o => Assert.False((bool?)o["additionalProperties"] ?? true));
    }

    private static IEnumerable<string> Properties(string definition)
    {
        var node = JsonNode.Parse(Schema)!;
        var path = definition.Split('.', StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < path.Length; i++)
        {
            node = node[i == 0 ? "definitions" : "properties"]![path[i]]!;
            node = node["items"] ?? node;
        }
        return node["properties"]!.AsObject().Select(p => p.Key);
    }

    private static IEnumerable<JsonNode> Objects(JsonNode node) => node switch
    {
        JsonObject o => o.Where(p => p.Value is not null).SelectMany(p => Objects(p.Value!)).Concat(o["properties"] is JsonObject ? [o] : []),
        JsonArray a => a.OfType<JsonNode>().SelectMany(Objects),
        _ => [],
    };

    // Unquoted words are what YAML 1.2's core schema makes of them, as editors do.
    private static JsonNode? Json(YamlNode node) => node switch
    {
        YamlMap map => new JsonObject(map.Entries.Select(e => KeyValuePair.Create(e.Key.Value, Json(e.Value)))),
        YamlList list => new JsonArray([.. list.Items.Select(Json)]),
        YamlText { IsNull: true } => null,
        YamlText { Plain: true, Value: "true" or "false" } text => bool.Parse(text.Value),
        YamlText { Plain: true } text when long.TryParse(text.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        YamlText text => text.Value,
        _ => throw new InvalidOperationException(),
    };
}
