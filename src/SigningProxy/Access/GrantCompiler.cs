using SigningProxy.Catalog;

namespace SigningProxy.Access;

/// <summary>Gathers who was granted what from the permission sets and profiles of one catalog. Callers who were granted the same share it.</summary>
internal sealed class GrantCompiler(CatalogSnapshot catalog)
{
    // Of each set that is granted to named callers, and of each profile: what it grants.
    private readonly Dictionary<object, List<(ExternalCredential, Principal, GrantLimit?)>> _resolved = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, Grants> _alike = new(StringComparer.Ordinal);
    private readonly Dictionary<Profile, Grants> _byProfile = new(ReferenceEqualityComparer.Instance);

    /// <summary>What every proven caller was granted.</summary>
    public Grants EveryCaller() => new(catalog.PermissionSets.Where(IsForEveryCaller).SelectMany(s => Resolve(s, s.Principals, s.Only)));

    /// <summary>What each caller was granted by name and by profile, beyond what every caller was.</summary>
    public IEnumerable<KeyValuePair<string, CallerGrants>> ByCaller()
    {
        var sources = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (var i = 0; i < catalog.PermissionSets.Count; i++)
        {
            foreach (var caller in catalog.PermissionSets[i].Callers.Where(c => c != PermissionSet.EveryCaller).Distinct(StringComparer.Ordinal))
                SourcesOf(caller).Add(i);
        }
        foreach (var caller in catalog.Callers.Values.Where(c => c.Profile is not null))
            SourcesOf(caller.Name);
        return sources.Select(s => KeyValuePair.Create(s.Key, new CallerGrants(BySets(s.Value), ByProfile(s.Key))));

        List<int> SourcesOf(string caller) => sources.TryGetValue(caller, out var known) ? known : sources[caller] = [];
    }

    private static bool IsForEveryCaller(PermissionSet set) => set.Callers.Contains(PermissionSet.EveryCaller);

    private Grants ByProfile(string caller)
    {
        if (!catalog.Callers.TryGetValue(caller, out var declared) || declared.Profile is not { } name || !catalog.Profiles.TryGetValue(name, out var profile))
            return Grants.None;
        if (!_byProfile.TryGetValue(profile, out var grants))
            _byProfile.Add(profile, grants = new Grants(Resolve(profile, profile.Principals, profile.Only)));
        return grants;
    }

    private Grants BySets(List<int> sets)
    {
        if (sets.Count == 0)
            return Grants.None;
        var key = string.Join(',', sets);
        if (!_alike.TryGetValue(key, out var grants))
            _alike.Add(key, grants = new Grants(sets.Select(i => catalog.PermissionSets[i]).SelectMany(s => Resolve(s, s.Principals, s.Only))));
        return grants;
    }

    private List<(ExternalCredential, Principal, GrantLimit?)> Resolve(object source, IReadOnlyList<PrincipalName> principals, GrantLimit? only)
    {
        if (!_resolved.TryGetValue(source, out var resolved))
            _resolved.Add(source, resolved = [.. principals.SelectMany(name => Find(name)).Select(found => (found.Owner, found.Principal, only))]);
        return resolved;
    }

    /// <summary>External credentials compare without regard to case, principals exactly.</summary>
    private IEnumerable<(ExternalCredential Owner, Principal Principal)> Find(PrincipalName name)
    {
        if (catalog.ExternalCredentials.TryGetValue(name.ExternalCredential, out var owner) && owner.Principals.FirstOrDefault(p => p.Name == name.Principal) is { } principal)
            yield return (owner, principal);
    }
}
