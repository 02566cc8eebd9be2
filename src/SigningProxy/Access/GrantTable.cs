using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using SigningProxy.Callers;
using SigningProxy.Catalog;

namespace SigningProxy.Access;

/// <summary>
/// The permission sets and profiles of one catalog, compiled: what everybody was granted, and what each caller was beyond that. What a
/// caller may use is the union; of it the lowest sequence number wins, also where that principal is not configured.
/// </summary>
internal sealed class GrantTable
{
    private static readonly ConditionalWeakTable<CatalogSnapshot, GrantTable> Tables = [];

    private readonly Grants _everyCaller;
    private readonly FrozenDictionary<string, CallerGrants> _byCaller;

    private GrantTable(CatalogSnapshot catalog)
    {
        var compiler = new GrantCompiler(catalog);
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
        var external = request.NamedCredential.ExternalCredential;
        var lowest = First(_everyCaller.Of(external), request, wanted);
        if (!_byCaller.TryGetValue(caller.Name, out var own))
            return lowest;
        lowest = Lower(lowest, First(own.BySets.Of(external), request, wanted));
        return Lower(lowest, First(own.ByProfile.Of(external), request, wanted));
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
