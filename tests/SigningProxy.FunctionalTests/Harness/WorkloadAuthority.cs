using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SigningProxy.FunctionalTests.Harness;

/// <summary>A root that Roles Anywhere may trust, an intermediate authority below it, and the leaves that either signs.</summary>
internal sealed class WorkloadAuthority : IDisposable
{
    private static readonly X509BasicConstraintsExtension Authority = new(true, false, 0, true);

    private readonly DateTimeOffset _now = TimeProvider.System.GetUtcNow();
    private readonly ECDsa _rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa _intermediateKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public WorkloadAuthority()
    {
        var root = new CertificateRequest("CN=Workload root", _rootKey, HashAlgorithmName.SHA256);
        root.CertificateExtensions.Add(Authority);
        Root = root.CreateSelfSigned(_now.AddDays(-30), _now.AddYears(10));
        var intermediate = new CertificateRequest("CN=Workload intermediate", _intermediateKey, HashAlgorithmName.SHA256);
        intermediate.CertificateExtensions.Add(Authority);
        using var signed = intermediate.Create(Root, _now.AddDays(-30), _now.AddYears(9), [7]);
        Intermediate = signed.CopyWithPrivateKey(_intermediateKey);
    }

    public X509Certificate2 Root { get; }

    public X509Certificate2 Intermediate { get; }

    /// <summary>The serial number as a signature's Credential names it.</summary>
    public static string SerialOf(X509Certificate2 leaf) =>
        new BigInteger(leaf.SerialNumberBytes.Span, isUnsigned: true, isBigEndian: true).ToString(CultureInfo.InvariantCulture);

    /// <summary>A leaf with its private key.</summary>
    /// <param name="kind">RSA-2048, P-256 or P-384.</param>
    /// <param name="byIntermediate">Whether the intermediate authority signs it, or the root.</param>
    public X509Certificate2 Leaf(string kind = "P-256", bool byIntermediate = true)
    {
        using var rsa = kind == "RSA-2048" ? RSA.Create(2048) : null;
        using var ecdsa = rsa is null ? ECDsa.Create(kind == "P-384" ? ECCurve.NamedCurves.nistP384 : ECCurve.NamedCurves.nistP256) : null;
        var request = rsa is not null
            ? new CertificateRequest("CN=workload", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new CertificateRequest("CN=workload", ecdsa!, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        var (issuer, key) = byIntermediate ? (Intermediate, _intermediateKey) : (Root, _rootKey);
        using var signed = request.Create(
            issuer.SubjectName, X509SignatureGenerator.CreateForECDsa(key), _now.AddDays(-10), _now.AddDays(90), [0x00, 0xF1, .. RandomNumberGenerator.GetBytes(16)]);
        return rsa is not null ? signed.CopyWithPrivateKey(rsa) : signed.CopyWithPrivateKey(ecdsa!);
    }

    public void Dispose()
    {
        Root.Dispose();
        Intermediate.Dispose();
        _rootKey.Dispose();
        _intermediateKey.Dispose();
    }
}
