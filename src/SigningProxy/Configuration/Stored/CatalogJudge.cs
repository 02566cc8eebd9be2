using SigningProxy.Catalog;
using SigningProxy.Catalog.Validation;
using SigningProxy.Store;

namespace SigningProxy.Configuration.Stored;

/// <summary>Judges what the whole catalog would be if other entries were made in Setup. Publishes nothing.</summary>
/// <param name="path">The catalog's files.</param>
/// <param name="limits">What the host settings leave to the catalog.</param>
/// <param name="trust">What entries made in Setup may do.</param>
internal sealed class CatalogJudge(string path, HostLimits limits, SetupTrust trust)
{
    public SetupTrust Trust => trust;

    /// <param name="entries">The entries made in Setup.</param>
    /// <param name="lastGood">The catalog that it would replace, or null for a first one.</param>
    public CatalogLoad Judge(IReadOnlyList<StoredEntry> entries, CatalogSnapshot? lastGood) =>
        new CatalogLoader(path, limits: limits, setup: new StoredCatalog(() => entries, trust)).Load(lastGood);
}
