using System.Net;
using SigningProxy.FunctionalTests.Harness;

namespace SigningProxy.FunctionalTests.Setup;

/// <summary>From an empty store to requests that the stand-in verified, and what of it lies open.</summary>
public sealed class StoredCatalogTests
{
    [Fact]
    public async Task Import_IntoAnEmptyStore_SignsByEveryVariant_AndAgainAfterARestart()
    {
        await using var stage = await SetupStage.CreateAsync();
        await using (var proxy = await stage.StartProxyAsync())
        {
            Assert.Equal(HttpStatusCode.Forbidden, await stage.StatusAsync(proxy, "/Keyed/x"));
            Assert.Empty(stage.Aws.Requests);

            await stage.Folder.ImportAsync(stage.Entries());

            await Wait.UntilAsync(async () => await stage.StatusAsync(proxy, "/Certified/x") == HttpStatusCode.OK, "the running proxy takes the entries up");
            await AssertSignedAsync(stage, proxy);
            await proxy.WritesAsync("was not there, and an empty one was made");
        }
        await using var again = await stage.StartProxyAsync();
        await AssertSignedAsync(stage, again);
        Assert.DoesNotContain("was not there", again.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secrets_StandNowhereInTheClear()
    {
        await using var stage = await SetupStage.CreateAsync();
        var file = await stage.Folder.WriteAsync(stage.Entries());
        await using var proxy = await stage.StartProxyAsync();
        var dryRun = await stage.Folder.CommandAsync("import", file, "--dry-run");
        var import = await stage.Folder.CommandAsync("import", file);
        File.Delete(file);
        await Wait.UntilAsync(async () => await stage.StatusAsync(proxy, "/Certified/x") == HttpStatusCode.OK, "the running proxy takes the entries up");
        var export = await stage.Folder.CommandAsync("export");
        Assert.Equal(0, (await stage.Folder.CommandAsync("backup", stage.Folder.File("backup"))).ExitCode);

        Assert.Equal((0, 0, 0), (dryRun.ExitCode, import.ExitCode, export.ExitCode));
        Assert.Contains("setup.db-wal", stage.Folder.Files.Select(Path.GetFileName));
        Assert.Empty(stage.Open(dryRun.Output + import.Output + export.Output + proxy.Log));

        // The scan itself: what is sealed by nobody is found, in an export as in the database.
        stage.Folder.Run($"UPDATE entries SET body = body || '# {SetupStage.Secret}' WHERE name = 'Keyed' AND kind = 'ExternalCredential'");
        Assert.Contains(stage.Open(""), f => f.StartsWith("setup.db", StringComparison.Ordinal));
        Assert.Equal(["text"], stage.Open($"accessSecret: {SetupStage.Secret}").Where(f => f == "text"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Database_IsTouchedOnlyWhereSetupIsOn(bool on)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Needs root, to look into a process that is closed to its own user.");
        using var folder = await SetupFolder.CreateAsync();
        await using var proxy = await ProxyProcess.StartAsync("namedCredentials: []", on ? folder.Settings : []);

        var maps = await File.ReadAllTextAsync($"/proc/{proxy.Id}/maps", TestContext.Current.CancellationToken);

        Assert.Equal(on, maps.Contains("sqlite", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("Npgsql", maps, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task AssertSignedAsync(SetupStage stage, ProxyProcess proxy)
    {
        var before = stage.Aws.Counts;
        foreach (var name in (string[])["Keyed", "Assumed", "Certified"])
            Assert.Equal(HttpStatusCode.OK, await stage.StatusAsync(proxy, $"/{name}/x"));
        Assert.Equal((3, 0), (stage.Aws.Counts.DestinationRequests - before.DestinationRequests, stage.Aws.Counts.DestinationRefusals));
    }
}
