using System.Net;
using System.Text;
using SigningProxy.FunctionalTests.Harness;
using SigningProxy.FunctionalTests.Sessions;
using SigningProxy.LocalAws;

namespace SigningProxy.FunctionalTests.Setup;

/// <summary>A stand-in that believes keys, a role and a certificate, and the entries of all three variants for a store that knows none of them.</summary>
internal sealed class SetupStage : IAsyncDisposable
{
    public const string KeyId = "AKIASETUPMADETHIS001";
    public const string Secret = "theCanaryOfAnAccessKey0123456789abcdefgh";

    private readonly WorkloadFolder _workload = new();
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(30) };

    private SetupStage(SetupFolder folder) => Folder = folder;

    public SetupFolder Folder { get; }

    public LocalAwsServer Aws { get; private set; } = null!;

    /// <summary>The private key of the certificate, a line of its text.</summary>
    public string KeyLine { get; private set; } = "";

    public static async Task<SetupStage> CreateAsync()
    {
        var stage = new SetupStage(await SetupFolder.CreateAsync());
        stage.Aws = await LocalAwsServer.StartAsync(new LocalAwsOptions
        {
            Keys = [new(KeyId, Secret), SessionCatalog.Asker],
            Roles = [new(SessionCatalog.Role)],
            TrustAnchors = stage._workload.Believing.TrustAnchors,
            Profiles = stage._workload.Believing.Profiles,
        });
        return stage;
    }

    /// <summary>The entries: each named credential with an external credential of its name.</summary>
    public string Entries() => new SessionCatalog()
        .With("Keyed", Aws.Address, "variant: AccessKey", principal: $"accessKey: {{value: {KeyId}}}, accessSecret: {{value: {Secret}}}")
        .With("Assumed", Aws.Address, SessionCatalog.AssumeRole(Aws.Address))
        .With("Certified", Aws.Address, Certified())
        .ToString();

    /// <summary>The fields of an external credential of the variant RolesAnywhere, with a certificate of its own.</summary>
    public string Certified() => WorkloadFolder.External(Aws.Address, $"content: {{value: \"{Workload().Replace("\n", "\\n", StringComparison.Ordinal)}\"}}");

    /// <summary>A certificate with its intermediate and key, in PEM.</summary>
    public string Workload()
    {
        using var leaf = _workload.Authority.Leaf();
        var pem = leaf.ExportCertificatePem() + "\n" + _workload.Authority.Intermediate.ExportCertificatePem() + "\n" + WorkloadFolder.KeyOf(leaf).ExportPkcs8PrivateKeyPem();
        KeyLine = pem.Split('\n')[^3];
        return pem;
    }

    public Task<ProxyProcess> StartProxyAsync() => ProxyProcess.StartAsync("namedCredentials: []", Folder.Settings);

    public async Task<HttpStatusCode> StatusAsync(ProxyProcess proxy, string target)
    {
        using var answer = await _client.GetAsync(new Uri(proxy.Address, target));
        return answer.StatusCode;
    }

    /// <summary>Where a secret stands in the clear or in Base64: by file, and "text" for what was told.</summary>
    public IReadOnlyList<string> Open(string told)
    {
        string[] secrets = [Secret, SessionCatalog.Asker.Secret, KeyLine];
        string[] forms = [.. secrets, .. secrets.Select(s => Convert.ToBase64String(Encoding.UTF8.GetBytes(s))[..24])];
        return
        [
            .. Folder.Files.Where(f => forms.Any(s => File.ReadAllBytes(f).AsSpan().IndexOf(Encoding.UTF8.GetBytes(s)) >= 0)).Select(f => Path.GetFileName(f)),
            .. forms.Any(s => told.Contains(s, StringComparison.Ordinal)) ? (string[])["text"] : [],
        ];
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await Aws.DisposeAsync();
        _workload.Dispose();
        Folder.Dispose();
    }
}
