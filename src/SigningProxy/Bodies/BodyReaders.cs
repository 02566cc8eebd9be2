namespace SigningProxy.Bodies;

/// <summary>
/// Those who send a held body. A destination may answer before it has taken the whole of it, and then the sending goes on for a
/// while after the answer: the memory must not go to another request before that has ended.
/// </summary>
internal sealed class BodyReaders : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationToken _stopped;
    private readonly HashSet<Task> _running = [];

    // Asked for once: the source gives none any more when it is disposed, and whoever comes later must still learn that it was stopped.
    public BodyReaders() => _stopped = _stop.Token;

    /// <exception cref="OperationCanceledException">The body is gone.</exception>
    public Task RunAsync(Func<CancellationToken, Task> send, CancellationToken cancellation)
    {
        lock (_lock)
        {
            _stopped.ThrowIfCancellationRequested();
            var sending = SendAsync(send, cancellation);
            _running.Add(sending);
            return sending;
        }
    }

    /// <summary>Stops them, and waits until none reads any more.</summary>
    public async ValueTask DisposeAsync()
    {
        Task[] running;
        lock (_lock)
        {
            _stop.Cancel();
            running = [.. _running];
        }
        await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task SendAsync(Func<CancellationToken, Task> send, CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _stopped);
        await send(either.Token);
    }
}
