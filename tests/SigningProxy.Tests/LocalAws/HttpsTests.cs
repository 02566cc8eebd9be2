using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Time.Testing;
using SigningProxy.LocalAws;

namespace SigningProxy.Tests.LocalAws;

public sealed class HttpsTests
{
    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task LocalAwsServer_WhenGivenACertificate_SpeaksHttps(string version)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var time = new FakeTimeProvider();
        using var certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).CreateSelfSigned(time.GetUtcNow(), time.GetUtcNow().AddYears(90));
        await using var server = await LocalAwsServer.StartAsync(
            new() { Keys = [RunningLocalAws.Key], TimeProvider = time, Certificate = certificate }, TestContext.Current.CancellationToken);
        using var client = new HttpClient(new SocketsHttpHandler
        {
            SslOptions = { RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == certificate.GetCertHashString() },
        });
        var request = new SdkSigner(server.Address, RunningLocalAws.Key, "lambda", time).Request("PUT", "a b", "body"u8.ToArray());
        request.Version = Version.Parse(version);
        request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(Uri.UriSchemeHttps, server.Address.Scheme);
        Assert.Equal("/a%20b", Assert.Single(server.Requests).RawTarget);
    }
}
