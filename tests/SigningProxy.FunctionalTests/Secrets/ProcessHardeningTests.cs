using System.Text.RegularExpressions;
using SigningProxy.FunctionalTests.Harness;

namespace SigningProxy.FunctionalTests.Secrets;

public sealed partial class ProcessHardeningTests
{
    private const string Catalog = "namedCredentials: []";

    [Theory]
    [InlineData("environ")]
    [InlineData("maps")]
    [InlineData("auxv")]
    public async Task Process_IsClosedToOthersOfItsUser(string file)
    {
        Assert.SkipUnless(SameUser.CanBe, "Needs Linux, and as root setpriv.");
        using var open = SameUser.Start("sleep", "60");
        await using var proxy = await ProxyProcess.StartAsync(Catalog, new Launch { Through = SameUser.Through });
        try
        {
            // A process that does not close itself can be read; a dumpable one could be traced, too.
            await Wait.UntilAsync(() => SameUser.CanReadAsync($"/proc/{open.Id}/{file}"), $"{file} of a plain process is read");
            Assert.False(await SameUser.CanReadAsync($"/proc/{proxy.Id}/{file}"));
        }
        finally
        {
            open.Kill();
        }
    }

    [Fact]
    public async Task Process_MakesFilesForItsOwnerAlone()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs /proc.");
        await using var proxy = await ProxyProcess.StartAsync(Catalog);

        Assert.Matches(Umask(), await File.ReadAllTextAsync($"/proc/{proxy.Id}/status", TestContext.Current.CancellationToken));
    }

    // The runtime of a build that is not native opens its port before any of our code runs, and no setting of ours prevents it.
    [Fact]
    public async Task Process_OpensNoDiagnosticPort()
    {
        Assert.SkipWhen(File.Exists($"{ProxyProcess.Binary}.dll"), "The native executable alone, which is what is shipped.");
        var temporary = Directory.CreateTempSubdirectory("signing-proxy-port-");
        try
        {
            await using var proxy = await ProxyProcess.StartAsync(Catalog, new Launch { Environment = new Dictionary<string, string> { ["TMPDIR"] = temporary.FullName } });

            Assert.Empty(temporary.EnumerateFileSystemInfos().Select(f => f.Name));
        }
        finally
        {
            temporary.Delete(recursive: true);
        }
    }

    [GeneratedRegex(@"^Umask:\s+0077$", RegexOptions.Multiline)]
    private static partial Regex Umask();
}
