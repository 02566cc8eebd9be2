using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using SigningProxy.FunctionalTests.Harness;
using SigningProxy.LocalAws;

namespace SigningProxy.FunctionalTests;

public sealed class TlsTests : IDisposable
{
    private const string Loopback = "127.0.0.1";

    private readonly CertificateAuthority _authority = new();
    private readonly DirectoryInfo _files = Directory.CreateTempSubdirectory("signing-proxy-tls-");

    public void Dispose()
    {
        _files.Delete(recursive: true);
        _authority.Dispose();
    }

    [Fact]
    public async Task Authority_ThatIsDeclared_IsTrustedByThatNamedCredentialAlone()
    {
        using var certificate = _authority.Issue(Loopback);
        await using var aws = await LocalDestination.StartAsync(certificate: certificate);
        await using var proxy = await ProxyProcess.StartAsync(Catalog(aws.Address, Trusted()).With("Strict", aws.Address, LocalDestination.Key.AccessKeyId, LocalDestination.Key.Secret).ToString());

        var trusted = await RawClient.GetAsync(proxy.Address, "/Secure/trusted");
        var strict = await RawClient.GetAsync(proxy.Address, "/Strict/x");

        Assert.Equal((200, 502), (trusted.Status, strict.Status));
        Assert.Contains("destination_unreachable", strict.Body, StringComparison.Ordinal);
        Assert.Contains("was not trusted", strict.Body, StringComparison.Ordinal);
        var request = Assert.Single(aws.Requests);
        Assert.Equal(("/trusted", true), (request.RawTarget, request.Verified));
    }

    [Theory]
    [InlineData("elsewhere.example.com", 1)]
    [InlineData("localhost", 1)]
    [InlineData(Loopback, -1)]
    public async Task Certificate_OfAnotherHostOrPastItsEnd_IsRefusedAndNothingArrives(string host, int endsInHours)
    {
        using var certificate = _authority.Issue(host, TimeSpan.FromHours(endsInHours));

        await IsRefusedAsync(certificate);
    }

    [Fact]
    public async Task Certificate_OfAnotherAuthorityOfTheSameName_IsRefusedAndNothingArrives()
    {
        using var other = new CertificateAuthority();
        using var certificate = other.Issue(Loopback);

        await IsRefusedAsync(certificate);
    }

    [Theory]
    [InlineData(ClientCertificateMode.RequireCertificate)]
    [InlineData(ClientCertificateMode.AllowCertificate)]
    public async Task ClientCertificate_ThatIsAskedFor_IsGiven(ClientCertificateMode mode)
    {
        using var certificate = _authority.Issue(Loopback);
        using var client = _authority.Issue("client.example.com");
        await using var destination = await TlsDestination.StartAsync(certificate, clientCertificate: mode);
        var declared = $"certificates:\n  - {{name: Mine, file: \"{Write("client.pem", Pem(client))}\"}}\n";
        await using var proxy = await ProxyProcess.StartAsync(Catalog(destination.Address, Trusted(), "clientCertificate: Mine") + declared);

        var answer = await RawClient.GetAsync(proxy.Address, "/Secure/x");

        Assert.Equal(200, answer.Status);
        Assert.Equal(client.Thumbprint, Assert.Single(destination.Requests).Certificate);
    }

    [Fact]
    public async Task ClientCertificate_ThatIsAskedForAndNotDeclared_EndsTheCall()
    {
        using var certificate = _authority.Issue(Loopback);
        await using var destination = await TlsDestination.StartAsync(certificate, clientCertificate: ClientCertificateMode.RequireCertificate);
        await using var proxy = await ProxyProcess.StartAsync(Catalog(destination.Address, Trusted()).ToString());

        var answer = await RawClient.GetAsync(proxy.Address, "/Secure/x");

        Assert.Equal(502, answer.Status);
        Assert.Empty(destination.Requests);
    }

    [Theory]
    [InlineData(HttpProtocols.Http1AndHttp2, "HTTP/2")]
    [InlineData(HttpProtocols.Http2, "HTTP/2")]
    [InlineData(HttpProtocols.Http1, "HTTP/1.1")]
    public async Task Protocol_IsTheHighestThatTheDestinationOffers(HttpProtocols offered, string used)
    {
        using var certificate = _authority.Issue(Loopback);
        await using var destination = await TlsDestination.StartAsync(certificate, offered);
        await using var proxy = await ProxyProcess.StartAsync(Catalog(destination.Address, Trusted()).ToString());

        Assert.Equal(200, (await RawClient.GetAsync(proxy.Address, "/Secure/x")).Status);
        var request = Assert.Single(destination.Requests);
        Assert.Equal(used, request.Protocol);
        Assert.StartsWith("AWS4-HMAC-SHA256 ", request.Authorization, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UnsignedPayload_OverTls_IsSentAsSuch()
    {
        using var certificate = _authority.Issue(Loopback);
        await using var aws = await LocalDestination.StartAsync(certificate: certificate, unsignedPayload: UnsignedPayload.EveryService);
        await using var proxy = await ProxyProcess.StartAsync(Catalog(aws.Address, Trusted()).ToString());

        var answer = await RawClient.SendAsync(
            proxy.Address, "PUT /Secure/x HTTP/1.1\r\nHost: localhost\r\nX-Amz-Content-Sha256: UNSIGNED-PAYLOAD\r\nContent-Length: 5\r\nConnection: close\r\n\r\nbytes");

        Assert.Equal(200, answer.Status);
        Assert.Contains("x-amz-content-sha256: UNSIGNED-PAYLOAD", answer.Body, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(Convert.ToHexStringLower(SHA256.HashData("bytes"u8)), answer.Body, StringComparison.Ordinal);
        Assert.True(Assert.Single(aws.Requests).Verified);
    }

    private async Task IsRefusedAsync(X509Certificate2 certificate)
    {
        await using var aws = await LocalDestination.StartAsync(certificate: certificate);
        await using var proxy = await ProxyProcess.StartAsync(Catalog(aws.Address, Trusted()).ToString());

        var answer = await RawClient.GetAsync(proxy.Address, "/Secure/x");

        Assert.Equal(502, answer.Status);
        Assert.Contains("destination_unreachable", answer.Body, StringComparison.Ordinal);
        Assert.Empty(aws.Requests);
    }

    private static CatalogText Catalog(Uri destination, params string[] fields) =>
        new CatalogText().With("Secure", destination, LocalDestination.Key.AccessKeyId, LocalDestination.Key.Secret, fields: fields);

    private string Trusted() => $"certificateAuthorities: {{file: \"{Write("authority.pem", _authority.Pem)}\"}}";

    private static string Pem(X509Certificate2 certificate)
    {
        using var key = certificate.GetECDsaPrivateKey()!;
        return $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n";
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_files.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
