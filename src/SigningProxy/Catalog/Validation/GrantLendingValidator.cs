using SigningProxy.Catalog.Declarations;

namespace SigningProxy.Catalog.Validation;

/// <summary>
/// Judges whom entries made in Setup let use what is provisioned: whoever runs the proxy said who may, and a manager of Setup may not give it
/// to others, nor to callers of a manager's own making.
/// </summary>
internal static class GrantLendingValidator
{
    private const string Allow = "or allow it by the host setting SigningProxy:Setup:Allow:0=GrantProvisioned.";

    public static void Judge(CatalogDeclarations declared, FaultList faults)
    {
        foreach (var set in declared.PermissionSets.Where(Made))
            Grants(set.Principals, set.Origin, declared, faults);
        foreach (var profile in declared.Profiles.Where(Made))
            Grants(profile.Principals, profile.Origin, declared, faults);
        foreach (var caller in declared.Callers.Where(Made))
            Caller(caller, declared, faults);
    }

    private static bool Made(Declaration entry) => !entry.Origin.IsProvisioned;

    private static void Grants(IReadOnlyList<string> principals, Origin at, CatalogDeclarations declared, FaultList faults)
    {
        for (var i = 0; i < principals.Count; i++)
        {
            if (PrincipalName.TryParse(principals[i], out var name)
                && declared.ExternalCredentials.Any(e => e.Origin.IsProvisioned && DeveloperName.Comparer.Equals(e.Name, name.ExternalCredential)))
            {
                faults.Error(at, $"principals[{i}]", "a provisioned principal is granted by provisioned entries alone", $"Grant a principal made in Setup, have this entry provisioned, {Allow}");
            }
        }
    }

    private static void Caller(CallerDeclaration caller, CatalogDeclarations declared, FaultList faults)
    {
        // Names in grants are compared exactly; a look-alike would still pass for the other with whoever reads them.
        if (declared.Callers.Any(c => c.Origin.IsProvisioned && c.Name != caller.Name && DeveloperName.Comparer.Equals(c.Name, caller.Name)))
            faults.Error(caller.Origin, "name", "a provisioned caller has this name but for upper and lower case", "Rename it.");
        if (declared.Profiles.Any(p => p.Origin.IsProvisioned && DeveloperName.Comparer.Equals(p.Name, caller.Profile)))
            faults.Error(caller.Origin, "profile", "a provisioned profile is given by provisioned callers alone", $"Name a profile made in Setup, have this caller provisioned, {Allow}");
        if (caller.Proofs.Count == 0)
            return;
        var sets = declared.PermissionSets.Where(s => s.Origin.IsProvisioned && s.Principals.Count > 0).ToList();
        if (caller.Name == GrantValidator.LocalCaller && sets.Exists(s => s.Callers.Contains(GrantValidator.LocalCaller)))
            faults.Error(caller.Origin, "name", $"{GrantValidator.LocalCaller} is granted provisioned principals, and would be proved in other ways too", $"Rename it, {Allow}");
        else if (sets.Find(s => s.Callers.Contains(PermissionSet.EveryCaller)) is { } everybodys)
            faults.Error(caller.Origin, "proofs", $"the provisioned permission set {everybodys.Name} grants every proven caller, and so would grant this one", $"Have it list its callers, have this caller provisioned, {Allow}");
    }
}
