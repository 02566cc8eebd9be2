using System.Net;
using Microsoft.Data.Sqlite;
using SigningProxy.FunctionalTests.Harness;

namespace SigningProxy.FunctionalTests.Setup;

/// <summary>What befalls the database while the proxy runs: clear errors for who writes, none for who calls.</summary>
public sealed class StoreFaultTests
{
    private const string More = "profiles: [{name: More, principals: []}]";

    [Fact]
    public async Task Lock_OfAnotherProcess_IsToldAfterAWhile_AndCallsGoOn()
    {
        await using var stage = await SetupStage.CreateAsync();
        await stage.Folder.ImportAsync(stage.Entries());
        await using var proxy = await stage.StartProxyAsync();
        await using var other = new SqliteConnection($"Data Source={stage.Folder.Database};Pooling=False");
        await other.OpenAsync(TestContext.Current.CancellationToken);
        var file = await stage.Folder.WriteAsync(More);

        await using (var held = other.BeginTransaction(deferred: false))
        {
            var import = stage.Folder.CommandAsync("import", file);
            while (!import.IsCompleted)
                Assert.Equal(HttpStatusCode.OK, await stage.StatusAsync(proxy, "/Keyed/x"));
            var refused = await import;
            Assert.Equal(1, refused.ExitCode);
            Assert.Contains("is in use by another process for longer than is waited for. Try again.", refused.Error, StringComparison.Ordinal);
        }

        Assert.Equal(0, (await stage.Folder.CommandAsync("import", file)).ExitCode);
        Assert.Contains("More", await stage.Folder.ProfilesAsync());
    }

    [Fact]
    public async Task Page_ThatIsDamaged_IsToldOf_AndCallsGoOn()
    {
        await using var stage = await SetupStage.CreateAsync();
        await stage.Folder.ImportAsync(stage.Entries());
        await using var proxy = await stage.StartProxyAsync();
        stage.Folder.Run("UPDATE entries SET revision = revision; PRAGMA wal_checkpoint(TRUNCATE)");
        await using (var file = new FileStream(stage.Folder.Database, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            file.Seek(2 * 4096, SeekOrigin.Begin);
            await file.WriteAsync(Enumerable.Repeat((byte)0x5A, 2 * 4096).ToArray(), TestContext.Current.CancellationToken);
        }

        var import = await stage.Folder.CommandAsync("import", await stage.Folder.WriteAsync(More));

        Assert.Equal(78, import.ExitCode);
        Assert.Contains("is damaged. Move it away, and bring back a backup", import.Error, StringComparison.Ordinal);
        await File.WriteAllTextAsync(proxy.CatalogPath, "profiles: []", TestContext.Current.CancellationToken);
        foreach (var name in (string[])["Keyed", "Assumed", "Certified"])
            Assert.Equal(HttpStatusCode.OK, await stage.StatusAsync(proxy, $"/{name}/x"));
    }

    // Where nothing may be mounted, a limit on files does as well as a full disk. The runtime of a development build counts its own code as a file, but for the variable.
    [Fact]
    public async Task File_ThatMayGrowNoMore_LosesNothing()
    {
        using var folder = await SetupFolder.CreateAsync();
        await folder.ImportAsync(More);
        var large = await folder.WriteAsync($"profiles: [{string.Join(", ", Enumerable.Range(0, 3000).Select(i => $"{{name: P_{i}, label: {new string('x', 60)}, principals: []}}"))}]");

        var outcome = await Shell.RunAsync(
            $"trap '' XFSZ; ulimit -f 400; DOTNET_EnableWriteXorExecute=0 \"$PROXY\" catalog import {large} --catalog {folder.Catalog} --set SigningProxy:Setup:Database={folder.Database} --set SigningProxy:Setup:MasterKeyFile={folder.File("master.key")}");

        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains($"the database {folder.Database} cannot be read or written", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(["More"], await folder.ProfilesAsync());
    }
}
