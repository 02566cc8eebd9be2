using System.Net;
using System.Text.Json;
using SigningProxy.FunctionalTests.Harness;
using SigningProxy.LocalAws;

namespace SigningProxy.FunctionalTests;

/// <summary>A named credential whose URL and keys change together, while it is in use.</summary>
public class ReloadUnderLoadTests
{
    private const int Flips = 1000;
    private const int Connections = 50;

    private static readonly LocalKey KeyA = new("AKIARELOADTESTSIDEAA", "the-secret-of-side-a");
    private static readonly LocalKey KeyB = new("AKIARELOADTESTSIDEBB", "the-secret-of-side-b");

    [Fact]
    public async Task Reload_WhenUrlAndKeysFlipAThousandTimesUnderLoad_NeverMixesThem()
    {
        // Each destination knows one key alone: a request with the other's is answered 403, which no call may see.
        await using var a = await LocalDestination.StartAsync(KeyA);
        await using var b = await LocalDestination.StartAsync(KeyB);
        var sides = new[] { Catalog(a, KeyA), Catalog(b, KeyB) };
        await using var proxy = await ProxyProcess.StartAsync(sides[0]);
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Connections }) { BaseAddress = proxy.Address };
        using var done = new CancellationTokenSource();
        var callers = Enumerable.Range(0, Connections).Select(_ => Task.Run(() => CallAsync(client, done.Token))).ToList();

        var (good, bad) = (0, 0);
        try
        {
            var revision = await RevisionAsync(client, proxy);
            for (var flip = 1; flip <= Flips; flip++)
            {
                if (flip % 10 == 0)
                {
                    var refusals = proxy.Count("stays in use");
                    await ReplaceAsync(proxy, "namedCredentials: [\n");
                    await Wait.UntilAsync(() => proxy.Count("stays in use") > refusals, "the bad catalog is told of");
                    Assert.Equal(revision, await RevisionAsync(client, proxy));
                    bad++;
                    continue;
                }
                await ReplaceAsync(proxy, sides[++good % 2]);
                var before = revision;
                await Wait.UntilAsync(async () => (revision = await RevisionAsync(client, proxy)) > before, $"flip {flip} is in use");
            }
        }
        finally
        {
            await done.CancelAsync();
        }
        var calls = await Task.WhenAll(callers);

        Assert.Equal((Flips - (Flips / 10), Flips / 10), (good, bad));
        var (seenByA, seenByB) = (calls.Sum(c => c.A), calls.Sum(c => c.B));
        Assert.True(seenByA > Flips && seenByB > Flips, $"A answered {seenByA} calls and B {seenByB}: too few for {Flips} flips.");
        Assert.All(a.Requests, r => Assert.True(r.Verified));
        Assert.All(b.Requests, r => Assert.True(r.Verified));
        TestContext.Current.SendDiagnosticMessage("A {0} calls, B {1} calls", seenByA, seenByB);
    }

    private static string Catalog(LocalAwsServer destination, LocalKey key) =>
        new CatalogText().With("Flip", destination.Address, key.AccessKeyId, key.Secret).ToString();

    private static async Task ReplaceAsync(ProxyProcess proxy, string catalog)
    {
        var next = proxy.CatalogPath + ".next";
        await File.WriteAllTextAsync(next, catalog);
        File.Move(next, proxy.CatalogPath, overwrite: true);
    }

    private static async Task<long> RevisionAsync(HttpClient client, ProxyProcess proxy)
    {
        using var health = JsonDocument.Parse(await client.GetStringAsync(new Uri(proxy.Operations, "/health/ready")));
        return health.RootElement.GetProperty("catalogRevision").GetInt64();
    }

    /// <summary>Calls until it is told to stop, and counts who verified. Anything but a verified answer fails the test.</summary>
    private static async Task<(int A, int B)> CallAsync(HttpClient client, CancellationToken done)
    {
        var (a, b) = (0, 0);
        while (!done.IsCancellationRequested)
        {
            using var answer = await client.GetAsync("/Flip/x", CancellationToken.None);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            var verified = Assert.Single(answer.Headers.GetValues("x-local-aws-verified"));
            Assert.True(verified == KeyA.AccessKeyId || verified == KeyB.AccessKeyId, verified);
            _ = verified == KeyA.AccessKeyId ? a++ : b++;
        }
        return (a, b);
    }
}
