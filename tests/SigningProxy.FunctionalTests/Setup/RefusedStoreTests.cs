using System.Net;
using SigningProxy.FunctionalTests.Harness;

namespace SigningProxy.FunctionalTests.Setup;

/// <summary>What ends a start, and what a running proxy goes on in spite of.</summary>
public sealed class RefusedStoreTests
{
    private const string Moved =
        "UPDATE secrets SET ciphertext = (SELECT ciphertext FROM secrets WHERE field LIKE '%[0].accessKey') WHERE field LIKE '%[0].accessSecret'";

    [Theory]
    [InlineData("another key", "the master key is not the one that this database was written under")]
    [InlineData("no key", "does not exist")]
    [InlineData("damage", "is damaged")]
    [InlineData("moved", "the secret of principals[0].accessSecret is lost")]
    [InlineData("folder", "has not the mode 0700")]
    public async Task Start_WithWhatCannotBeUsed_IsRefused(string fault, string why)
    {
        await using var stage = await SetupStage.CreateAsync();
        await stage.Folder.ImportAsync(stage.Entries());
        switch (fault)
        {
            case "another key":
                File.Delete(stage.Folder.File("master.key"));
                await ProxyProcess.RunAsync("catalog", "new-key", stage.Folder.File("master.key"));
                break;
            case "no key":
                File.Delete(stage.Folder.File("master.key"));
                break;
            case "damage":
                await File.WriteAllTextAsync(stage.Folder.Database, new string('x', 8192), TestContext.Current.CancellationToken);
                break;
            case "moved":
                stage.Folder.Run(Moved);
                break;
            case "folder":
                File.SetUnixFileMode(Path.GetDirectoryName(stage.Folder.Database)!, (UnixFileMode)0b111_101_101);
                break;
        }

        var run = await ProxyProcess.RunAsync(["run", "--catalog", stage.Folder.Catalog, "--operations", "off", "--operator", "off", .. stage.Folder.Settings]);

        Assert.Equal(78, run.ExitCode);
        Assert.Contains(why, run.Error, StringComparison.Ordinal);
        Assert.Empty(stage.Aws.Requests);
    }

    [Theory]
    [InlineData("moved", "the secret of principals[0].accessSecret is lost")]
    [InlineData("bad entry", "url is missing")]
    [InlineData("damage", "Setup cannot be read, and its entries stay as they were")]
    public async Task RunningProxy_WhenTheStoreTurnsBad_GoesOnWithTheLastGood(string fault, string told)
    {
        await using var stage = await SetupStage.CreateAsync();
        await stage.Folder.ImportAsync(stage.Entries());
        await using var proxy = await stage.StartProxyAsync();
        Assert.Equal(HttpStatusCode.OK, await stage.StatusAsync(proxy, "/Keyed/x"));

        if (fault == "damage")
        {
            stage.Folder.Run("UPDATE entries SET revision = revision; PRAGMA wal_checkpoint(TRUNCATE)");
            await File.WriteAllTextAsync(stage.Folder.Database, new string('x', 65536), TestContext.Current.CancellationToken);
            File.Delete(stage.Folder.Database + "-wal");
            File.Delete(stage.Folder.Database + "-shm");
            await File.WriteAllTextAsync(Path.Combine(proxy.Folder, "catalog.yaml"), "profiles: []", TestContext.Current.CancellationToken);
        }
        else
            stage.Folder.Run(fault == "moved" ? Moved : "UPDATE entries SET body = 'name: Keyed' WHERE kind = 'NamedCredential' AND name = 'Keyed'");

        await proxy.WritesAsync(told);
        Assert.Equal(HttpStatusCode.OK, await stage.StatusAsync(proxy, "/Keyed/x"));
        Assert.Equal(HttpStatusCode.OK, await stage.StatusAsync(proxy, "/Assumed/x"));
    }

    [Fact]
    public async Task Import_OfANameThatAFileHas_IsRefused_AndNamesTheFile()
    {
        using var folder = await SetupFolder.CreateAsync();
        await File.WriteAllTextAsync(folder.Catalog, "profiles: [{name: Readers, principals: []}]", TestContext.Current.CancellationToken);

        var import = await folder.CommandAsync("import", await folder.WriteAsync("profiles: [{name: More, principals: []}, {name: READERS, principals: []}]"));

        Assert.Equal(78, import.ExitCode);
        Assert.Contains($"error: Setup / profile READERS: another profile has this name at {folder.Catalog}:1.", import.Error, StringComparison.Ordinal);
        Assert.Empty(await folder.ProfilesAsync());
    }

    [Fact]
    public async Task Import_ThatReachesForTheProxysSecrets_IsRefused()
    {
        using var folder = await SetupFolder.CreateAsync();
        var import = await folder.CommandAsync("import", await folder.WriteAsync("callers: [{name: mallory, proofs: [{token: {file: /etc/hostname}}]}]"));
        Assert.Equal(78, import.ExitCode);
        Assert.Contains("Setup / caller mallory / proof number 1: token refers to a file that entries made in Setup may not read", import.Error, StringComparison.Ordinal);
    }
}
