using SigningProxy.Catalog;

namespace SigningProxy.Access;

/// <summary>
/// Which principals a caller may use, and which of them it does: the union of every permission set that names the caller (or every
/// caller) and of the caller's profile; of these, the lowest sequence number. No grant, no principal.
/// </summary>
internal static class PrincipalSelector
{
    /// <summary>What a caller was granted by name, by profile, and as one of every caller.</summary>
    public static IReadOnlySet<PrincipalName> GrantedTo(string caller, CatalogSnapshot catalog)
    {
        var granted = new HashSet<PrincipalName>(GrantedToEveryone(catalog), PrincipalNameComparer.Instance);
        foreach (var set in catalog.PermissionSets.Where(s => s.Callers.Contains(caller, StringComparer.Ordinal)))
            granted.UnionWith(set.Principals);
        if (catalog.Callers.TryGetValue(caller, out var declared) && declared.Profile is { } name && catalog.Profiles.TryGetValue(name, out var profile))
            granted.UnionWith(profile.Principals);
        return granted;
    }

    /// <summary>What every proven caller was granted.</summary>
    public static IReadOnlySet<PrincipalName> GrantedToEveryone(CatalogSnapshot catalog) =>
        catalog.PermissionSets.Where(s => s.Callers.Contains(PermissionSet.EveryCaller)).SelectMany(s => s.Principals)
            .ToHashSet(PrincipalNameComparer.Instance);

    /// <summary>Every caller that a permission set or a declaration names.</summary>
    public static IReadOnlySet<string> NamedCallers(CatalogSnapshot catalog) =>
        catalog.PermissionSets.SelectMany(s => s.Callers).Concat(catalog.Callers.Keys).Where(name => name != PermissionSet.EveryCaller)
            .ToHashSet(StringComparer.Ordinal);

    /// <summary>The granted principal of an external credential with the lowest sequence number; also when it is not configured.</summary>
    public static Principal? Select(ExternalCredential externalCredential, IReadOnlySet<PrincipalName> granted) =>
        externalCredential.Principals
            .Where(p => granted.Contains(new PrincipalName(externalCredential.Name, p.Name)))
            .MinBy(p => p.SequenceNumber);

    /// <summary>Names compare without regard to case, principals ordinally.</summary>
    private sealed class PrincipalNameComparer : IEqualityComparer<PrincipalName>
    {
        public static PrincipalNameComparer Instance { get; } = new();

        public bool Equals(PrincipalName x, PrincipalName y) =>
            DeveloperName.Comparer.Equals(x.ExternalCredential, y.ExternalCredential) && string.Equals(x.Principal, y.Principal, StringComparison.Ordinal);

        public int GetHashCode(PrincipalName name) =>
            HashCode.Combine(DeveloperName.Comparer.GetHashCode(name.ExternalCredential), name.Principal.GetHashCode(StringComparison.Ordinal));
    }
}
