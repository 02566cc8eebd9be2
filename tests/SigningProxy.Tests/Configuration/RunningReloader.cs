using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using SigningProxy.Catalog;
using SigningProxy.Configuration;

namespace SigningProxy.Tests.Configuration;

/// <summary>A reloader at work on a catalog that was loaded before.</summary>
internal sealed class RunningReloader : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly CatalogReloader _reloader;
    private readonly Lines _lines = new();

    private RunningReloader(CatalogLoader loader, TimeProvider time, CatalogReloadOptions options)
    {
        Current.Publish(loader.Load(null).Snapshot!);
        _reloader = new CatalogReloader(loader, Current, options, time, _lines);
    }

    public CurrentCatalog Current { get; } = new();

    /// <summary>With the real clock and a poll that never comes: what is heard is heard by the watch.</summary>
    public static Task<RunningReloader> WatchingAsync(CatalogLoader loader) =>
        StartAsync(loader, TimeProvider.System, new CatalogReloadOptions { Poll = TimeSpan.FromDays(1), Settle = TimeSpan.FromMilliseconds(1) });

    public static Task<RunningReloader> PollingAsync(CatalogLoader loader, FakeTimeProvider time) =>
        StartAsync(loader, time, new CatalogReloadOptions());

    /// <summary>The next line that is logged and holds the text.</summary>
    public Task<string> LineAsync(string text) => _lines.NextAsync(text).WaitAsync(Patience);

    /// <summary>The next catalog that is published after an act.</summary>
    public async Task<CatalogSnapshot> NextAsync(Action act)
    {
        var replaced = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var _ = Current.Watch().Replaced.RegisterChangeCallback(_ => replaced.TrySetResult(), null);
        act();
        await replaced.Task.WaitAsync(Patience);
        return Current.Snapshot;
    }

    /// <summary>Lets the fake clock run until what is awaited has come.</summary>
    public static async Task<T> RunAsync<T>(FakeTimeProvider time, Task<T> awaited)
    {
        while (!awaited.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
        return await awaited;
    }

    public async ValueTask DisposeAsync()
    {
        await _reloader.StopAsync(CancellationToken.None);
        _reloader.Dispose();
        Current.Dispose();
    }

    private static async Task<RunningReloader> StartAsync(CatalogLoader loader, TimeProvider time, CatalogReloadOptions options)
    {
        var running = new RunningReloader(loader, time, options);
        var ready = running.LineAsync("is watched");
        await running._reloader.StartAsync(CancellationToken.None);
        await ready;
        return running;
    }

    private sealed class Lines : ILogger<CatalogReloader>
    {
        private readonly Lock _lock = new();
        private readonly List<(string Text, TaskCompletionSource<string> Found)> _awaited = [];

        public Task<string> NextAsync(string text)
        {
            var found = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (_lock)
                _awaited.Add((text, found));
            return found.Task;
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var line = $"{eventId.Id} {logLevel}: {formatter(state, exception)}";
            lock (_lock)
            {
                foreach (var (_, found) in _awaited.Where(a => line.Contains(a.Text, StringComparison.Ordinal)))
                    found.TrySetResult(line);
                _awaited.RemoveAll(a => a.Found.Task.IsCompleted);
            }
        }
    }
}
