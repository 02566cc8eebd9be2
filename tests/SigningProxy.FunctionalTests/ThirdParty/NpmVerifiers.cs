using System.Diagnostics;
using SigningProxy.FunctionalTests.Harness;

namespace SigningProxy.FunctionalTests.ThirdParty;

/// <summary>
/// Two servers that verify signatures: @filen/aws4-express for every service but S3, @20minutes/s3rver for S3. Installed from npm when first wanted.
/// </summary>
public sealed class NpmVerifiers : ThirdPartyServers
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private ServerProcess? _servers;

    internal ProxyProcess Proxy { get; private set; } = null!;

    public override async ValueTask DisposeAsync()
    {
        if (Proxy is not null)
            await Proxy.DisposeAsync();
        if (_servers is not null)
            await _servers.DisposeAsync();
    }

    protected override async Task StartAsync()
    {
        var folder = await InstallAsync();
        _servers = await ServerProcess.StartAsync(["node", Below("tests", "verifiers", "serve.cjs"), folder]);
        var general = new Uri($"http://127.0.0.1:{_servers.Told.GetProperty("aws4Express").GetInt32()}");
        var s3 = new Uri($"http://127.0.0.1:{_servers.Told.GetProperty("s3rver").GetInt32()}");
        var (id, secret) = (_servers["accessKeyId"], _servers["secret"]);
        Proxy = await ProxyProcess.StartAsync(new CatalogText()
            .With("General", general, id, secret)
            .With("GeneralWrong", general, id, "not-the-secret")
            .With("Objects", s3, id, secret, "s3")
            .With("ObjectsWrong", s3, id, "not-the-secret", "s3")
            .ToString());
    }

    private static async Task<string> InstallAsync()
    {
        var folder = Below("artifacts", "verifiers");
        if (Directory.Exists(Path.Combine(folder, "node_modules", "@20minutes")))
            return folder;
        Directory.CreateDirectory(folder);
        File.Copy(Below("tests", "verifiers", "package.json"), Path.Combine(folder, "package.json"), overwrite: true);
        using var npm = Process.Start(new ProcessStartInfo("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts", "--no-package-lock"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var said = npm.StandardError.ReadToEndAsync();
        _ = npm.StandardOutput.ReadToEndAsync();
        await npm.WaitForExitAsync().WaitAsync(Patience);
        return npm.ExitCode == 0 ? folder : throw new InvalidOperationException($"npm install failed: {await said}");
    }
}
