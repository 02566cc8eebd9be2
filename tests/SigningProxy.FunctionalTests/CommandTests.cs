using System.Globalization;
using System.Text.Json;
using SigningProxy.FunctionalTests.Harness;

namespace SigningProxy.FunctionalTests;

public sealed class CommandTests
{
    private const string TwoFaults = "externalCredentials:\n  - {name: Orders, label: Orders}\nnamedCredentials:\n  - {name: Orders, label: Orders, url: http://example.com/}\n";

    [Fact]
    public async Task NoArguments_SaysWhatItCanDo()
    {
        var (code, output, error) = await ProxyProcess.RunAsync();

        Assert.Equal(0, code);
        Assert.All(["run", "demo", "validate", "health", "sessions", "explain", "catalog", "get", "apply", "delete", "import", "export", "version"], command => Assert.Contains($"\n  {command} ", output, StringComparison.Ordinal));
        // Each command's examples stand in its own help.
        Assert.DoesNotContain("Examples", output, StringComparison.Ordinal);
        Assert.Empty(error);
    }

    [Theory]
    [InlineData("run")]
    [InlineData("demo")]
    [InlineData("validate")]
    [InlineData("health")]
    [InlineData("sessions")]
    [InlineData("sessions refresh")]
    [InlineData("explain")]
    [InlineData("get")]
    [InlineData("apply")]
    [InlineData("delete")]
    [InlineData("import")]
    [InlineData("import salesforce")]
    [InlineData("export")]
    [InlineData("export salesforce")]
    [InlineData("version")]
    public async Task Help_HasExamplesAndExitCodes(string command)
    {
        var (code, output, _) = await ProxyProcess.RunAsync([.. command.Split(' '), "--help"]);

        Assert.Equal(0, code);
        Assert.Matches($@"Examples:\s+signing-proxy {command}", output);
        Assert.Matches(@"Exit codes:\s+0 +ok\s+1 +failed\s+2 +the command line is wrong\s+78 +catalog or host settings are wrong", output);
    }

    [Fact]
    public async Task Help_OfRun_TellsTheDefaults_AndNothingOfTheStandIn()
    {
        var (_, output, _) = await ProxyProcess.RunAsync("run", "--help");

        Assert.Contains("Default localhost:8080", output, StringComparison.Ordinal);
        Assert.Contains("Default 127.0.0.1:9080", output, StringComparison.Ordinal);
        Assert.DoesNotContain("aws-port", output, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("local-aws", output, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("frobnicate", "frobnicate", "signing-proxy --help")]
    [InlineData("run --frobnicate", "--frobnicate", "signing-proxy run --help")]
    [InlineData("run --listen nowhere", "nowhere", "signing-proxy run --help")]
    [InlineData("run --listen 127.0.0.1:65536", "127.0.0.1:65536", "signing-proxy run --help")]
    [InlineData("run --listen localhost:0", "localhost:0", "signing-proxy run --help")]
    [InlineData("run --listen unix:relative", "unix:relative", "signing-proxy run --help")]
    [InlineData("run --listen unix:/far/too/long/0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123", "unix:/far/too/long/", "signing-proxy run --help")]
    [InlineData("run --set SigningProxy:Bodies", "SigningProxy:Bodies", "signing-proxy run --help")]
    [InlineData("demo --port 65536", "65536", "signing-proxy demo --help")]
    [InlineData("validate --output xml", "xml", "signing-proxy validate --help")]
    [InlineData("health --operations nowhere", "nowhere", "signing-proxy health --help")]
    [InlineData("run --operator 127.0.0.1:1", "127.0.0.1:1", "signing-proxy run --help")]
    [InlineData("sessions --operator /run/s", "/run/s", "signing-proxy sessions --help")]
    [InlineData("sessions --operations 127.0.0.1:1", "--token-file", "signing-proxy sessions --help")]
    [InlineData("sessions --token-file t", "--operations", "signing-proxy sessions --help")]
    [InlineData("sessions --operations nowhere --token-file t", "nowhere", "signing-proxy sessions --help")]
    [InlineData("sessions --operator unix:/s --operations 127.0.0.1:1 --token-file t", "Take one of them", "signing-proxy sessions --help")]
    [InlineData("sessions refresh", "name", "signing-proxy sessions refresh --help")]
    [InlineData("sessions refresh A-B --operator nowhere", "nowhere", "signing-proxy sessions refresh --help")]
    [InlineData("import salesforce", "path", "signing-proxy import salesforce --help")]
    [InlineData("import salesforce x --dry-run", "--setup", "signing-proxy import salesforce --help")]
    [InlineData("import salesforce x -o y --setup http://127.0.0.1:1", "Take one of them", "signing-proxy import salesforce --help")]
    [InlineData("import salesforce x --setup http://setup.example.com", "http://setup.example.com", "signing-proxy import salesforce --help")]
    [InlineData("export salesforce x --catalog y --setup http://127.0.0.1:1", "Take one of them", "signing-proxy export salesforce --help")]
    [InlineData("version extra", "extra", "signing-proxy version --help")]
    public async Task CommandLine_Wrong_SaysWhatAndWhereToLook(string line, string told, string look)
    {
        var (code, output, error) = await ProxyProcess.RunAsync(line.Split(' '));

        Assert.Equal(2, code);
        Assert.Contains(told, error, StringComparison.Ordinal);
        Assert.Contains($"Try \"{look}\"", error, StringComparison.Ordinal);
        Assert.Empty(output);
    }

    [Theory]
    [InlineData("run")]
    [InlineData("validate")]
    public async Task Catalog_Wrong_IsToldWhole(string command)
    {
        var (code, output, error) = await OfCatalogAsync(TwoFaults, command);

        Assert.Equal(78, code);
        Assert.Matches(
            @"catalog\.yaml:2: error: externalCredential Orders: region is missing\. Write the AWS region, such as eu-west-1\.", output + error);
        Assert.Matches(
            @"catalog\.yaml:4: error: namedCredential Orders: url may be plain http only to a loopback address\. Write https", output + error);
    }

    [Fact]
    public async Task Validate_AsJson_SaysTheSame()
    {
        var (code, output, _) = await OfCatalogAsync(TwoFaults, "validate", "--output", "json");

        Assert.Equal(78, code);
        using var report = JsonDocument.Parse(output);
        Assert.False(report.RootElement.GetProperty("valid").GetBoolean());
        var faults = report.RootElement.GetProperty("faults").EnumerateArray().ToList();
        var url = Assert.Single(faults, f => f.GetProperty("field").GetString() == "url");
        Assert.Equal(4, url.GetProperty("line").GetInt32());
        Assert.Equal("namedCredential Orders", url.GetProperty("entry").GetString());
        Assert.EndsWith("catalog.yaml", url.GetProperty("file").GetString(), StringComparison.Ordinal);
        Assert.NotEmpty(url.GetProperty("rule").GetString()!);
        Assert.NotEmpty(url.GetProperty("mend").GetString()!);
        Assert.Equal(faults.Count(f => f.GetProperty("severity").GetString() == "error"), report.RootElement.GetProperty("counts").GetProperty("errors").GetInt32());
    }

    [Fact]
    public async Task Validate_GoodCatalog_PrintsNoSecret()
    {
        var catalog = new CatalogText().With("Api", new Uri("http://127.0.0.1:1/"), "AKIDCOMMAND00000", "a-secret-of-this-test").ToString();

        foreach (var form in new[] { "text", "json" })
        {
            var (code, output, error) = await OfCatalogAsync(catalog, "validate", "--output", form);

            Assert.Equal(0, code);
            Assert.DoesNotContain("a-secret-of-this-test", output + error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Version_IsTheSameInBothForms()
    {
        var (code, text, _) = await ProxyProcess.RunAsync("version");
        var (jsonCode, json, _) = await ProxyProcess.RunAsync("version", "--output", "json");

        Assert.Equal((0, 0), (code, jsonCode));
        using var told = JsonDocument.Parse(json);
        Assert.StartsWith($"signing-proxy {told.RootElement.GetProperty("version").GetString()} ", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_IsZeroWhereAProxyIsReady_AndOneWhereNothingIs()
    {
        await using var proxy = await ProxyProcess.StartAsync(new CatalogText().With("Api", new Uri("http://127.0.0.1:1/"), "AKIDCOMMAND00000", "secret").ToString());

        var (code, output, _) = await ProxyProcess.RunAsync("health", "--operations", proxy.Operations.Authority);
        var (liveCode, _, _) = await ProxyProcess.RunAsync("health", "--live", "--operations", proxy.Operations.Authority);
        var (_, json, _) = await ProxyProcess.RunAsync("health", "--output", "json", "--operations", proxy.Operations.Authority);
        var nothing = $"127.0.0.1:{ProxyProcess.FreePort().ToString(CultureInfo.InvariantCulture)}";
        var (nothingCode, _, error) = await ProxyProcess.RunAsync("health", "--operations", nothing);

        Assert.Equal((0, "ok\n", 0), (code, output, liveCode));
        using var health = JsonDocument.Parse(json);
        Assert.Equal("ready", health.RootElement.GetProperty("status").GetString());
        Assert.Equal(1, nothingCode);
        Assert.Contains(nothing, error, StringComparison.Ordinal);
    }

    private static async Task<(int ExitCode, string Output, string Error)> OfCatalogAsync(string catalog, string command, params string[] options)
    {
        var folder = Directory.CreateTempSubdirectory("signing-proxy-test-").FullName;
        try
        {
            var path = Path.Combine(folder, "catalog.yaml");
            await File.WriteAllTextAsync(path, catalog);
            return await ProxyProcess.RunAsync([command, "--catalog", path, .. options]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
