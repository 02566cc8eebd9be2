using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SigningProxy.Catalog;
using SigningProxy.Catalog.Declarations;
using SigningProxy.Configuration;

namespace SigningProxy.Tests.Configuration;

public sealed class CertificateReaderTests : IDisposable
{
    private static readonly PbeParameters Encryption = new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000);

    private readonly CatalogFolder _folder = new();
    private readonly ECDsa _key = ECDsa.Create();
    private readonly X509Certificate2 _certificate;

    public CertificateReaderTests() => _certificate = new CertificateRequest("CN=client", _key, HashAlgorithmName.SHA256)
        .CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));

    public void Dispose()
    {
        _certificate.Dispose();
        _key.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Read_WhenPem_TakesTheKeyFromEitherFile()
    {
        var both = _folder.Write("both.pem", $"{_certificate.ExportCertificatePem()}\n{_key.ExportPkcs8PrivateKeyPem()}\n");
        var alone = _folder.Write("tls.crt", _certificate.ExportCertificatePem());
        var key = _folder.Write("tls.key", _key.ExportECPrivateKeyPem());
        IsTheCertificate(Read(new(both, null, null)));
        IsTheCertificate(Read(new(alone, key, null)));
        Assert.Equal($"the file {alone} gives no certificate with its private key", Read(new(alone, null, null)).Problem);
    }

    [Theory]
    [InlineData("right", true)]
    [InlineData("wrong", false)]
    public void Read_WhenEncrypted_TakesThePassword(string password, bool good)
    {
        var pem = _folder.Write("tls.pem", $"{_certificate.ExportCertificatePem()}\n{_key.ExportEncryptedPkcs8PrivateKeyPem("right", Encryption)}\n");
        var pkcs12 = _folder.Write("tls.p12", "");
        File.WriteAllBytes(pkcs12, _certificate.Export(X509ContentType.Pkcs12, "right"));
        foreach (var file in new[] { pem, pkcs12 })
        {
            var reading = Read(new(file, null, new(null, null, new Secret(password))), password);
            if (good)
                IsTheCertificate(reading);
            else
                Assert.Equal($"the file {file} gives no certificate with its private key by this password", reading.Problem);
        }
    }

    [Fact]
    public void Read_WhenTheKeyIsAnothers_SaysSo()
    {
        using var other = ECDsa.Create();
        var file = _folder.Write("tls.pem", $"{_certificate.ExportCertificatePem()}\n{other.ExportPkcs8PrivateKeyPem()}\n");
        Assert.Equal($"the file {file} gives no certificate with its private key", Read(new(file, null, null)).Problem);
    }

    [Fact]
    public void Read_WhenNeitherPemNorPkcs12_SaysSo()
    {
        var file = _folder.Write("tls.bin", "neither");
        Assert.Equal($"the file {file} gives no certificate with its private key", Read(new(file, null, null)).Problem);
        Assert.Equal($"the file {_folder.Path}/none does not exist", Read(new($"{_folder.Path}/none", null, null)).Problem);
    }

    [Fact]
    public void ReadAuthorities_TakesEveryCertificateOfTheBundle()
    {
        var reader = new CertificateReader(new CatalogInputs(_ => null));
        var pem = _certificate.ExportCertificatePem();
        Assert.Equal(2, reader.ReadAuthorities(_folder.Write("ca.pem", $"{pem}\n{pem}\n")).Value!.Count);
        var empty = _folder.Write("empty.pem", "# none\n");
        Assert.Equal($"the file {empty} holds no certificates in PEM", reader.ReadAuthorities(empty).Problem);
    }

    [Fact]
    public void Load_PutsThemIntoTheNamedCredential()
    {
        _folder.Write("tls.pem", $"{_certificate.ExportCertificatePem()}\n{_key.ExportPkcs8PrivateKeyPem()}\n");
        var load = _folder.Load("""
            externalCredentials:
              - {name: E, label: E, authenticationProtocol: AwsSignatureV4, service: s3, region: eu-west-1, principals: []}
            namedCredentials:
              - {name: N, label: N, url: "https://example.com", externalCredential: E, clientCertificate: mine, certificateAuthorities: {file: tls.pem}}
            certificates:
              - {name: Mine, file: tls.pem}
            """);
        Assert.Empty(load.Faults);
        Assert.True(load.Snapshot!.NamedCredentials["N"].ClientCertificate!.HasPrivateKey);
        Assert.Single(load.Snapshot.NamedCredentials["N"].CertificateAuthorities!);
    }

    private static Reading<X509Certificate2> Read(CertificateReference reference, string? password = null) =>
        new CertificateReader(new CatalogInputs(_ => null)).Read(reference, password is null ? null : new Reading<Secret>(new Secret(password), null));

    private void IsTheCertificate(Reading<X509Certificate2> reading)
    {
        Assert.Null(reading.Problem);
        Assert.Equal(_certificate.Thumbprint, reading.Value!.Thumbprint);
        Assert.True(reading.Value.HasPrivateKey);
    }
}
