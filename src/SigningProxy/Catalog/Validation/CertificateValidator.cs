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
        if (!Place(certificate.Reference, at, faults))
            return;
        if (material.ProblemOf(certificate.Reference) is { } problem)
            faults.Error(at, Field(certificate.Reference), problem, "Provide a certificate and its private key in PEM or PKCS#12.");
    }

    /// <summary>The certificate of Roles Anywhere: unusable, its principals are NotConfigured, unless they are in use.</summary>
    public static void JudgeSigning(CertificateFilesDeclaration certificate, bool held, CatalogMaterial material, FaultList faults)
    {
        if (!Place(certificate.Reference, certificate.Origin, faults))
            return;
        if (held && material.SigningProblemOf(certificate.Reference) is { } problem)
            faults.Error(certificate.Origin, Field(certificate.Reference), problem, "Provide a certificate and its private key in PEM or PKCS#12: the one in use stays until then.");
    }

    /// <summary>How near certificates are to their end, at an instant: never an error, for a catalog is as good as it was when it was written.</summary>
    public static void JudgeLives(CatalogDeclarations declared, CatalogMaterial material, DateTimeOffset now, FaultList faults)
    {
        foreach (var certificate in declared.Certificates)
            Life(certificate.Reference, certificate.Origin);
        foreach (var certificate in declared.ExternalCredentials.Select(e => e.RolesAnywhere?.Certificate).OfType<CertificateFilesDeclaration>())
            Life(certificate.Reference, certificate.Origin);

        void Life(CertificateReference? reference, Origin at)
        {
            if (material.CertificateOf(reference)?.Life.Problem(now) is { } problem)
                faults.Warn(at, Field(reference), problem, "Renew it, and look into why that has not happened by itself.");
        }
    }

    public static void JudgeAuthorities(CertificateAuthoritiesDeclaration authorities, CatalogMaterial material, FaultList faults)
    {
        if (File(authorities.File, authorities.Origin, faults)
            && material.Authorities.TryGetValue(authorities.File!, out var reading) && reading.Problem is { } problem)
        {
            faults.Error(authorities.Origin, "file", problem, "Provide a bundle of certificates in PEM.");
        }
    }

    private static string Field(CertificateReference? reference) => reference?.Content is null ? "file" : "content";

    private static bool Place(CertificateReference? reference, Origin at, FaultList faults)
    {
        SecretRules.Judge(reference?.Password, at, "password", faults);
        SecretRules.Judge(reference?.Content, at, "content", faults);
        if (reference?.Content is null)
            return at.Wrote("content") || File(reference?.File, at, faults);
        if (reference.File is null && reference.KeyFile is null)
            return reference.Content.IsWhole;
        faults.Error(at, "content", "content stands beside a file, and a certificate is read from one place", "Take one of the two out; the private key belongs into content too.");
        return false;
    }

    private static bool File(string? file, Origin at, FaultList faults)
    {
        if (faults.Required(file, at, "file", "Name a file.") && file.Length == 0)
            faults.Error(at, "file", "file is blank", "Name a file.");
        return !string.IsNullOrEmpty(file);
    }
}
