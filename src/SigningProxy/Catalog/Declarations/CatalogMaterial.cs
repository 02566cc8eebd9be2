using System.Security.Cryptography.X509Certificates;
using SigningProxy.SigV4;

namespace SigningProxy.Catalog.Declarations;

/// <summary>What came of following a reference: a value, or in a few words why there is none.</summary>
internal readonly record struct Reading<T>(T? Value, string? Problem)
    where T : class;

/// <summary>What the references of some declarations lead to: read once, so that judging and building see the same.</summary>
internal sealed class CatalogMaterial
{
    public static CatalogMaterial None { get; } = new();

    public IReadOnlyDictionary<SecretReference, Reading<Secret>> Secrets { get; init; } = new Dictionary<SecretReference, Reading<Secret>>();

    public IReadOnlyDictionary<CertificateReference, Reading<CertificateChain>> Certificates { get; init; }
        = new Dictionary<CertificateReference, Reading<CertificateChain>>();

    /// <summary>By the path of their bundle.</summary>
    public IReadOnlyDictionary<string, Reading<X509Certificate2Collection>> Authorities { get; init; }
        = new Dictionary<string, Reading<X509Certificate2Collection>>(StringComparer.Ordinal);

    /// <summary>The secret, or null where the reference is absent or leads nowhere.</summary>
    public Secret? SecretOf(SecretReference? reference) =>
        reference is not null && Secrets.TryGetValue(reference, out var reading) ? reading.Value : null;

    /// <summary>Why the secret could not be read, or null where it was or nothing was asked.</summary>
    public string? ProblemOf(SecretReference? reference) =>
        reference is not null && Secrets.TryGetValue(reference, out var reading) ? reading.Problem : null;

    /// <summary>The certificate, or null where the reference is absent or leads nowhere.</summary>
    public CertificateChain? CertificateOf(CertificateReference? reference) =>
        reference is not null && Certificates.TryGetValue(reference, out var reading) ? reading.Value : null;

    /// <summary>Why the certificate could not be read, or null where it was or nothing was asked.</summary>
    public string? ProblemOf(CertificateReference? reference) =>
        reference is not null && Certificates.TryGetValue(reference, out var reading) ? reading.Problem : null;

    /// <summary>Why the certificate cannot sign for Roles Anywhere, which takes few intermediates, or null.</summary>
    public string? SigningProblemOf(CertificateReference? reference) =>
        ProblemOf(reference) ?? (CertificateOf(reference) is { Intermediates.Count: > SigningCertificate.MaximumIntermediates and var count }
            ? $"the certificate in {reference!.Place} has {count} intermediates, and Roles Anywhere takes {SigningCertificate.MaximumIntermediates} at most"
            : null);
}
