using System.Diagnostics;

namespace SigningProxy.FunctionalTests.ThirdParty;

/// <summary>The packages of <c>tests/verifiers</c>, installed from npm when first wanted.</summary>
internal static class NpmPackages
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly Lazy<Task<string>> Installed = new(InstallAsync);

    /// <summary>The folder that holds their <c>node_modules</c>.</summary>
    /// <exception cref="InvalidOperationException">They could not be installed.</exception>
    public static Task<string> Folder => Installed.Value;

    private static async Task<string> InstallAsync()
    {
        var folder = ThirdPartyServers.Below("artifacts", "verifiers");
        var wanted = await File.ReadAllTextAsync(ThirdPartyServers.Below("tests", "verifiers", "package.json"));
        var mark = Path.Combine(folder, "installed.json");
        if (File.Exists(mark) && await File.ReadAllTextAsync(mark) == wanted)
            return folder;
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "package.json"), wanted);
        using var npm = Process.Start(new ProcessStartInfo("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts", "--no-package-lock"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var said = npm.StandardError.ReadToEndAsync();
        _ = npm.StandardOutput.ReadToEndAsync();
        await npm.WaitForExitAsync().WaitAsync(Patience);
        if (npm.ExitCode != 0)
            throw new InvalidOperationException($"npm install failed: {await said}");
        // Only now: npm rewrites its own package.json, and may have ended half way before.
        await File.WriteAllTextAsync(mark, wanted);
        return folder;
    }
}
