using Microsoft.Extensions.Primitives;

namespace SigningProxy.Catalog;

/// <summary>The last good catalog. Readers take the snapshot once and keep it; whoever builds on it hears when it is replaced.</summary>
internal sealed class CurrentCatalog : IDisposable
{
    private readonly Lock _lock = new();
    private CatalogSnapshot _snapshot = CatalogSnapshot.Empty;
    private CancellationTokenSource _replaced = new();

    public CatalogSnapshot Snapshot => Volatile.Read(ref _snapshot);

    /// <summary>The snapshot, and a token that fires when another has taken its place.</summary>
    public (CatalogSnapshot Snapshot, IChangeToken Replaced) Watch()
    {
        lock (_lock)
            return (_snapshot, new CancellationChangeToken(_replaced.Token));
    }

    public void Publish(CatalogSnapshot snapshot)
    {
        CancellationTokenSource replaced;
        lock (_lock)
        {
            (replaced, _replaced) = (_replaced, new CancellationTokenSource());
            Volatile.Write(ref _snapshot, snapshot);
        }
        replaced.Cancel();
        replaced.Dispose();
    }

    public void Dispose() => _replaced.Dispose();
}
