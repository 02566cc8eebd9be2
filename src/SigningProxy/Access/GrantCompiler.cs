using System.Runtime.InteropServices;
using SigningProxy.Catalog;

namespace SigningProxy.Access;

/// <summary>
/// Gathers who was granted what from the permission sets and profiles of one catalog. Callers who were granted the same share it. A catalog
/// may have many thousands of callers, so little is made on the way that is not kept.
/// </summary>
/// <param name="catalog">The catalog.</param>
/// <param name="owners">A number for each of its external credentials.</param>
internal sealed class GrantCompiler(CatalogSnapshot catalog, IReadOnlyDictionary<ExternalCredential, int> owners)
{
    private readonly GrantedPrincipal[]?[] _bySet = new GrantedPrincipal[catalog.PermissionSets.Count][];
    private readonly Dictionary<List<int>, Grants> _alike = new(SameSets.Instance);
    private readonly Dictionary<Profile, Grants> _byProfile = new(ReferenceEqualityComparer.Instance);
    private readonly List<GrantedPrincipal> _gathered = [];

    /// <summary>What every proven caller was granted.</summary>
    public Grants EveryCaller() =>
        BySets([.. Enumerable.Range(0, catalog.PermissionSets.Count).Where(i => catalog.PermissionSets[i].Callers.Contains(PermissionSet.EveryCaller))]);

    /// <summary>What each caller was granted by name and by profile, beyond what every caller was.</summary>
    public Dictionary<string, CallerGrants> ByCaller()
    {
        var sets = new Dictionary<string, List<int>>(catalog.Callers.Count, StringComparer.Ordinal);
        for (var i = 0; i < catalog.PermissionSets.Count; i++)
        {
            foreach (var caller in catalog.PermissionSets[i].Callers)
            {
                // Sets come one after another, so one that names a caller twice is the last of its list.
                if (caller != PermissionSet.EveryCaller && SetsOf(caller) is var its && (its.Count == 0 || its[^1] != i))
                    its.Add(i);
            }
        }
        foreach (var caller in catalog.Callers.Values)
        {
            if (caller.Profile is not null)
                SetsOf(caller.Name);
        }
        var byCaller = new Dictionary<string, CallerGrants>(sets.Count, StringComparer.Ordinal);
        foreach (var (caller, its) in sets)
            byCaller.Add(caller, new CallerGrants(BySets(its), ByProfile(caller)));
        return byCaller;

        List<int> SetsOf(string caller) => CollectionsMarshal.GetValueRefOrAddDefault(sets, caller, out _) ??= [];
    }

    private Grants ByProfile(string caller)
    {
        if (!catalog.Callers.TryGetValue(caller, out var declared) || declared.Profile is not { } name || !catalog.Profiles.TryGetValue(name, out var profile))
            return Grants.None;
        ref var grants = ref CollectionsMarshal.GetValueRefOrAddDefault(_byProfile, profile, out _);
        return grants ??= Grants.Of([.. Resolve(profile.Principals, profile.Only)]);
    }

    private Grants BySets(List<int> sets)
    {
        if (_alike.TryGetValue(sets, out var grants))
            return grants;
        _gathered.Clear();
        foreach (var set in sets)
            _gathered.AddRange(_bySet[set] ??= Resolve(catalog.PermissionSets[set].Principals, catalog.PermissionSets[set].Only));
        return _alike[sets] = Grants.Of(_gathered);
    }

    private GrantedPrincipal[] Resolve(IReadOnlyList<PrincipalName> names, GrantLimit? only)
    {
        GrantLimit[] limits = only is null ? [] : [only];
        var granted = new List<GrantedPrincipal>(names.Count);
        foreach (var name in names)
        {
            if (catalog.ExternalCredentials.TryGetValue(name.ExternalCredential, out var owner) && Find(owner, name.Principal) is { } principal)
                granted.Add(new GrantedPrincipal(owners[owner], principal, limits));
        }
        return [.. granted];
    }

    /// <summary>External credentials compare without regard to case, principals exactly.</summary>
    private static Principal? Find(ExternalCredential owner, string name)
    {
        foreach (var principal in owner.Principals)
        {
            if (principal.Name == name)
                return principal;
        }
        return null;
    }

    /// <summary>Lists of the same sets, each in the order of declaration.</summary>
    private sealed class SameSets : IEqualityComparer<List<int>>
    {
        public static SameSets Instance { get; } = new();

        public bool Equals(List<int>? x, List<int>? y) => CollectionsMarshal.AsSpan(x).SequenceEqual(CollectionsMarshal.AsSpan(y));

        public int GetHashCode(List<int> obj)
        {
            var hash = new HashCode();
            hash.AddBytes(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(obj)));
            return hash.ToHashCode();
        }
    }
}
