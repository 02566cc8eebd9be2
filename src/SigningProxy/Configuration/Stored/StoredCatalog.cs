using SigningProxy.Catalog.Validation;
using SigningProxy.Store;

namespace SigningProxy.Configuration.Stored;

/// <summary>The entries made in Setup, for a catalog that is read again and again. Where the database cannot be read any more, those it had go on.</summary>
/// <param name="read">Reads the entries.</param>
/// <param name="trust">What they may do.</param>
internal sealed class StoredCatalog(Func<IReadOnlyList<StoredEntry>> read, SetupTrust trust)
{
    private IReadOnlyList<StoredEntry>? _last;
    private volatile string? _problem;

    public SetupTrust Trust => trust;

    /// <summary>Why the last reading came to nothing, or null.</summary>
    public string? Problem => _problem;

    /// <exception cref="StoreException">The database cannot be read, and never could.</exception>
    public IReadOnlyList<StoredEntry> Read()
    {
        try
        {
            _last = read();
            _problem = null;
        }
        catch (StoreException e) when (_last is not null)
        {
            _problem = e.Message;
        }
        return _last;
    }
}
