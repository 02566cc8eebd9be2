using System.Diagnostics.Metrics;
using SigningProxy.Telemetry;

namespace SigningProxy.Tests.Configuration;

/// <summary>Hears the count of reloads, each measurement with its tags as <c>name=value</c>.</summary>
internal sealed class CountedReloads : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly MeterListener _listener = new();
    private readonly Lock _lock = new();
    private readonly List<string> _heard = [];
    private TaskCompletionSource _next = Awaited();

    public CountedReloads()
    {
        _listener.SetMeasurementEventCallback<long>((_, _, tags, _) => Hear(tags));
        _listener.EnableMeasurementEvents(ProxyTelemetry.Reloads);
        _listener.Start();
    }

    /// <summary>Waits until a measurement with these tags has been heard since the last call.</summary>
    public async Task HeardAsync(string tags)
    {
        while (true)
        {
            Task next;
            lock (_lock)
            {
                if (_heard.Contains(tags))
                {
                    _heard.Clear();
                    return;
                }
                next = _next.Task;
            }
            await next.WaitAsync(Patience);
        }
    }

    public void Dispose() => _listener.Dispose();

    private static TaskCompletionSource Awaited() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Hear(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        lock (_lock)
        {
            _heard.Add(string.Join(", ", tags.ToArray().Select(t => $"{t.Key}={t.Value}")));
            _next.SetResult();
            _next = Awaited();
        }
    }
}
