using SigningProxy.Catalog;
using SigningProxy.Configuration;
using SigningProxy.Store;

namespace SigningProxy.Setup.Api;

/// <summary>Writes changes that were judged beside the entries there are, one request after another, and has them in use before it is answered.</summary>
internal sealed class ChangeWriter(SetupStore store, CatalogReloader reloader, TimeProvider time) : IDisposable
{
    private const int Tries = 5;

    // A catalog is read again in less; whoever waits longer is answered, and calls are served by it a little later.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _turn = new(1);

    /// <param name="judge">Given the entries of the store, tells the changes, which are good; asked again when the entries were changed meanwhile.</param>
    /// <param name="who">Who makes the changes, for the audit trail; null where they are only judged.</param>
    /// <param name="cancellation">Of whoever waits.</param>
    /// <returns>What was written; null where nothing was.</returns>
    /// <exception cref="StoreException">The database cannot be used.</exception>
    public async Task<WrittenChanges?> WriteAsync(
        Func<IReadOnlyList<StoredEntry>, IReadOnlyList<EntryChange>> judge, string? who, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                var now = store.Read();
                var changes = judge(now);
                if (who is null || changes.Count == 0)
                    return null;
                try
                {
                    var written = store.Write(changes, now, who, time.GetUtcNow());
                    return new WrittenChanges(written, await InUseAsync());
                }
                catch (Exception e) when (attempt < Tries && e is RevisionConflictException or StoreException && WasChanged(now))
                {
                    // By another process: what was judged is judged anew, beside what there is now.
                }
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task<IReadOnlyList<CatalogFault>?> InUseAsync()
    {
        try
        {
            await reloader.ReadNowAsync().WaitAsync(Patience, time);
            return reloader.Faults;
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    private bool WasChanged(IReadOnlyList<StoredEntry> since) =>
        !store.Read().Select(e => (e.Kind, e.Name, e.Revision)).SequenceEqual(since.Select(e => (e.Kind, e.Name, e.Revision)));
}

/// <summary>Changes that were written.</summary>
/// <param name="Changes">Them, of the revisions that the store gave.</param>
/// <param name="Faults">For which the catalog with them is not in use yet; null where it is still being read.</param>
internal sealed record WrittenChanges(IReadOnlyList<EntryChange> Changes, IReadOnlyList<CatalogFault>? Faults);
