using Microsoft.Playwright;
using SigningProxy.FunctionalTests.ThirdParty;

namespace SigningProxy.FunctionalTests.Setup.Pages;

/// <summary>The Chromium of this machine, without a window. Where it cannot be had, CI fails and a user's machine skips.</summary>
public sealed class Chromium : ThirdPartyServers
{
    private IPlaywright? _playwright;

    internal IBrowser Browser { get; private set; } = null!;

    /// <summary>The text of axe-core, which judges whether pages can be used by everybody.</summary>
    internal string Axe { get; private set; } = "";

    public override async ValueTask DisposeAsync()
    {
        if (Browser is not null)
            await Browser.DisposeAsync();
        _playwright?.Dispose();
    }

    protected override async Task StartAsync()
    {
        Axe = await File.ReadAllTextAsync(Path.Combine(await NpmPackages.Folder, "node_modules", "axe-core", "axe.min.js"));
        _playwright = await Playwright.CreateAsync();
        Browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Find(), Args = Environment.IsPrivilegedProcess ? ["--no-sandbox"] : [] });
    }

    private static string Find() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').SelectMany(f => (string[])[Path.Combine(f, "chromium"), Path.Combine(f, "chromium-browser")])
        .FirstOrDefault(File.Exists) ?? throw new FileNotFoundException("There is no chromium on the PATH; tests/servers/install.sh installs it.");
}
