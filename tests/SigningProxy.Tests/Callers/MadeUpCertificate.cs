using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SigningProxy.Tests.Callers;

/// <summary>Certificates that vouch for themselves, with the names a test gives them.</summary>
internal static class MadeUpCertificate
{
    public const string AlternativeNames = "2.5.29.17";

    public static X509Certificate2 Of(string subject, params string[] names)
    {
        var builder = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (name.Contains("://", StringComparison.Ordinal))
                builder.AddUri(new Uri(name));
            else if (name.Contains('@'))
                builder.AddEmailAddress(name);
            else
                builder.AddDnsName(name);
        }
        return names.Length == 0 ? Make(subject, null) : Make(subject, builder.Build());
    }

    /// <summary>One whose alternative names are these very bytes.</summary>
    public static X509Certificate2 OfBytes(string subject, byte[] names) => Make(subject, new X509Extension(AlternativeNames, names, critical: false));

    private static X509Certificate2 Make(string subject, X509Extension? names)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(new X500DistinguishedName(subject), key, HashAlgorithmName.SHA256);
        if (names is not null)
            request.CertificateExtensions.Add(names);
        return request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
    }
}
