using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using SigningProxy.Catalog;
using SigningProxy.SigV4;

namespace SigningProxy.Callers;

/// <summary>The declared callers of one catalog by what they prove themselves with.</summary>
internal sealed class ProofTable
{
    private static readonly ConditionalWeakTable<CatalogSnapshot, ProofTable> Tables = [];

    private readonly FrozenDictionary<CallerProof, string> _callers;

    private ProofTable(CatalogSnapshot catalog)
    {
        var all = catalog.Callers.Values.SelectMany(c => c.Proofs, (caller, proof) => (Caller: caller.Name, Proof: proof)).ToList();
        _callers = all.Where(p => p.Proof is not LocalSigV4Proof).ToFrozenDictionary(p => p.Proof, p => p.Caller);
        LocalKeys = all.Where(p => p.Proof is LocalSigV4Proof)
            .ToFrozenDictionary(p => ((LocalSigV4Proof)p.Proof).Keys.AccessKeyId, p => new LocalKey(p.Caller, ((LocalSigV4Proof)p.Proof).Keys), StringComparer.Ordinal);
    }

    /// <summary>The local key pairs, by their ids.</summary>
    public FrozenDictionary<string, LocalKey> LocalKeys { get; }

    /// <summary>The table of a catalog, made when it is first asked for and gone when the catalog is.</summary>
    public static ProofTable Of(CatalogSnapshot catalog) => Tables.GetValue(catalog, c => new ProofTable(c));

    /// <summary>The name of the caller that declares this proof, or null.</summary>
    public string? CallerBy(CallerProof proof) => _callers.GetValueOrDefault(proof);
}

/// <summary>A key pair that a caller signs with.</summary>
/// <param name="Caller">Its name.</param>
/// <param name="Keys">The key pair.</param>
internal sealed record LocalKey(string Caller, SessionCredentials Keys);
