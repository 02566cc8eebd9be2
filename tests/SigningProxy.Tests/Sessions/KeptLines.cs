using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace SigningProxy.Tests.Sessions;

/// <summary>Keeps what is logged, as <c>id level: text</c>.</summary>
internal sealed class KeptLines : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _all = [];

    public IReadOnlyCollection<string> All => _all;

    /// <summary>Those of one event.</summary>
    public IReadOnlyList<string> Of(int eventId) => [.. _all.Where(line => line.StartsWith($"{eventId} ", StringComparison.Ordinal))];

    public ILogger CreateLogger(string categoryName) => new Category(_all);

    public void Dispose()
    {
    }

    private sealed class Category(ConcurrentQueue<string> all) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            all.Enqueue($"{eventId.Id} {logLevel}: {formatter(state, exception)} {exception}".TrimEnd());
    }
}
