using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SigningProxy.Tests.LocalAws;

/// <summary>A root, an intermediate authority below it, and the leaves they sign, made up for a test.</summary>
internal sealed class MadeUpAuthority : IDisposable
{
    /// <summary>The instant that its certificates are for.</summary>
    public static readonly DateTimeOffset Now = new(2026, 2, 28, 12, 0, 0, TimeSpan.Zero);

    private static readonly X509BasicConstraintsExtension Authority = new(true, false, 0, true);
    private static readonly X509BasicConstraintsExtension NoAuthority = new(false, false, 0, true);

    private readonly ECDsa _rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa _intermediateKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <param name="name">What its authorities are called by.</param>
    public MadeUpAuthority(string name = "Made-up")
    {
        var root = new CertificateRequest($"CN={name} Root", _rootKey, HashAlgorithmName.SHA256);
        root.CertificateExtensions.Add(Authority);
        Root = root.CreateSelfSigned(Now.AddYears(-1), Now.AddYears(10));
        var intermediate = new CertificateRequest($"CN={name} Intermediate", _intermediateKey, HashAlgorithmName.SHA256);
        intermediate.CertificateExtensions.Add(Authority);
        using var signed = intermediate.Create(Root, Now.AddYears(-1), Now.AddYears(9), [7]);
        Intermediate = signed.CopyWithPrivateKey(_intermediateKey);
    }

    public X509Certificate2 Root { get; }

    public X509Certificate2 Intermediate { get; }

    public void Dispose()
    {
        Root.Dispose();
        Intermediate.Dispose();
        _rootKey.Dispose();
        _intermediateKey.Dispose();
    }

    /// <summary>A leaf with its private key.</summary>
    /// <param name="kind">RSA-2048, P-256 or P-384.</param>
    /// <param name="issuer">Who signs it; the intermediate when null.</param>
    /// <param name="days">How many days it is good for from the day before <see cref="Now"/>.</param>
    /// <param name="usage">What its key is for.</param>
    /// <param name="authority">Whether it says that it is an authority itself.</param>
    /// <param name="name">Its subject's common name.</param>
    public X509Certificate2 Leaf(
        string kind = "P-256",
        X509Certificate2? issuer = null,
        double days = 30,
        X509KeyUsageFlags usage = X509KeyUsageFlags.DigitalSignature,
        bool authority = false,
        string name = "workload")
    {
        using var rsa = kind == "RSA-2048" ? RSA.Create(2048) : null;
        using var ecdsa = rsa is null ? ECDsa.Create(kind == "P-384" ? ECCurve.NamedCurves.nistP384 : ECCurve.NamedCurves.nistP256) : null;
        var request = rsa is not null
            ? new CertificateRequest($"CN={name}", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new CertificateRequest($"CN={name}", ecdsa!, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(authority ? Authority : NoAuthority);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(usage, true));
        issuer ??= Intermediate;
        var generator = X509SignatureGenerator.CreateForECDsa(issuer.GetECDsaPrivateKey()!);
        // A serial number whose highest bit is set is told from a negative one by a zero byte before it
        using var signed = request.Create(issuer.SubjectName, generator, Now.AddDays(-1), Now.AddDays(days - 1), [0x00, 0xF1, .. RandomNumberGenerator.GetBytes(16)]);
        return rsa is not null ? signed.CopyWithPrivateKey(rsa) : signed.CopyWithPrivateKey(ecdsa!);
    }
}
