using System.Diagnostics;
using System.Text.Json;
using SigningProxy.FunctionalTests.Harness;

namespace SigningProxy.FunctionalTests.ThirdParty;

/// <summary>
/// Two servers that other people wrote and that verify signatures: @filen/aws4-express for every service but S3, @20minutes/s3rver for S3. Installed from
/// npm when first wanted. Where that cannot be, CI fails and a user's machine skips.
/// </summary>
public sealed class NpmVerifiers : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private Process? _servers;
    private string? _missing;

    internal ProxyProcess Proxy { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        try
        {
            using var ports = JsonDocument.Parse(await StartAsync());
            var general = new Uri($"http://127.0.0.1:{ports.RootElement.GetProperty("aws4Express").GetInt32()}");
            var s3 = new Uri($"http://127.0.0.1:{ports.RootElement.GetProperty("s3rver").GetInt32()}");
            var (id, secret) = (ports.RootElement.GetProperty("accessKeyId").GetString()!, ports.RootElement.GetProperty("secret").GetString()!);
            Proxy = await ProxyProcess.StartAsync(new CatalogText()
                .With("General", general, id, secret)
                .With("GeneralWrong", general, id, "not-the-secret")
                .With("Objects", s3, id, secret, "s3")
                .With("ObjectsWrong", s3, id, "not-the-secret", "s3")
                .ToString());
        }
        catch (Exception e) when (Environment.GetEnvironmentVariable("CI") != "true" && e is not Xunit.Sdk.IAssertionException)
        {
            _missing = $"The third-party verifiers could not be started: {e.Message}";
        }
    }

    /// <summary>Skips the test where there are no verifiers.</summary>
    public void Need() => Assert.SkipUnless(_missing is null, _missing ?? "");

    public async ValueTask DisposeAsync()
    {
        if (Proxy is not null)
            await Proxy.DisposeAsync();
        if (_servers is not null)
        {
            _servers.StandardInput.Close();
            if (!_servers.WaitForExit(TimeSpan.FromSeconds(5)))
                _servers.Kill(entireProcessTree: true);
            _servers.Dispose();
        }
    }

    private async Task<string> StartAsync()
    {
        var source = Path.Combine(Root(), "tests", "verifiers");
        var folder = Path.Combine(Root(), "artifacts", "verifiers");
        if (!Directory.Exists(Path.Combine(folder, "node_modules", "@20minutes")))
        {
            Directory.CreateDirectory(folder);
            File.Copy(Path.Combine(source, "package.json"), Path.Combine(folder, "package.json"), overwrite: true);
            using var npm = Start("npm", folder, "install", "--no-audit", "--no-fund", "--ignore-scripts", "--no-package-lock");
            var said = npm.StandardError.ReadToEndAsync();
            _ = npm.StandardOutput.ReadToEndAsync();
            await npm.WaitForExitAsync().WaitAsync(Patience);
            if (npm.ExitCode != 0)
                throw new InvalidOperationException($"npm install failed: {await said}");
        }
        _servers = Start("node", folder, Path.Combine(source, "serve.cjs"), folder);
        return await _servers.StandardOutput.ReadLineAsync().WaitAsync(Patience)
            ?? throw new InvalidOperationException($"they ended at once: {await _servers.StandardError.ReadToEndAsync()}");
    }

    private static Process Start(string program, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(program)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "SigningProxy.sln")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException("No folder above the tests holds SigningProxy.sln.");
        return folder.FullName;
    }
}
