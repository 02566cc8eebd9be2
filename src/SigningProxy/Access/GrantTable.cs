using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using SigningProxy.Callers;
using SigningProxy.Catalog;

namespace SigningProxy.Access;

/// <summary>The permission sets and profiles of one catalog, worked out beforehand: who uses which principal of which external credential.</summary>
internal sealed class GrantTable
{
    private static readonly ConditionalWeakTable<CatalogSnapshot, GrantTable> Tables = [];

    private readonly FrozenDictionary<string, FrozenDictionary<string, Principal>> _byCaller;
    private readonly FrozenDictionary<string, Principal> _everyCaller;

    private GrantTable(CatalogSnapshot catalog)
    {
        _everyCaller = Winners(PrincipalSelector.GrantedToEveryone(catalog), catalog);
        _byCaller = PrincipalSelector.NamedCallers(catalog).ToFrozenDictionary(
            caller => caller, caller => Winners(PrincipalSelector.GrantedTo(caller, catalog), catalog), StringComparer.Ordinal);
    }

    /// <summary>The table of a catalog, made when it is first asked for and gone when the catalog is.</summary>
    public static GrantTable Of(CatalogSnapshot catalog) => Tables.GetValue(catalog, c => new GrantTable(c));

    /// <summary>The principal with the lowest sequence number among those the caller was granted, or null without a grant.</summary>
    public Principal? Find(Caller caller, ExternalCredential externalCredential) =>
        _byCaller.GetValueOrDefault(caller.Name, _everyCaller).GetValueOrDefault(externalCredential.Name);

    private static FrozenDictionary<string, Principal> Winners(IReadOnlySet<PrincipalName> granted, CatalogSnapshot catalog) =>
        catalog.ExternalCredentials.Values
            .Select(e => (e.Name, Winner: PrincipalSelector.Select(e, granted)))
            .Where(pair => pair.Winner is not null)
            .ToFrozenDictionary(pair => pair.Name, pair => pair.Winner!, DeveloperName.Comparer);
}
