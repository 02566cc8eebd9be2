using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SigningProxy.FunctionalTests.Harness;

/// <summary>An authority that is known only to whom its certificate is given.</summary>
internal sealed class CertificateAuthority : IDisposable
{
    private static readonly TimeSpan Life = TimeSpan.FromDays(30);

    private readonly DateTimeOffset _now = TimeProvider.System.GetUtcNow();
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _certificate;

    public CertificateAuthority()
    {
        var request = new CertificateRequest("CN=Authority of the tests", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        _certificate = request.CreateSelfSigned(_now - Life, _now + Life);
    }

    /// <summary>Its own certificate, without the key.</summary>
    public string Pem => _certificate.ExportCertificatePem();

    /// <summary>A certificate of its own key, for a host or address.</summary>
    /// <param name="host">Whom it is for.</param>
    /// <param name="endsIn">When it ends, from now; in 15 days when null.</param>
    /// <param name="authorityAt">Where the certificate says that the authority's own is to be had; null to say nothing.</param>
    public X509Certificate2 Issue(string host, TimeSpan? endsIn = null, Uri? authorityAt = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(host, out var address))
            names.AddIpAddress(address);
        else
            names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        Say(request, authorityAt);
        using var issued = request.Create(_certificate, _now - (Life / 2), _now + (endsIn ?? Life / 2), RandomNumberGenerator.GetBytes(8));
        return issued.CopyWithPrivateKey(key);
    }

    /// <summary>A certificate for a client, with whatever names it is given.</summary>
    public X509Certificate2 IssueClient(string subject, Action<SubjectAlternativeNameBuilder> names, Uri? authorityAt = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        names(alternatives);
        request.CertificateExtensions.Add(alternatives.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.2")], critical: false));
        Say(request, authorityAt);
        using var issued = request.Create(_certificate, _now - (Life / 2), _now + (Life / 2), RandomNumberGenerator.GetBytes(8));
        return issued.CopyWithPrivateKey(key);
    }

    private static void Say(CertificateRequest request, Uri? authorityAt)
    {
        if (authorityAt is not null)
            request.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension(null, [authorityAt.AbsoluteUri]));
    }

    public void Dispose()
    {
        _certificate.Dispose();
        _key.Dispose();
    }
}
