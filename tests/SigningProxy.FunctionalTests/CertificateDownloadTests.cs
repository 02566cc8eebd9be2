using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;
using SigningProxy.FunctionalTests.Harness;

namespace SigningProxy.FunctionalTests;

/// <summary>A certificate may say where its authority's is to be had. Nobody is called there: neither for a destination's nor for a caller's.</summary>
public sealed class CertificateDownloadTests : IDisposable
{
    private readonly CertificateAuthority _authority = new();
    private readonly CertificateAuthority _other = new();
    private readonly DirectoryInfo _files = Directory.CreateTempSubdirectory("signing-proxy-aia-");

    public void Dispose()
    {
        _files.Delete(recursive: true);
        _authority.Dispose();
        _other.Dispose();
    }

    [Fact]
    public async Task Destination_WhoseCertificateNamesAnAddress_IsRefusedAndTheAddressNotCalled()
    {
        await using var named = await AnsweringServer.StartAsync(context => context.Response.WriteAsync("no certificate"));
        using var certificate = _authority.Issue("127.0.0.1", authorityAt: named.Address);
        await using var destination = await TlsDestination.StartAsync(certificate);
        await using var proxy = await ProxyProcess.StartAsync(Catalog(destination.Address));
        // The destination looked for its own chain there when it started.
        named.Came.Clear();

        var answer = await RawClient.GetAsync(proxy.Address, "/Secure/x");

        Assert.Equal(502, answer.Status);
        Assert.Empty(destination.Requests);
        Assert.Empty(named.Came);
    }

    [Fact]
    public async Task Caller_WhoseCertificateNamesAnAddress_IsRefusedAndTheAddressNotCalled()
    {
        await using var named = await AnsweringServer.StartAsync(context => context.Response.WriteAsync("no certificate"));
        using var own = _authority.Issue("127.0.0.1");
        using var trusted = _authority.IssueClient("CN=caller", names => names.AddDnsName("caller"));
        using var caller = _other.IssueClient("CN=caller", names => names.AddDnsName("caller"), named.Address);
        var port = ProxyProcess.FreePort();
        await using var destination = await TlsDestination.StartAsync(own);
        await using var proxy = await ProxyProcess.StartAsync(
            Catalog(destination.Address),
            "--listen", $"https:127.0.0.1:{port} by ClientCertificate",
            "--set", $"SigningProxy:Listeners:CertificateFile={Written("own.pem", own.ExportCertificatePem() + "\n" + own.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem())}",
            "--set", $"SigningProxy:Listeners:ClientAuthoritiesFile={Written("authority.pem", _authority.Pem)}");

        Assert.StartsWith("HTTP/1.1 ", await CallAsync(port, trusted), StringComparison.Ordinal);
        destination.Requests.Clear();
        Assert.Empty(await CallAsync(port, caller));

        Assert.Empty(destination.Requests);
        Assert.Empty(named.Came);
    }

    /// <returns>What was answered; nothing where the connection ended.</returns>
    private static async Task<string> CallAsync(int port, X509Certificate2 caller)
    {
        using var limit = Wait.Limit();
        using var socket = new TcpClient("127.0.0.1", port);
        await using var tls = new SslStream(socket.GetStream());
        using var usable = X509CertificateLoader.LoadPkcs12(caller.Export(X509ContentType.Pfx), null);
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = "127.0.0.1",
                EnabledSslProtocols = SslProtocols.Tls12,
                ClientCertificateContext = SslStreamCertificateContext.Create(usable, null, offline: true),
                CertificateChainPolicy = new X509ChainPolicy { DisableCertificateDownloads = true },
                RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null,
            },
            limit.Token);
        // A server judges the certificate when the client is done: what it thinks of it shows behind the handshake.
        try
        {
            await tls.WriteAsync("GET /Secure/x HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"u8.ToArray(), limit.Token);
            using var answer = new StreamReader(tls);
            return await answer.ReadToEndAsync(limit.Token);
        }
        catch (IOException)
        {
            return "";
        }
    }

    private string Written(string name, string text)
    {
        var file = Path.Combine(_files.FullName, name);
        File.WriteAllText(file, text);
        return file;
    }

    private static string Catalog(Uri destination) =>
        new CatalogText().With("Secure", destination, LocalDestination.Key.AccessKeyId, LocalDestination.Key.Secret).ToString();
}
