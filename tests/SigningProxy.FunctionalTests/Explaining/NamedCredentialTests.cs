using System.Text;
using System.Text.Json;

namespace SigningProxy.FunctionalTests.Explaining;

public sealed class NamedCredentialTests(ExplainStage stage) : IClassFixture<ExplainStage>
{
    [Theory]
    [InlineData("GET /Echo/a%20b//c/?b=2&a=1&a=0 HTTP/1.1\r\nHost: localhost\r\n\r\n", "Echo")]
    [InlineData("POST /Echo/x HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: 5\r\nAuthorization: Bearer abc\r\nX-Kept: kept\r\nX-Gone: 1\r\nConnection: close, X-Hop\r\nX-Hop: 1\r\nX-Amz-Two: a\r\nX-Amz-Two: b\r\nX-Team: mine\r\n\r\nhello", "Echo")]
    [InlineData("PUT /Files/folder//a%2Fb HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhello", "Files")]
    [InlineData("GET /Files/folder?X-Amz-Signature=00&X-Amz-Date=20130524T000000Z&prefix=a+b HTTP/1.1\r\nHost: localhost\r\n\r\n", "Files")]
    public async Task Explanation_IsWhatTheProxySends(string request, string named)
    {
        var head = (await stage.SentAsync(request)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var sent = head.Skip(1).Select(line => line.Split(": ", 2)).ToDictionary(h => h[0], h => h[1], StringComparer.OrdinalIgnoreCase);

        var (code, output, error) = await ExplainAsync(request, "--named-credential", named, "--catalog", stage.Proxy.CatalogPath, "--date", sent["X-Amz-Date"], "--show-session-token", "--output", "json");

        Assert.Equal((0, ""), (code, error));
        using var json = JsonDocument.Parse(output);
        Assert.Equal(sent["Authorization"], json.RootElement.GetProperty("authorization").GetString());
        Assert.EndsWith(head[0].Split(' ')[1], json.RootElement.GetProperty("url").GetString(), StringComparison.Ordinal);
        sent.Remove("traceparent");
        var told = json.RootElement.GetProperty("headers").EnumerateObject().ToDictionary(h => h.Name, h => h.Value.GetString()!, StringComparer.OrdinalIgnoreCase);
        Assert.Equal(sent.Keys.Order(StringComparer.OrdinalIgnoreCase), told.Keys.Order(StringComparer.OrdinalIgnoreCase), StringComparer.OrdinalIgnoreCase);
        Assert.All(told.Where(h => h.Value[0] != '<'), h => Assert.Equal(sent[h.Key], h.Value));
        Assert.DoesNotContain(ExplainStage.TeamSecret, output, StringComparison.Ordinal);
        Assert.DoesNotContain(Explain.Secret, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explanation_OfThePathBehindTheNameAlone_IsTheSame()
    {
        string[] arguments = ["--named-credential", "echo", "--catalog", stage.Proxy.CatalogPath, "--date", "20150830T123600Z", "--output", "json"];

        var whole = await ExplainAsync("GET /Echo/x?a HTTP/1.1\nHost: localhost:8080\n", arguments);
        var byHost = await ExplainAsync("GET /x?a HTTP/1.1\nHost: echo.localhost:8080\n", arguments);
        var alone = await ExplainAsync("GET /x?a HTTP/1.1\nHost: api.example.com\n", arguments);

        Assert.All([whole, byHost, alone], answer => Assert.Contains("\"canonicalRequest\": \"GET\\n/base/x\\na=\\n", answer.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Explanation_OfARegionSet_IsWhatTheProxySendsButForTheSignature()
    {
        const string request = "GET /Regions/x?a HTTP/1.1\r\nHost: localhost\r\nX-Amz-Region-Set: ap-south-1\r\n\r\n";
        var sent = (await stage.SentAsync(request)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(": ", 2)).ToDictionary(h => h[0], h => h[1], StringComparer.OrdinalIgnoreCase);

        var (code, output, error) = await ExplainAsync(request, "--named-credential", "Regions", "--catalog", stage.Proxy.CatalogPath, "--date", sent["X-Amz-Date"], "--output", "json");

        Assert.Equal((0, ""), (code, error));
        using var json = JsonDocument.Parse(output);
        var told = json.RootElement.GetProperty("headers").EnumerateObject().ToDictionary(h => h.Name, h => h.Value.GetString()!, StringComparer.OrdinalIgnoreCase);
        sent.Remove("traceparent");
        Assert.Equal(sent.Keys.Order(StringComparer.OrdinalIgnoreCase), told.Keys.Order(StringComparer.OrdinalIgnoreCase), StringComparer.OrdinalIgnoreCase);
        Assert.Equal("eu-*,us-east-1", told["X-Amz-Region-Set"]);
        Assert.All(told.Where(h => h.Key != "Authorization"), h => Assert.Equal(sent[h.Key], h.Value));
        Assert.Equal(WithoutSignature(sent["Authorization"]), WithoutSignature(told["Authorization"]));
        Assert.Equal("eu-*,us-east-1", json.RootElement.GetProperty("region").GetString());
        Assert.Contains("another one every time", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET /x HTTP/1.1\nHost: a\n", "Nothing", "It has: Echo, Files, Regions")]
    [InlineData("GET /../x HTTP/1.1\nHost: a\n", "Echo", "path_climbs")]
    [InlineData("PUT /x HTTP/1.1\nHost: a\nX-Amz-Content-Sha256: nonsense\n", "Echo", "content_sha256_malformed")]
    public async Task Explanation_OfWhatTheProxyRefuses_IsRefused(string request, string named, string told)
    {
        var (code, output, error) = await ExplainAsync(request, "--named-credential", named, "--catalog", stage.Proxy.CatalogPath);

        Assert.Equal((1, ""), (code, output));
        Assert.Contains(told, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explanation_ByABadCatalog_IsRefused()
    {
        var (code, output, error) = await ExplainAsync("GET / HTTP/1.1\nHost: a\n", "--named-credential", "Echo", "--catalog", Path.Combine(stage.Proxy.Folder, "none.yaml"));

        Assert.Equal((78, ""), (code, output));
        Assert.Contains("none.yaml", error, StringComparison.Ordinal);
    }

    private static string WithoutSignature(string authorization) => authorization[..authorization.IndexOf("Signature=", StringComparison.Ordinal)];

    private static Task<(int ExitCode, string Output, string Error)> ExplainAsync(string request, params string[] arguments) =>
        Explain.RunAsync(Encoding.UTF8.GetBytes(request), new Dictionary<string, string>(), ["--request", "-", .. arguments]);
}
