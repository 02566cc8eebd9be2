using SigningProxy.FunctionalTests.Harness;

namespace SigningProxy.FunctionalTests;

public sealed class ProcessHardeningTests
{
    [Fact]
    public async Task Files_AreForTheOwnerAlone()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux tells a process's umask.");
        await using var proxy = await ProxyProcess.StartAsync("");

        Assert.Contains("Umask:\t0077", await File.ReadAllLinesAsync($"/proc/{proxy.Id}/status", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Memory_IsClosedToOthersOfTheSameUser()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && !Environment.IsPrivilegedProcess, "To root, and beyond Linux, every process is open.");
        await using var proxy = await ProxyProcess.StartAsync("");

        Assert.Throws<UnauthorizedAccessException>(() => File.ReadAllBytes($"/proc/{proxy.Id}/environ"));
    }
}
