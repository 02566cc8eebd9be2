using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using SigningProxy.Catalog;
using SigningProxy.Telemetry;

namespace SigningProxy.Sessions;

/// <summary>Keeps the sessions in step with the catalog: begins those it needs, retires and zeroes those it no longer has, and measures how long they last.</summary>
internal sealed class SessionKeeper(CurrentCatalog catalog, SessionCache sessions, IOptions<SessionsOptions> options, TimeProvider time) : IHostedService, IDisposable
{
    private readonly Meter _meter = new(ProxyTelemetry.Name);
    private IDisposable? _watch;
    private ITimer? _sweep;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _watch = ChangeToken.OnChange(() => catalog.Watch().Replaced, Follow);
        _sweep = time.CreateTimer(_ => sessions.Sweep(), null, SessionCache.Grace, SessionCache.Grace);
        _meter.CreateObservableGauge(
            "signing_proxy.session.expiry", Expiries, "s", "How long sessions have until they end, by external credential and sequence number; negative after that.");
        Follow();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        _meter.Dispose();
        _watch?.Dispose();
        _sweep?.Dispose();
    }

    /// <remarks>Principals are not named where anybody may read; their sequence numbers tell them apart.</remarks>
    private IEnumerable<Measurement<double>> Expiries() => sessions.StatusesOf(catalog.Snapshot)
        .Where(s => s.Expiration is not null)
        .Select(s => new Measurement<double>(
            (s.Expiration!.Value - time.GetUtcNow()).TotalSeconds, new("external_credential", s.ExternalCredential), new("sequence_number", s.SequenceNumber)));

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
