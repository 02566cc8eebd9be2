using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using SigningProxy.Catalog;

namespace SigningProxy.Sessions;

/// <summary>Keeps the sessions in step with the catalog: begins those it needs, retires and zeroes those it no longer has.</summary>
internal sealed class SessionKeeper(CurrentCatalog catalog, SessionCache sessions, IOptions<SessionsOptions> options, TimeProvider time) : IHostedService, IDisposable
{
    private IDisposable? _watch;
    private ITimer? _sweep;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _watch = ChangeToken.OnChange(() => catalog.Watch().Replaced, Follow);
        _sweep = time.CreateTimer(_ => sessions.Sweep(), null, SessionCache.Grace, SessionCache.Grace);
        Follow();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        _watch?.Dispose();
        _sweep?.Dispose();
    }

    private void Follow()
    {
        var snapshot = catalog.Snapshot;
        sessions.Use(snapshot);
        if (options.Value.Startup == StartupFetch.Lazy)
            return;
        var called = snapshot.NamedCredentials.Values.Where(n => n is { EnabledForCallouts: true, GenerateAuthorizationHeader: true }).Select(n => n.ExternalCredential).Distinct();
        foreach (var externalCredential in called)
        {
            foreach (var principal in externalCredential.Principals.Where(p => p.Missing.Count == 0))
                sessions.Of(externalCredential, principal).Begin();
        }
    }
}
