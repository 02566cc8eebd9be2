using SigningProxy.Catalog.Declarations;

namespace SigningProxy.Catalog.Validation;

/// <summary>Judges certificates and bundles of authorities.</summary>
internal static class CertificateValidator
{
    public static void Judge(CertificateDeclaration certificate, CatalogMaterial material, FaultList faults)
    {
        var at = certificate.Origin;
        NameRules.Name(certificate.Name, at, faults);
        NameRules.Label(certificate.Label, at, faults);
        if (!File(certificate.File, at, faults))
            return;
        SecretRules.Judge(certificate.Password, at, "password", faults);
        Readable(certificate.Reference, at, material, faults);
    }

    /// <summary>The certificate of Roles Anywhere: unreadable, its principals are NotConfigured, unless they are in use.</summary>
    public static void JudgeSigning(CertificateFilesDeclaration certificate, bool held, CatalogMaterial material, FaultList faults)
    {
        if (!File(certificate.File, certificate.Origin, faults))
            return;
        SecretRules.Judge(certificate.Password, certificate.Origin, "password", faults);
        if (held)
            Readable(certificate.Reference, certificate.Origin, material, faults);
    }

    public static void JudgeAuthorities(CertificateAuthoritiesDeclaration authorities, CatalogMaterial material, FaultList faults)
    {
        if (File(authorities.File, authorities.Origin, faults)
            && material.Authorities.TryGetValue(authorities.File!, out var reading) && reading.Problem is { } problem)
        {
            faults.Error(authorities.Origin, "file", problem, "Provide a bundle of certificates in PEM.");
        }
    }

    private static bool File(string? file, Origin at, FaultList faults)
    {
        if (faults.Required(file, at, "file", "Name a file.") && file.Length == 0)
            faults.Error(at, "file", "file is blank", "Name a file.");
        return !string.IsNullOrEmpty(file);
    }

    private static void Readable(CertificateReference? reference, Origin at, CatalogMaterial material, FaultList faults)
    {
        if (reference is not null && material.Certificates.TryGetValue(reference, out var reading) && reading.Problem is { } problem)
            faults.Error(at, "file", problem, "Provide a certificate and its private key in PEM or PKCS#12.");
    }
}
