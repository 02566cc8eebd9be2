using SigningProxy.Catalog;

namespace SigningProxy.Configuration;

/// <summary>Tells of certificates near their end: with every catalog that is published, when one comes near, when it ends, and every day.</summary>
internal sealed class CertificateWatch(CurrentCatalog current, TimeProvider time, ILogger<CertificateWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            var (snapshot, replaced) = current.Watch();
            var lives = Lives(snapshot).ToList();
            var now = time.GetUtcNow();
            foreach (var (entry, life) in lives)
                Tell(entry, life, now);

            var published = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            using var registration = replaced.RegisterChangeCallback(_ => published.TrySetResult(), null);
            try
            {
                await published.Task.WaitAsync(Next([.. lives.Select(l => l.Life)], now) - now, time, stoppingToken);
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

    private static IEnumerable<(string Entry, CertificateLife Life)> Lives(CatalogSnapshot snapshot) =>
    [
        .. snapshot.ExternalCredentials.Values.Where(e => e.RolesAnywhere?.Certificate is not null)
            .Select(e => ($"External credential {e.Name}", new CertificateLife(e.RolesAnywhere!.Certificate!.NotBefore, e.RolesAnywhere.Certificate.NotAfter))),
        .. snapshot.NamedCredentials.Values.Where(n => n.ClientCertificate is not null)
            .Select(n => ($"Named credential {n.Name}", n.ClientCertificate!.Life)),
    ];

    private void Tell(string entry, CertificateLife life, DateTimeOffset now)
    {
        if (life.Problem(now) is not { } problem)
            return;
        if (life.At(now) == CertificateStanding.Ended)
            Log.CertificateEnded(logger, entry, problem);
        else
            Log.CertificateWarning(logger, entry, problem);
    }
}
