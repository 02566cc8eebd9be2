using System.Net;
using SigningProxy.FunctionalTests.Harness;
using SigningProxy.FunctionalTests.Setup;
using SigningProxy.LocalAws;

namespace SigningProxy.FunctionalTests.Exchange;

/// <summary><c>import salesforce</c> into a running Setup, and <c>export salesforce</c> out of it.</summary>
public sealed class SetupImportTests : IAsyncLifetime
{
    private const string Token = "the-token-of-somebody-who-changes";

    private readonly int _port = ProxyProcess.FreePort();
    private SetupStage _stage = null!;
    private ProxyProcess _proxy = null!;

    public async ValueTask InitializeAsync()
    {
        _stage = await SetupStage.CreateAsync();
        await File.WriteAllTextAsync(_stage.Folder.File("keeper"), Token + "\n");
        MetadataText.Write(_stage.Folder.File("metadata"), _stage.Aws.Address);
        _proxy = await ProxyProcess.StartAsync("namedCredentials: []",
        [
            .. _stage.Folder.Settings, "--set", $"SigningProxy:Setup:Listen=127.0.0.1:{_port}",
            "--set", $"SigningProxy:Setup:Administrators:0=keeper may Manage by tokenFile {_stage.Folder.File("keeper")}",
        ]);
    }

    [Fact]
    public async Task Import_IsShownThenDone_AndAgainItKeepsWhatWasFilledIn()
    {
        var metadata = _stage.Folder.File("metadata");
        var dry = await RunAsync("import", "salesforce", metadata, "--dry-run");
        Assert.Equal(0, dry.ExitCode);
        Assert.Contains("+ externalCredential Keyed\n", dry.Output, StringComparison.Ordinal);
        Assert.EndsWith("5 entries would change.\n", dry.Output, StringComparison.Ordinal);
        Assert.Equal("There are no named credentials.\n", (await RunAsync("get", "named-credentials")).Output);

        var done = await RunAsync("import", "salesforce", metadata);
        Assert.Equal((0, dry.Error), (done.ExitCode, done.Error));
        Assert.EndsWith("5 entries changed.\n", done.Output, StringComparison.Ordinal);
        Assert.Contains("[ ] externalCredential Keyed / principal One: Fill in accessKey and accessSecret.\n", done.Error, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, await _stage.StatusAsync(_proxy, "Keyed/x"));
        Assert.DoesNotContain(_stage.Aws.Requests, r => r.Target == LocalTarget.Destinations);

        await FillInAsync();
        Assert.Equal(HttpStatusCode.OK, await _stage.StatusAsync(_proxy, "Keyed/x"));

        var again = await RunAsync("import", "salesforce", metadata);
        Assert.Equal((0, "Nothing differs.\n"), (again.ExitCode, again.Output));
        Assert.DoesNotContain("Keyed", again.Error, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await _stage.StatusAsync(_proxy, "Keyed/x"));

        var target = _stage.Folder.File("exported");
        Assert.Equal(0, (await RunAsync("export", "salesforce", target)).ExitCode);
        Assert.Equal((await ProxyProcess.RunAsync("import", "salesforce", metadata)).Output, (await ProxyProcess.RunAsync("import", "salesforce", target)).Output);
    }

    [Fact]
    public async Task Import_OfWhatBreaksARule_ChangesNothing()
    {
        var metadata = _stage.Folder.File("metadata");
        var file = Path.Combine(metadata, "externalCredentials", "Keyed.externalCredential-meta.xml");
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).Replace("eu-west-1", "US East", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        var (code, output, error) = await RunAsync("import", "salesforce", metadata);

        Assert.Equal((1, ""), (code, output));
        Assert.Matches(@"Nothing was changed: 1 rule is broken\.\n  externalCredential Keyed: region ", error);
        Assert.Equal("There are no external credentials.\n", (await RunAsync("get", "external-credentials")).Output);
    }

    public async ValueTask DisposeAsync()
    {
        await _proxy.DisposeAsync();
        await _stage.DisposeAsync();
    }

    private async Task FillInAsync()
    {
        var yaml = (await RunAsync("get", "external-credential", "Keyed")).Output
            .Replace("    sequenceNumber: 1\n", $"    sequenceNumber: 1\n    accessKey: {{value: {SetupStage.KeyId}}}\n    accessSecret: {{value: {SetupStage.Secret}}}\n", StringComparison.Ordinal);
        var set = (await RunAsync("get", "permission-set", "Keepers")).Output.Replace("callers: []", "callers: [\"*\"]", StringComparison.Ordinal);
        var applied = await RunAsync("apply", "-f", await _stage.Folder.WriteAsync(yaml + set));
        Assert.Equal((0, ""), (applied.ExitCode, applied.Error));
    }

    private Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] line) =>
        ProxyProcess.RunAsync([.. line, "--setup", $"http://127.0.0.1:{_port}", "--token-file", _stage.Folder.File("keeper")]);
}
