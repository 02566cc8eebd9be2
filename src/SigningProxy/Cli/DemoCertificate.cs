using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SigningProxy.Cli;

/// <summary>A certificate for one run of the demo, and the authority that issued it. On P-256, whose keys are made in no time.</summary>
internal sealed class DemoCertificate : IDisposable
{
    private static readonly TimeSpan Life = TimeSpan.FromDays(30);

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _certificate;

    public DemoCertificate(DateTimeOffset now)
    {
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var authority = Request("CN=Authority of the demo", authorityKey, isAuthority: true).CreateSelfSigned(now.AddHours(-1), now + Life);
        _certificate = Request("CN=SigningProxy", _key, isAuthority: false).Create(authority, now.AddHours(-1), now + Life, RandomNumberGenerator.GetBytes(16));
        Authority = X509CertificateLoader.LoadCertificate(authority.RawData);
    }

    /// <summary>The authority's certificate; nobody has its key any more.</summary>
    public X509Certificate2 Authority { get; }

    public string Pem => _certificate.ExportCertificatePem();

    public string KeyPem => _key.ExportPkcs8PrivateKeyPem();

    public void Dispose()
    {
        Authority.Dispose();
        _certificate.Dispose();
        _key.Dispose();
    }

    private static CertificateRequest Request(string name, ECDsa key, bool isAuthority)
    {
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(isAuthority ? X509KeyUsageFlags.KeyCertSign : X509KeyUsageFlags.DigitalSignature, critical: true));
        return request;
    }
}
