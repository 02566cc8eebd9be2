using System.Runtime.InteropServices;
using System.Threading.Channels;
using SigningProxy.Catalog;
using SigningProxy.Telemetry;

namespace SigningProxy.Configuration;

/// <summary>Reads the catalog again when it, a secret or a certificate has changed. A good one is published whole; a bad one is told of, and the last good stays.</summary>
/// <remarks>Changes show by the folders' watches, by SIGHUP, and by a slow poll that catches what neither tells.</remarks>
internal sealed class CatalogReloader(
    CatalogLoader loader, CurrentCatalog current, CatalogReloadOptions options, TimeProvider time, ILogger<CatalogReloader> logger) : BackgroundService
{
    // One sign of change is as good as many.
    private readonly Channel<Sign> _signs = Channel.CreateBounded<Sign>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Lock _reload = new();
    private FolderWatch? _watch;
    private Fingerprint? _fingerprint;
    private string? _judged;
    private IReadOnlyList<CatalogFault> _faults = [];

    private enum Sign
    {
        Change,
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var watch = new FolderWatch(Signal, (folder, fault) => Log.NotWatched(logger, folder, options.Poll, fault));
        using var hangup = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
        {
            context.Cancel = true;
            Signal();
        });
        await using var poll = time.CreateTimer(_ => Poll(), null, options.Poll, options.Poll);

        // The first look closes the gap between the load at the start and this watch.
        _judged = current.Snapshot.ContentHash;
        watch.Follow([loader.Path]);
        _watch = watch;
        Reload();
        Log.Watching(logger, loader.Path);
        try
        {
            while (await _signs.Reader.WaitToReadAsync(stoppingToken))
            {
                await Task.Delay(options.Settle, time, stoppingToken);
                _signs.Reader.TryRead(out _);
                Reload();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Told to stop. The host would take it for a failure where the start itself had failed.
        }
    }

    /// <summary>Has the catalog read again soon.</summary>
    public void Signal() => _signs.Writer.TryWrite(Sign.Change);

    private void Poll()
    {
        if (Volatile.Read(ref _fingerprint)?.StillHolds() == false)
            Signal();
    }

    /// <summary>Reads what has changed at once, for whoever was refused with keys that may have been replaced meanwhile.</summary>
    public Task ReadAgainAsync(CancellationToken cancellation) =>
        Volatile.Read(ref _fingerprint)?.StillHolds() == false ? Task.Run(Reload, cancellation) : Task.CompletedTask;

    /// <summary>Reads the catalog at once, for whoever has changed it and waits until calls are served by it; or until it is known that they are not.</summary>
    public Task ReadNowAsync() => Task.Run(Reload);

    /// <summary>What is wrong with the catalog that was read last, which therefore is not in use; empty where it is.</summary>
    public IReadOnlyList<CatalogFault> Faults => Volatile.Read(ref _faults);

    private void Reload()
    {
        lock (_reload)
            ProxyTelemetry.Reloads.Add(1, new KeyValuePair<string, object?>("outcome", Reload_NeedsLock()));
    }

    /// <summary>What came of it: <c>published</c>, <c>kept</c>, <c>unchanged</c> or <c>failed</c>.</summary>
    private string Reload_NeedsLock()
    {
        var lastGood = current.Snapshot;
        try
        {
            var load = loader.Load(lastGood);
            Volatile.Write(ref _fingerprint, load.Fingerprint);
            Volatile.Write(ref _faults, load.Faults);
            _watch?.Follow(load.Fingerprint.Paths);
            var outcome = load.ContentHash == _judged ? Unchanged(lastGood) : Judge(load, lastGood);
            _judged = load.ContentHash;
            return outcome;
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // Whatever it is, calls go on with the catalog they have.
            Log.Failed(logger, lastGood.Revision, fault);
            return "failed";
        }
    }

    private string Judge(CatalogLoad load, CatalogSnapshot lastGood)
    {
        if (load.Snapshot is null)
        {
            Log.Kept(logger, load.Faults.Count, lastGood.Revision, string.Join('\n', load.Faults.Select(CatalogReport.Line)));
            return "kept";
        }
        // Good again by going back to what is in use.
        if (load.ContentHash == lastGood.ContentHash)
            return Unchanged(lastGood);
        foreach (var warning in load.Warnings)
            Log.Warned(logger, CatalogReport.Line(warning));
        current.Publish(load.Snapshot);
        Log.Published(logger, load.Snapshot.Revision, CatalogReport.Summary(load.Counts));
        return "published";
    }

    private string Unchanged(CatalogSnapshot inUse)
    {
        Log.Unchanged(logger, inUse.Revision);
        return "unchanged";
    }
}
