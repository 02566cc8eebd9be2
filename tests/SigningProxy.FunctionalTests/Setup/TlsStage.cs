using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using SigningProxy.FunctionalTests.Harness;

namespace SigningProxy.FunctionalTests.Setup;

/// <summary>Setup over TLS, with administrators by certificate and by token.</summary>
public sealed class TlsStage : IAsyncLifetime
{
    private readonly CertificateAuthority _servers = new();
    private readonly CertificateAuthority _clients = new();
    private readonly CertificateAuthority _strangers = new();
    internal SetupFolder Folder { get; private set; } = null!;

    internal ProxyProcess Proxy { get; private set; } = null!;

    internal Uri Setup => new(string.Create(CultureInfo.InvariantCulture, $"https://localhost:{Folder.Setup.Port}"));

    public async ValueTask InitializeAsync()
    {
        Folder = await SetupFolder.CreateAsync();
        using var server = _servers.Issue("localhost");
        await File.WriteAllTextAsync(Folder.File("tls.pem"), server.ExportCertificatePem() + "\n" + server.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        await File.WriteAllTextAsync(Folder.File("clients.pem"), _clients.Pem);
        await File.WriteAllTextAsync(Folder.File("token"), "a-token-of-the-tests-0123456789");
        Proxy = await ProxyProcess.StartAsync("namedCredentials: []",
        [
            .. Folder.Settings,
            "--set", string.Create(CultureInfo.InvariantCulture, $"SigningProxy:Setup:Listen=https:127.0.0.1:{Folder.Setup.Port}"),
            "--set", $"SigningProxy:Setup:CertificateFile={Folder.File("tls.pem")}",
            "--set", $"SigningProxy:Setup:ClientAuthoritiesFile={Folder.File("clients.pem")}",
            "--set", "SigningProxy:Setup:Administrators:0=ada may Manage by certificate uri:spiffe://shop/ada",
            "--set", "SigningProxy:Setup:Administrators:1=bob may View by certificate dns:bob.example",
            "--set", "SigningProxy:Setup:Administrators:2=root may Manage by certificate subject:CN=root, O=Shop",
            "--set", $"SigningProxy:Setup:Administrators:3=tom may Manage by tokenFile {Folder.File("token")}",
        ]);
    }

    public async ValueTask DisposeAsync()
    {
        await Proxy.DisposeAsync();
        Folder.Dispose();
        _servers.Dispose();
        _clients.Dispose();
        _strangers.Dispose();
    }

    /// <summary>A certificate with these names, of the authority that Setup trusts or of another.</summary>
    internal X509Certificate2 Client(string subject, Action<SubjectAlternativeNameBuilder> names, bool trusted = true) =>
        (trusted ? _clients : _strangers).IssueClient(subject, names);
}
