using SigningProxy.Catalog.Declarations;

namespace SigningProxy.Catalog.Validation;

/// <summary>Judges declarations, wherever they came from, and gathers every fault.</summary>
internal static class CatalogValidator
{
    /// <param name="declared">What was written.</param>
    /// <param name="material">What its references led to; <see cref="CatalogMaterial.None"/> to judge what is written alone.</param>
    /// <param name="lastGood">The catalog it would replace, or null for a first one.</param>
    /// <param name="limits">What the host settings leave to it.</param>
    /// <param name="faults">Takes every fault.</param>
    public static void Judge(CatalogDeclarations declared, CatalogMaterial material, CatalogSnapshot? lastGood, HostLimits limits, FaultList faults)
    {
        Unique(declared, faults);
        foreach (var credential in declared.ExternalCredentials)
            ExternalCredentialValidator.Judge(credential, material, new LastGoodKeys(lastGood), limits.Duration, faults);
        StsSourceValidator.JudgeChains(declared, faults);
        foreach (var certificate in declared.Certificates)
            CertificateValidator.Judge(certificate, material, faults);
        NamedCredentialValidator.JudgeAll(declared, material, limits.TakenPorts, faults);
        foreach (var set in declared.PermissionSets)
            GrantValidator.Judge(set, declared, faults);
        foreach (var profile in declared.Profiles)
            GrantValidator.Judge(profile, declared, faults);
        foreach (var caller in declared.Callers)
        {
            CallerValidator.Judge(caller, declared, faults);
            ProofValidator.Judge(caller, material, new LastGoodKeys(lastGood), faults);
        }
        ProofValidator.JudgeShared(declared.Callers, material, faults);
    }

    private static void Unique(CatalogDeclarations declared, FaultList faults)
    {
        NameRules.Unique(declared.ExternalCredentials, e => e.Name, DeveloperName.Comparer, faults, "external credential");
        NameRules.Unique(declared.NamedCredentials, n => n.Name, DeveloperName.Comparer, faults, "named credential");
        NameRules.Unique(declared.Certificates, c => c.Name, DeveloperName.Comparer, faults, "certificate");
        NameRules.Unique(declared.PermissionSets, p => p.Name, DeveloperName.Comparer, faults, "permission set");
        NameRules.Unique(declared.Profiles, p => p.Name, DeveloperName.Comparer, faults, "profile");
        NameRules.Unique(declared.Callers, c => c.Name, StringComparer.Ordinal, faults, "caller");
    }
}
