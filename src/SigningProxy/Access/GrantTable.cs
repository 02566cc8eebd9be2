using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using SigningProxy.Callers;
using SigningProxy.Callouts;
using SigningProxy.Catalog;

namespace SigningProxy.Access;

/// <summary>
/// The permission sets and profiles of one catalog, compiled: what everybody was granted, and what each caller was beyond that. What a
/// caller may use is the union; of it the lowest sequence number wins, also where that principal is not configured.
/// </summary>
internal sealed class GrantTable
{
    private static readonly ConditionalWeakTable<CatalogSnapshot, GrantTable> Tables = [];

    private readonly Dictionary<ExternalCredential, int> _owners = new(ReferenceEqualityComparer.Instance);
    private readonly Grants _everyCaller;
    private readonly FrozenDictionary<string, CallerGrants> _byCaller;

    private GrantTable(CatalogSnapshot catalog)
    {
        foreach (var external in catalog.ExternalCredentials.Values)
            _owners.Add(external, _owners.Count);
        // Looked up as any other; nothing refers to it, so no caller was granted anything there.
        _owners.Add(ExternalCredential.Nothing, _owners.Count);
        var compiler = new GrantCompiler(catalog, _owners);
        _everyCaller = compiler.EveryCaller();
        _byCaller = compiler.ByCaller().ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>The table of a catalog, made when it is first asked for and gone when the catalog is.</summary>
    public static GrantTable Of(CatalogSnapshot catalog) => Tables.GetValue(catalog, c => new GrantTable(c));

    /// <summary>The principal that signs this request for this caller; null without a grant that fits. Allocates nothing.</summary>
    /// <param name="caller">Who calls.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="wanted">The name of the principal that the caller asks for, or null for the one that wins.</param>
    public Principal? Find(Caller caller, in RequestFacts request, string? wanted = null)
    {
        if (!_owners.TryGetValue(request.NamedCredential.ExternalCredential, out var owner))
            return null;
        var lowest = First(_everyCaller.Of(owner), request, wanted);
        if (!_byCaller.TryGetValue(caller.Name, out var own))
            return lowest;
        lowest = Lower(lowest, First(own.BySets.Of(owner), request, wanted));
        return Lower(lowest, First(own.ByProfile.Of(owner), request, wanted));
    }

    /// <summary>Why <see cref="Find"/> finds none, for the operator.</summary>
    public RefusalReason WhyNone(Caller caller, ExternalCredential externalCredential, string? wanted)
    {
        if (Grants(caller, externalCredential, wanted))
            return RefusalReason.LimitsDoNotFit;
        return wanted is not null && Grants(caller, externalCredential, null) ? RefusalReason.PrincipalNotGranted : RefusalReason.NoGrant;
    }

    /// <summary>Whether a principal is granted to some requests.</summary>
    private bool Grants(Caller caller, ExternalCredential externalCredential, string? wanted)
    {
        if (!_owners.TryGetValue(externalCredential, out var owner))
            return false;
        return Holds(_everyCaller.Of(owner), wanted)
            || (_byCaller.TryGetValue(caller.Name, out var own) && (Holds(own.BySets.Of(owner), wanted) || Holds(own.ByProfile.Of(owner), wanted)));
    }

    private static bool Holds(ReadOnlySpan<GrantedPrincipal> granted, string? wanted)
    {
        foreach (ref readonly var one in granted)
        {
            if (wanted is null || one.Principal.Name == wanted)
                return true;
        }
        return false;
    }

    private static Principal? Lower(Principal? one, Principal? other) => other is null || one?.SequenceNumber <= other.SequenceNumber ? one : other;

    private static Principal? First(ReadOnlySpan<GrantedPrincipal> granted, in RequestFacts request, string? wanted)
    {
        foreach (ref readonly var one in granted)
        {
            if ((wanted is null || one.Principal.Name == wanted) && one.Fits(request))
                return one.Principal;
        }
        return null;
    }
}
