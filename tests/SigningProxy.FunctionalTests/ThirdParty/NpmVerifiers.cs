using SigningProxy.FunctionalTests.Harness;

namespace SigningProxy.FunctionalTests.ThirdParty;

/// <summary>
/// Two servers that verify signatures: @filen/aws4-express for every service but S3, @20minutes/s3rver for S3.
/// </summary>
public sealed class NpmVerifiers : ThirdPartyServers
{
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
        var folder = await NpmPackages.Folder;
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
}
