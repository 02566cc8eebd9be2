using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using SigningProxy.Catalog;
using SigningProxy.Sessions;

namespace SigningProxy.Tests.Sessions;

/// <summary>The whole room as the product puts it together, with a clock of the test's own.</summary>
internal sealed class SessionRoom : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private long _revision;

    public SessionRoom(SessionsOptions? options = null, Func<string, string?>? environment = null)
    {
        Options = options ?? new SessionsOptions();
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Time).AddSingleton(Catalog).AddSingleton<IWebProxy>(new WebProxy());
        services.AddSingleton(Microsoft.Extensions.Options.Options.Create(Options));
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Lines));
        services.AddSingleton<ReadCatalogAgain>(cancellation => ReadAgain(cancellation));
        services.AddSessions(environment ?? (_ => null));
        _services = services.BuildServiceProvider();
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public SessionsOptions Options { get; }

    public CurrentCatalog Catalog { get; } = new();

    public KeptLines Lines { get; } = new();

    /// <summary>What becomes of a wish to read the catalog again; nothing by itself.</summary>
    public Func<CancellationToken, Task> ReadAgain { get; set; } = _ => Task.CompletedTask;

    public SessionCache Cache => Get<SessionCache>();

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Starts what follows the catalog.</summary>
    public Task StartAsync() => _services.GetServices<IHostedService>().Single().StartAsync(TestContext.Current.CancellationToken);

    public CatalogSnapshot Publish(params ExternalCredential[] externalCredentials) => Publish(externalCredentials, []);

    public CatalogSnapshot Publish(IReadOnlyList<ExternalCredential> externalCredentials, IReadOnlyList<NamedCredential> namedCredentials)
    {
        var snapshot = new CatalogSnapshot(++_revision, externalCredentials, namedCredentials, [], [], []);
        Catalog.Publish(snapshot);
        return snapshot;
    }

    /// <summary>Lets time pass in small steps until something has come to its end, so that delays end without anybody waiting for them.</summary>
    public async Task<T> DriveAsync<T>(Task<T> task)
    {
        await DriveUntilAsync(() => task.IsCompleted);
        return await task;
    }

    /// <summary>Lets time pass in small steps until something holds.</summary>
    public async Task DriveUntilAsync(Func<bool> holds)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!holds())
        {
            Time.Advance(TimeSpan.FromMilliseconds(20));
            await Task.Delay(1, limit.Token);
        }
    }

    /// <summary>Waits until something holds, while time stands still.</summary>
    public static async Task UntilAsync(Func<bool> holds)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!holds())
            await Task.Delay(1, limit.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        Lines.Dispose();
    }
}
