using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SigningProxy.Tests.Configuration;

/// <summary>A root, intermediates below one another, and leaves that the last of them signs; made anew for every test that asks.</summary>
internal sealed class MadeUpAuthority : IDisposable
{
    public static readonly DateTimeOffset Begin = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly List<X509Certificate2> _all = [];

    public MadeUpAuthority(int intermediates = 1, string root = "CN=Root")
    {
        using var key = ECDsa.Create();
        var request = Request(root, new PublicKey(key), isAuthority: true);
        _all.Add(request.Create(request.SubjectName, X509SignatureGenerator.CreateForECDsa(key), Begin.AddYears(-5), Begin.AddYears(30), [1]).CopyWithPrivateKey(key));
        for (var i = 1; i <= intermediates; i++)
        {
            using var next = ECDsa.Create();
            _all.Add(Sign(Request($"CN=Intermediate {i}", new PublicKey(next), isAuthority: true), Begin.AddYears(20)).CopyWithPrivateKey(next));
        }
    }

    public X509Certificate2 Root => _all[0];

    /// <summary>In issuing order: the first signed the leaves.</summary>
    public IReadOnlyList<X509Certificate2> Intermediates => [.. _all.Skip(1).Reverse()];

    public X509Certificate2 Leaf(AsymmetricAlgorithm key, DateTimeOffset? end = null)
    {
        var leaf = Sign(Request("CN=workload", new PublicKey(key), isAuthority: false), end ?? Begin.AddYears(20));
        return key is RSA rsa ? leaf.CopyWithPrivateKey(rsa) : leaf.CopyWithPrivateKey((ECDsa)key);
    }

    /// <summary>A certificate of another authority's key, under that authority's name.</summary>
    public X509Certificate2 Certify(X509Certificate2 authority) => Sign(Request(authority.Subject, authority.PublicKey, isAuthority: true), Begin.AddYears(20));

    public void Dispose()
    {
        foreach (var certificate in _all)
            certificate.Dispose();
    }

    private static CertificateRequest Request(string subject, PublicKey key, bool isAuthority)
    {
        var request = new CertificateRequest(new X500DistinguishedName(subject), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return request;
    }

    private X509Certificate2 Sign(CertificateRequest request, DateTimeOffset end)
    {
        var issuer = _all[^1];
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(issuer, true, false));
        using var key = issuer.GetECDsaPrivateKey()!;
        return request.Create(issuer.SubjectName, X509SignatureGenerator.CreateForECDsa(key), Begin, end, RandomNumberGenerator.GetBytes(16));
    }
}
