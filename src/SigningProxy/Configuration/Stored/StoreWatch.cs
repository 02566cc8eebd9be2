using System.Threading.Channels;
using SigningProxy.Store;

namespace SigningProxy.Configuration.Stored;

/// <summary>Asks the database twice a second whether it has changed, and at once when it says so itself; then has the catalog read again.</summary>
internal sealed class StoreWatch(
    SetupStore store, StoredCatalog stored, CatalogReloader reloader, TimeProvider time, ILogger<StoreWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    // One reason to look is as good as many.
    private readonly Channel<bool> _reasons = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private StoreVersion? _seen;
    private string? _told;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        await using var timer = time.CreateTimer(_ => _reasons.Writer.TryWrite(true), null, Interval, Interval);
        _ = store.ListenAsync(() => _reasons.Writer.TryWrite(true), stoppingToken);
        try
        {
            while (await _reasons.Reader.WaitToReadAsync(stoppingToken))
            {
                _reasons.Reader.TryRead(out _);
                Look();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Told to stop.
        }
    }

    private void Look()
    {
        var problem = stored.Problem;
        try
        {
            var version = store.Version();
            // What could not be read is asked for until it can: the key may have come back, and that is no change of the database.
            if (version != _seen || problem is not null)
                reloader.Signal();
            _seen = version;
        }
        catch (StoreException e)
        {
            problem = e.Message;
        }
        if (problem is not null && problem != _told)
            Log.StoreLost(logger, problem);
        if (problem is null && _told is not null)
            Log.StoreFound(logger);
        _told = problem;
    }
}
