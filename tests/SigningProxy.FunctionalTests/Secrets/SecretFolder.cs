using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SigningProxy.FunctionalTests.Harness;

namespace SigningProxy.FunctionalTests.Secrets;

/// <summary>Files with secrets in them: one of a text, and certificates with their keys.</summary>
internal sealed class SecretFolder : IDisposable
{
    private static readonly PbeParameters Encryption = new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("signing-proxy-secrets-");

    public SecretFolder(PlantedSecrets planted)
    {
        using var authority = new CertificateAuthority();
        using var certificate = authority.Issue("127.0.0.1");
        using var key = certificate.GetECDsaPrivateKey()!;
        var password = planted["password of a PKCS#12"];
        Text = Write("secret", planted["secret by file"] + "\n");
        Token = Write("token", planted["web identity token"] + "\n");
        Pem = Write("client.pem", certificate.ExportCertificatePem() + "\n" + Remember("private key", key.ExportPkcs8PrivateKeyPem(), planted));
        EncryptedPem = Write("encrypted.pem", certificate.ExportCertificatePem() + "\n" + key.ExportEncryptedPkcs8PrivateKeyPem(planted["password of a key"], Encryption));
        Pkcs12 = Path.Combine(_folder.FullName, "client.p12");
        File.WriteAllBytes(Pkcs12, certificate.Export(X509ContentType.Pkcs12, password));
        BrokenPem = Write("broken.pem", $"{certificate.ExportCertificatePem()}\n-----BEGIN PRIVATE KEY-----\n{planted["text in a broken key"]}\n-----END PRIVATE KEY-----\n");
    }

    public string Text { get; }

    public string Token { get; }

    public string Pem { get; }

    public string EncryptedPem { get; }

    public string Pkcs12 { get; }

    public string BrokenPem { get; }

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>A line of the key that is no other key's.</summary>
    private static string Remember(string place, string pem, PlantedSecrets planted)
    {
        planted.Add(place, pem.Split('\n')[2]);
        return pem;
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
