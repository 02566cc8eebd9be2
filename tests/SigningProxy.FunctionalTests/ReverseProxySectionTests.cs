using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SigningProxy.FunctionalTests.Harness;
using SigningProxy.LocalAws;

namespace SigningProxy.FunctionalTests;

public sealed partial class ReverseProxySectionTests : IAsyncLifetime
{
    private const int BodyLimit = 100;

    private static readonly LocalKey Next = new("AKIAFUNCTIONALTESTS2", "another-made-up-secret");

    private readonly DirectoryInfo _files = Directory.CreateTempSubdirectory("signing-proxy-section-");
    private LocalAwsServer _aws = null!;

    public async ValueTask InitializeAsync() => _aws = await LocalAwsServer.StartAsync(new() { Keys = [LocalDestination.Key, Next] }, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _aws.DisposeAsync();
        _files.Delete(recursive: true);
    }

    [Fact]
    public async Task Route_OverTwoDestinations_IsSignedForEach()
    {
        await using var other = await LocalDestination.StartAsync();
        await using var proxy = await StartAsync(Section("find", Destination(_aws.Address), Destination(other.Address)));

        for (var i = 0; i < 4; i++)
            Assert.Equal(200, (await RawClient.GetAsync(proxy.Address, "/find/y?b=2&a=1")).Status);

        foreach (var aws in (LocalAwsServer[])[_aws, other])
        {
            Assert.Equal(2, aws.Requests.Count);
            Assert.All(aws.Requests, r => Assert.Equal((true, "/find/y?a=1&b=2", aws.Address.Authority), (r.Verified, r.RawTarget, r.Host)));
        }
    }

    [Fact]
    public async Task HealthChecks_GoUnsignedAndTakeOutTheDead()
    {
        await using var health = new CannedDestination("HTTP/1.1 200 OK");
        var (alive, dead) = (Destination(_aws.Address, health.Address), Destination(new Uri($"http://127.0.0.1:{ProxyProcess.FreePort()}")));
        var section = Section("find", alive, dead);
        section["Clusters"]!["find"]!["HealthCheck"] = Watched();
        section["Routes"]!["gone"] = Route("/gone/{**rest}", "gone", "Search");
        section["Clusters"]!["gone"] = Cluster(dead.DeepClone());
        section["Clusters"]!["gone"]!["HealthCheck"] = Watched();
        section["Clusters"]!["gone"]!["HealthCheck"]!["AvailableDestinationsPolicy"] = "HealthyAndUnknown";
        await using var proxy = await StartAsync(section);

        await Wait.UntilAsync(async () => (await RawClient.GetAsync(proxy.Address, "/gone/x")).Status == 503, "a cluster of the dead has none left");
        await Wait.UntilAsync(() => !health.Heads.IsEmpty, "the living is asked");
        // Half of them would fail, were the dead one still among them.
        for (var i = 0; i < 6; i++)
            Assert.Equal(200, (await RawClient.GetAsync(proxy.Address, "/find/x")).Status);

        Assert.Contains("no_destination", (await RawClient.GetAsync(proxy.Address, "/gone/x")).Body, StringComparison.Ordinal);
        Assert.All(health.Heads, head => Assert.DoesNotContain("Authorization", head, StringComparison.OrdinalIgnoreCase));
        Assert.All(health.Heads, head => Assert.StartsWith("GET /well ", head, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Routes.find.Metadata", null, "has the metadata \"SigningProxy.NamedCredential\"")]
    [InlineData("Routes.find.Metadata", """{"SigningProxy.NamedCredential": "Serach"}""", "names \"Serach\", which is no named credential")]
    [InlineData("Routes.find.ClusterId", "\"none\"", "its cluster \"none\" does not exist")]
    [InlineData("Routes.find.Match.Path", "\"/search/{**rest}\"", "begins with the Name of the named credential \"Search\"")]
    [InlineData("Routes.find.Match.Path", "\"Closed\"", "begins with the Name of the named credential \"Closed\"")]
    [InlineData("Routes.find.Transforms", """[{"PathPrefix": "/v1"}]""", "its transform \"PathPrefix\" would change what is signed")]
    [InlineData("Routes.find.Transforms", """[{"PathRemovePrefix": "/find"}]""", "its transform \"PathRemovePrefix\" would change what is signed")]
    [InlineData("Routes.find.Transforms", """[{"QueryValueParameter": "a", "Append": "b"}]""", "its transform \"QueryValueParameter\" would change what is signed")]
    [InlineData("Routes.find.Transforms", """[{"RequestHeader": "X-A", "Set": "b"}]""", "its transform \"RequestHeader\" would change what is signed")]
    [InlineData("Routes.find.Transforms", """[{"ResponseHeader": "X-A", "Set": "b", "PathSet": "/x"}]""", "its transform \"PathSet\" would change what is signed")]
    [InlineData("Routes.find.Transforms", """[{"HttpMethodChange": "GET", "Set": "POST"}]""", "its transform \"HttpMethodChange\" would change what is signed")]
    [InlineData("Clusters.find.Destinations.d0.Address", "\"http://example.com\"", "is neither https nor on the loopback")]
    [InlineData("Clusters.find.Destinations.d0.Address", "\"https://example.com/?a=b\"", "has a query, a fragment or user information")]
    [InlineData("Clusters.find.Destinations.d0.Host", "\"example.com\"", "sets a Host")]
    [InlineData("Clusters.find.HttpClient", """{"DangerousAcceptAnyServerCertificate": true}""", "accepts any server certificate")]
    public async Task Section_ThatBreaksARule_RefusesTheStart(string place, string? json, string told)
    {
        var section = Section("find", Destination(_aws.Address));
        var names = place.Split('.');
        var parent = names[..^1].Aggregate((JsonNode)section, (node, name) => node[name]!);
        parent[names[^1]] = json is null ? null : JsonNode.Parse(json);

        var (exit, output, error) = await ProxyProcess.RunAsync("run", "--catalog", Write("catalog.yaml", Catalog(LocalDestination.Key)), "--settings", Settings(section));

        Assert.Equal(78, exit);
        Assert.Contains("The ReverseProxy section is not valid", error, StringComparison.Ordinal);
        Assert.Contains("ReverseProxy:Routes:find: ", error, StringComparison.Ordinal);
        Assert.Contains(told, error, StringComparison.Ordinal);
        Assert.DoesNotContain("Listening on", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Transforms_OfTheResponse_AreAllowed()
    {
        var section = Section("find", Destination(_aws.Address));
        section["Routes"]!["find"]!["Transforms"] = JsonNode.Parse("""[{"ResponseHeader": "X-Added", "Append": "here", "When": "Always"}, {"ResponseHeaderRemove": "X-Local-Aws-Scope"}]""");
        await using var proxy = await StartAsync(section);

        var answer = await RawClient.GetAsync(proxy.Address, "/find/x");

        Assert.Equal(200, answer.Status);
        Assert.Contains("X-Added: here", answer.Head, StringComparison.Ordinal);
        Assert.DoesNotContain("X-Local-Aws-Scope", answer.Head, StringComparison.OrdinalIgnoreCase);
        Assert.True(Assert.Single(_aws.Requests).Verified);
    }

    [Fact]
    public async Task Destination_ThatIsDown_IsNamedByItsOwnAddress()
    {
        var down = new Uri($"http://127.0.0.1:{ProxyProcess.FreePort()}");
        await using var proxy = await StartAsync(Section("find", Destination(down)));

        var answer = await RawClient.GetAsync(proxy.Address, "/find/x");

        Assert.Equal(502, answer.Status);
        Assert.Contains($"{down.GetLeftPart(UriPartial.Authority)}: ConnectionRefused.", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Route_WhoseNamedCredentialIsNotGranted_AnswersAsIfThereWereNone()
    {
        var section = Section("find", Destination(_aws.Address));
        section["Routes"]!["shut"] = Route("/shut/{**rest}", "find", "Closed");
        await using var proxy = await StartAsync(section);

        var notGranted = await RawClient.GetAsync(proxy.Address, "/shut/x");
        var absent = await RawClient.GetAsync(proxy.Address, "/gone/x");

        Assert.Equal(403, notGranted.Status);
        Assert.Contains("access_denied", notGranted.Body, StringComparison.Ordinal);
        Assert.Equal(Plain(absent, "gone"), Plain(notGranted, "shut"));
        Assert.Empty(_aws.Requests);
    }

    [Theory]
    [InlineData("GET /find/../../x HTTP/1.1\r\n", "", 400, "path_climbs")]
    [InlineData("GET /find/% HTTP/1.1\r\n", "", 400, "target_malformed")]
    [InlineData("GET /other/../find/x HTTP/1.1\r\n", "", 400, "path_climbs")]
    [InlineData("GET /find/../other HTTP/1.1\r\n", "", 400, "path_climbs")]
    [InlineData("POST /find/x HTTP/1.1\r\nContent-Length: 101\r\n", "", 413, "body_too_large")]
    [InlineData("POST /shut/x HTTP/1.1\r\nContent-Length: 101\r\n", "", 403, "access_denied")]
    [InlineData("POST /find/x HTTP/1.1\r\nX-Amz-Content-Sha256: nonsense\r\nContent-Length: 1\r\n", "a", 400, "content_sha256_malformed")]
    public async Task Rules_OfAnyCallout_HoldForARouteToo(string head, string body, int status, string code)
    {
        await using var proxy = await StartAsync(Section("find", Destination(_aws.Address)));

        var answer = await RawClient.SendAsync(proxy.Address, $"{head}Host: localhost\r\nConnection: close\r\n\r\n{body}");

        Assert.Equal(status, answer.Status);
        Assert.Contains(code, answer.Body, StringComparison.Ordinal);
        Assert.Empty(_aws.Requests);
    }

    [Fact]
    public async Task Catalog_ThatChanges_ChangesTheRouteWithIt()
    {
        await using var proxy = await StartAsync(Section("find", Destination(_aws.Address)));
        Assert.Equal(LocalDestination.Key.AccessKeyId, await KeyOfACallAsync(proxy));

        await File.WriteAllTextAsync(proxy.CatalogPath, Catalog(Next), TestContext.Current.CancellationToken);
        await Wait.UntilAsync(async () => await KeyOfACallAsync(proxy) == Next.AccessKeyId, "the route signs with the new key");

        await File.WriteAllTextAsync(proxy.CatalogPath, "namedCredentials: []", TestContext.Current.CancellationToken);
        await Wait.UntilAsync(async () => await KeyOfACallAsync(proxy) is null, "the route is refused");
        Assert.Contains("Route find of the ReverseProxy section is refused until it is mended", proxy.Log, StringComparison.Ordinal);

        await File.WriteAllTextAsync(proxy.CatalogPath, Catalog(LocalDestination.Key), TestContext.Current.CancellationToken);
        await Wait.UntilAsync(async () => await KeyOfACallAsync(proxy) == LocalDestination.Key.AccessKeyId, "the route is back");
    }

    /// <summary>Whose verified signature arrived by a call of the route, or null when it was refused and nothing arrived.</summary>
    private async Task<string?> KeyOfACallAsync(ProxyProcess proxy)
    {
        _aws.ClearRequests();
        var answer = await RawClient.GetAsync(proxy.Address, "/find/x");
        if (answer.Status == 403)
        {
            Assert.Contains("access_denied", answer.Body, StringComparison.Ordinal);
            Assert.Empty(_aws.Requests);
            return null;
        }
        Assert.Equal(200, answer.Status);
        return Assert.Single(_aws.Requests).AccessKeyId;
    }

    private Task<ProxyProcess> StartAsync(JsonObject section) => ProxyProcess.StartAsync(
        Catalog(LocalDestination.Key), "--settings", Settings(section),
        "--set", $"SigningProxy:Bodies:MemoryLimitBytes={BodyLimit}", "--set", $"SigningProxy:Bodies:SpoolLimitBytes={BodyLimit}");

    private static string Catalog(LocalKey key) => new CatalogText()
        .With("Search", new Uri("https://destination.invalid"), key.AccessKeyId, key.Secret)
        .WithoutGrant("Closed", new Uri("https://destination.invalid"), key.AccessKeyId, key.Secret)
        .ToString();

    private static JsonObject Section(string name, params JsonNode[] destinations) => new()
    {
        ["Routes"] = new JsonObject { [name] = Route($"/{name}/{{**rest}}", name, "Search") },
        ["Clusters"] = new JsonObject { [name] = Cluster(destinations) },
    };

    private static JsonObject Route(string path, string cluster, string named) => new()
    {
        ["ClusterId"] = cluster,
        ["Match"] = new JsonObject { ["Path"] = path },
        ["Metadata"] = new JsonObject { ["SigningProxy.NamedCredential"] = named },
    };

    private static JsonObject Cluster(params JsonNode[] destinations) => new()
    {
        ["LoadBalancingPolicy"] = "RoundRobin",
        ["Destinations"] = new JsonObject(destinations.Select((d, i) => KeyValuePair.Create($"d{i}", (JsonNode?)d))),
    };

    private static JsonObject Destination(Uri address, Uri? health = null) => new() { ["Address"] = address.AbsoluteUri, ["Health"] = health?.AbsoluteUri };

    private static JsonNode Watched() => JsonNode.Parse("""{"Active": {"Enabled": "true", "Interval": "00:00:00.1", "Timeout": "00:00:05", "Policy": "ConsecutiveFailures", "Path": "/well"}}""")!;

    private string Settings(JsonObject section) => Write("settings.json", new JsonObject { ["ReverseProxy"] = section }.ToJsonString());

    private string Write(string name, string text)
    {
        var path = Path.Combine(_files.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static string Plain(RawAnswer answer, string name) => OfThisAnswer().Replace(answer.Head + answer.Body, "").Replace(name, "(name)", StringComparison.Ordinal);

    [GeneratedRegex("""("traceId":"[^"]*")|(Date: [^\r]*)""")]
    private static partial Regex OfThisAnswer();
}
