using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using SigningProxy.FunctionalTests.Harness;

namespace SigningProxy.FunctionalTests.Setup;

/// <summary>A proxy that is killed at a random moment of 500 writes through its API, again and again.</summary>
public sealed class KilledWritesTests(ITestOutputHelper output)
{
    private const int Writes = 500;
    private const int Together = 4;
    private const string Token = "a-token-of-ada-0123456789abcdef";

    // The published binary is quick enough for all of them.
    private static readonly int Rounds = Environment.GetEnvironmentVariable("SIGNING_PROXY_BINARY") is { Length: > 0 } ? 50 : 2;
    private static readonly TimeSpan LongestRound = TimeSpan.FromSeconds(4);

    [Fact]
    public async Task Writes_ThatWereAcknowledged_AreThereAfterAKill_AndTheStoreOpens()
    {
        var random = new Random(20260101);
        var (acknowledged, kept, interrupted) = (0, 0, 0);
        for (var round = 0; round < Rounds; round++)
        {
            using var folder = await SetupFolder.CreateAsync();
            await File.WriteAllTextAsync(folder.File("token"), Token, TestContext.Current.CancellationToken);
            var setup = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{ProxyProcess.FreePort()}"));
            var told = new ConcurrentBag<string>();
            await using (var proxy = await ProxyProcess.StartAsync(
                "namedCredentials: []",
                [.. folder.Settings, "--set", $"SigningProxy:Setup:Listen={setup.Authority}", "--set", $"SigningProxy:Setup:Administrators:0=ada may Manage by tokenFile {folder.File("token")}"]))
            {
                using var client = Client(setup);
                using (var first = await PutAsync(client, "First"))
                    Assert.Equal(HttpStatusCode.Created, first.StatusCode);
                var numbers = Enumerable.Range(0, Writes).GetEnumerator();
                var writing = Enumerable.Range(0, Together).Select(_ => WriteAsync(client, numbers, told)).ToList();
                await Task.WhenAny(Task.WhenAll(writing), Task.Delay(LongestRound * random.NextDouble(), TestContext.Current.CancellationToken));
                Assert.Equal(137, await proxy.EndAsync("KILL"));
                interrupted += (await Task.WhenAll(writing)).Any(cut => cut) ? 1 : 0;
            }

            var there = (await folder.ProfilesAsync()).Select(name => name.Trim('"')).ToHashSet();
            Assert.Subset(there, told.ToHashSet());
            Assert.True(there.Count - 1 - told.Count <= Together, "More was kept than was under way.");
            (acknowledged, kept) = (acknowledged + told.Count, kept + there.Count - 1);
        }
        Figures.Tell(output, string.Create(CultureInfo.InvariantCulture, $"{Rounds} proxies killed at random moments of {Writes} writes, {interrupted} of them amid one: {acknowledged} acknowledged, {kept} kept"));
        Assert.True(acknowledged > 0 && interrupted > 0, "Nobody was killed while writing.");
    }

    private static HttpClient Client(Uri setup)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = setup, Timeout = TimeSpan.FromSeconds(30) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        return client;
    }

    private static Task<HttpResponseMessage> PutAsync(HttpClient client, string name) => client.PutAsync(
        new Uri($"/api/v1/profiles/{name}", UriKind.Relative), new StringContent("{\"principals\":[]}", Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);

    /// <summary>Whether the last write was cut off.</summary>
    private static async Task<bool> WriteAsync(HttpClient client, IEnumerator<int> numbers, ConcurrentBag<string> told)
    {
        while (Next() is { } number)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"P_{number}");
            try
            {
                using var answer = await PutAsync(client, name);
                if (answer.StatusCode == HttpStatusCode.Created)
                    told.Add(name);
                else
                    Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            }
            catch (HttpRequestException)
            {
                return true;
            }
        }
        return false;

        int? Next()
        {
            lock (numbers)
                return numbers.MoveNext() ? numbers.Current : null;
        }
    }
}
