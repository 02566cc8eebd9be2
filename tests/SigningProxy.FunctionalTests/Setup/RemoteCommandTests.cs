using System.Net;
using System.Text.Json;
using SigningProxy.FunctionalTests.Harness;
using SigningProxy.LocalAws;

namespace SigningProxy.FunctionalTests.Setup;

/// <summary><c>get</c>, <c>apply</c> and <c>delete</c> on a running Setup.</summary>
public sealed class RemoteCommandTests : IAsyncLifetime
{
    private const string Viewer = "the-token-of-somebody-who-looks";
    private const string Keeper = "the-token-of-somebody-who-changes";

    private readonly int _port = ProxyProcess.FreePort();
    private SetupStage _stage = null!;
    private ProxyProcess _proxy = null!;

    public async ValueTask InitializeAsync()
    {
        _stage = await SetupStage.CreateAsync();
        foreach (var (file, token) in new[] { ("viewer", Viewer), ("keeper", Keeper) })
            await File.WriteAllTextAsync(_stage.Folder.File(file), token + "\n");
        _proxy = await ProxyProcess.StartAsync(
            "profiles: [{name: Provided, principals: []}]",
            [
                .. _stage.Folder.Settings, "--set", $"SigningProxy:Setup:Listen=127.0.0.1:{_port}",
                "--set", $"SigningProxy:Setup:Administrators:0=viewer may View by tokenFile {_stage.Folder.File("viewer")}",
                "--set", $"SigningProxy:Setup:Administrators:1=keeper may Manage by tokenFile {_stage.Folder.File("keeper")}",
            ]);
    }

    [Fact]
    public async Task Apply_OfAllVariantsToAnEmptyStore_IsServedAtOnce()
    {
        var file = await _stage.Folder.WriteAsync(_stage.Entries());

        var dry = await RunAsync("keeper", "apply", "-f", file, "--dry-run");
        Assert.Equal((0, ""), (dry.ExitCode, dry.Error));
        Assert.Contains("+ externalCredential Keyed\n", dry.Output, StringComparison.Ordinal);
        Assert.Contains("    principals[0].accessSecret: (secret)\n", dry.Output, StringComparison.Ordinal);
        Assert.EndsWith("entries would change.\n", dry.Output, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, await _stage.StatusAsync(_proxy, "Keyed/x"));
        Assert.Empty(Called());

        var applied = await RunAsync("keeper", "apply", "-f", file);
        Assert.Equal((0, ""), (applied.ExitCode, applied.Error));
        foreach (var name in new[] { "Keyed", "Assumed", "Certified" })
            Assert.Equal(HttpStatusCode.OK, await _stage.StatusAsync(_proxy, $"{name}/x"));

        Assert.Equal((0, "Nothing differs.\n", ""), await RunAsync("keeper", "apply", "-f", file));
        Assert.DoesNotContain(SetupStage.Secret, dry.Output + applied.Output + _proxy.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_AsYaml_IsWhatApplyTakes_AndApplyOfItChangesNothing()
    {
        Assert.Equal(0, (await RunAsync("keeper", "apply", "-f", await _stage.Folder.WriteAsync(_stage.Entries()))).ExitCode);

        var table = await RunAsync("viewer", "get", "external-credentials");
        Assert.Matches(@"\ANAME +VARIANT +SERVICE +REGION +PRINCIPALS +STATUS +MADE IN\n", table.Output);
        Assert.Matches(@"\nKeyed +AccessKey .*configured +Setup, revision 1\n", table.Output);
        Assert.Matches(@"\nProvided .*catalog\.yaml:1\n", (await RunAsync("viewer", "get", "profiles")).Output);

        var yaml = await RunAsync("viewer", "get", "externalCredential", "Keyed");
        Assert.StartsWith("externalCredentials:\n- name: Keyed\n", yaml.Output, StringComparison.Ordinal);
        Assert.Contains("  revision: 1\n", yaml.Output, StringComparison.Ordinal);
        Assert.Equal((0, "Nothing differs.\n", ""), await RunAsync("keeper", "apply", "-f", await _stage.Folder.WriteAsync(yaml.Output)));

        var relabelled = await _stage.Folder.WriteAsync(yaml.Output.Replace("label: Keyed", "label: Another", StringComparison.Ordinal));
        Assert.Contains("    label: Keyed -> Another\n", (await RunAsync("keeper", "apply", "-f", relabelled)).Output, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await _stage.StatusAsync(_proxy, "Keyed/x"));

        // The same file again was made from a revision that is gone.
        var late = await RunAsync("keeper", "apply", "-f", await _stage.Folder.WriteAsync(yaml.Output));
        Assert.Equal((1, ""), (late.ExitCode, late.Output));
        Assert.Contains("It was revision 1, and is 2", late.Error, StringComparison.Ordinal);
        using var json = JsonDocument.Parse((await RunAsync("viewer", "get", "external-credential", "Keyed", "-o", "json")).Output);
        Assert.Equal("Another", json.RootElement.GetProperty("label").GetString());
        Assert.DoesNotContain(SetupStage.Secret, yaml.Output + late.Error + json.RootElement.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Apply_WithOneFault_ChangesNothingAndTellsEntryRuleAndMend()
    {
        var file = await _stage.Folder.WriteAsync("profiles:\n  - {name: Good, principals: []}\n  - {name: 1bad, principals: []}\n");

        var (code, output, error) = await RunAsync("keeper", "apply", "-f", file);

        Assert.Equal((1, ""), (code, output));
        Assert.Matches(@"Nothing was changed: 1 rule is broken\.\n  profile 1bad: name .*\. \S", error);
        Assert.Contains("There is no profile of this name", (await RunAsync("viewer", "get", "profile", "Good")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Delete_OfWhatIsInUse_SaysByWhat_AndGoesOnceNothingUsesIt()
    {
        Assert.Equal(0, (await RunAsync("keeper", "apply", "-f", await _stage.Folder.WriteAsync(_stage.Entries()))).ExitCode);

        var used = await RunAsync("keeper", "delete", "external-credential", "Keyed");
        Assert.Equal((1, ""), (used.ExitCode, used.Output));
        Assert.Contains("namedCredential Keyed", used.Error, StringComparison.Ordinal);

        Assert.Equal((0, "Deleted named credential Keyed.\n", ""), await RunAsync("keeper", "delete", "named-credential", "Keyed"));
        Assert.Equal(HttpStatusCode.Forbidden, await _stage.StatusAsync(_proxy, "Keyed/x"));
        Assert.Empty(Called());
    }

    [Theory]
    [InlineData("viewer", "apply", "needs the permission Manage")]
    [InlineData("keeper", "delete", "provisioned by")]
    public async Task Change_ByWhoMayNot_OrOfWhatIsProvisioned_IsRefused(string who, string command, string told)
    {
        string[] line = command == "apply" ? ["apply", "-f", await _stage.Folder.WriteAsync("profiles:\n  - {name: Mine, principals: []}\n")] : ["delete", "profile", "Provided"];

        var (code, output, error) = await RunAsync(who, line);

        Assert.Equal((1, ""), (code, output));
        Assert.Contains(told, error, StringComparison.Ordinal);
        var profiles = (await RunAsync("viewer", "get", "profiles")).Output;
        Assert.Contains("Provided", profiles, StringComparison.Ordinal);
        Assert.DoesNotContain("Mine", profiles, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_WithAnotherToken_OrNone_SaysWhatToDo()
    {
        var other = _stage.Folder.File("other");
        await File.WriteAllTextAsync(other, "a-token-that-nobody-was-given", TestContext.Current.CancellationToken);

        Assert.Contains("administrator's token", (await RunAsync("other", "get", "callers")).Error, StringComparison.Ordinal);
        var none = await ProxyProcess.RunAsync("get", "callers", "--setup", $"http://127.0.0.1:{_port}");
        Assert.Equal(1, none.ExitCode);
        Assert.Contains("SIGNING_PROXY_SETUP_TOKEN is not set", none.Error, StringComparison.Ordinal);
        Assert.Contains("nothing answers at", (await ProxyProcess.RunAsync("get", "callers", "--setup", "http://127.0.0.1:1", "--token-file", other)).Error, StringComparison.Ordinal);
        Assert.Equal(2, (await ProxyProcess.RunAsync("get", "callers", "--setup", "http://setup.example.com", "--token-file", other)).ExitCode);
        Assert.Equal(2, (await ProxyProcess.RunAsync("get", "pages", "--token-file", other)).ExitCode);
    }

    public async ValueTask DisposeAsync()
    {
        await _proxy.DisposeAsync();
        await _stage.DisposeAsync();
    }

    private IEnumerable<SeenRequest> Called() => _stage.Aws.Requests.Where(r => r.Target == LocalTarget.Destinations);

    private Task<(int ExitCode, string Output, string Error)> RunAsync(string who, params string[] line) =>
        ProxyProcess.RunAsync([.. line, "--setup", $"http://127.0.0.1:{_port}", "--token-file", _stage.Folder.File(who)]);
}
