using System.Diagnostics.Metrics;
using SigningProxy.Catalog;
using SigningProxy.Telemetry;

namespace SigningProxy.Configuration;

/// <summary>Measures how long certificates last, and tells of those near their end: with every catalog that is published, when one comes near, when it ends, and every day.</summary>
internal sealed class CertificateWatch(CurrentCatalog current, TimeProvider time, ILogger<CertificateWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    private readonly Meter _meter = new(ProxyTelemetry.Name);

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        _meter.CreateObservableGauge("signing_proxy.certificate.expiry", Expiries, "d", "How many days certificates have until they end; negative after that.");
        return base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _meter.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            var (snapshot, replaced) = current.Watch();
            var certificates = CatalogCertificate.Of(snapshot);
            var now = time.GetUtcNow();
            foreach (var certificate in certificates)
                Tell(certificate, now);

            var published = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            using var registration = replaced.RegisterChangeCallback(_ => published.TrySetResult(), null);
            try
            {
                await published.Task.WaitAsync(Next([.. certificates.Select(c => c.Life)], now) - now, time, stoppingToken);
            }
            catch (Exception e) when (e is TimeoutException or OperationCanceledException)
            {
                // The catalog is the same and the time another, or there is an end of it.
            }
        }
    }

    /// <summary>When there may be more to tell: as soon as a certificate comes to be what it was not, and a day from now at the latest.</summary>
    internal static DateTimeOffset Next(IReadOnlyList<CertificateLife> lives, DateTimeOffset now) =>
        lives.SelectMany(l => new[] { l.Begin, l.NoticeFrom, l.End }).Where(t => t > now).Append(now + Longest).Min();

    private IEnumerable<Measurement<double>> Expiries() => CatalogCertificate.Of(current.Snapshot)
        .Select(c => new Measurement<double>((c.Life.End - time.GetUtcNow()).TotalDays, new KeyValuePair<string, object?>(c.Kind.Replace(' ', '_'), c.Name)));

    private void Tell(CatalogCertificate certificate, DateTimeOffset now)
    {
        if (certificate.Life.Problem(now) is not { } problem)
            return;
        var entry = $"{char.ToUpperInvariant(certificate.Kind[0])}{certificate.Kind[1..]} {certificate.Name}";
        if (certificate.Life.At(now) == CertificateStanding.Ended)
            Log.CertificateEnded(logger, entry, problem);
        else
            Log.CertificateWarning(logger, entry, problem);
    }
}
