using System.Diagnostics;
using System.Globalization;
using System.Net;
using SigningProxy.FunctionalTests.Harness;
using SigningProxy.FunctionalTests.Setup;
using SigningProxy.LocalAws;
using SigningProxy.Store;

namespace SigningProxy.FunctionalTests.ThirdParty;

/// <summary>Proxies that share one Setup, on a PostgreSQL that can be taken away.</summary>
public sealed class PostgresReplicasTests(PostgresServer server, ITestOutputHelper output) : IClassFixture<PostgresServer>, IAsyncLifetime
{
    private const string KeyId = "AKIASHAREDBYREPLICAS";
    private const string Secret = "the-secret-that-replicas-share";
    private const int Writes = 5;

    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(30) };
    private LocalAwsServer _aws = null!;

    public async ValueTask InitializeAsync() => _aws = await LocalAwsServer.StartAsync(new LocalAwsOptions { Keys = [new(KeyId, Secret)] });

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _aws.DisposeAsync();
    }

    [Fact]
    public async Task Write_IsServedByEveryReplica_WithinASecond()
    {
        server.Need();
        var database = await server.CreateDatabaseAsync();
        await using var one = await StartAsync(database);
        await using var two = await StartAsync(database);
        await AssertWithinASecondAsync(database, [one, two], "with NOTIFY");
    }

    [Fact]
    public async Task Write_IsServedWithinASecond_WhereNothingIsToldOf()
    {
        server.Need();
        var database = await server.CreateDatabaseAsync();
        await using var relay = new SilencedRelay(server.Port);
        await using var proxy = await ProxyProcess.StartAsync("namedCredentials: []", server.Settings(database, "?sslmode=disable", relay.Port));
        await Wait.UntilAsync(() => relay.Silenced > 0, "the replica listens, to nobody");
        await AssertWithinASecondAsync(database, [proxy], "by asking alone");
    }

    [Fact]
    public async Task Listen_HearsOfAWriteAtOnce_AndListensAgainWhenCutOff()
    {
        server.Need();
        var database = await server.CreateDatabaseAsync();
        using var store = server.Open(database);
        using var stop = new CancellationTokenSource();
        using var heard = new SemaphoreSlim(0);
        var listening = store.ListenAsync(() => heard.Release(), stop.Token);
        Assert.True(await heard.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken));

        for (var turn = 0; turn < 2; turn++)
        {
            await server.ImportAsync(database, $"profiles: [{{name: P{turn}, principals: []}}]");
            Assert.True(await heard.WaitAsync(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken), $"Nothing was heard of write {turn}.");
            while (heard.CurrentCount > 0)
                await heard.WaitAsync(TestContext.Current.CancellationToken);
            await server.RunAsync(database, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN %'");
            Assert.True(await heard.WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken), "It did not listen again.");
        }
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => listening);
    }

    [Fact]
    public async Task SignOut_AtOneReplica_IsFinalAtTheOther_AtOnce()
    {
        server.Need();
        var database = await server.CreateDatabaseAsync();
        int[] ports = [ProxyProcess.FreePort(), ProxyProcess.FreePort()];
        await using var one = await StartWithSetupAsync(database, ports[0]);
        await using var two = await StartWithSetupAsync(database, ports[1]);
        using var browser = new Visitor(Setup(0));
        Assert.Equal(200, (await browser.SignInAsync("a-token-of-the-tests")).Status);
        var copied = ("Cookie", browser.Cookies);
        Assert.Equal(200, await StatusAtAsync(1));

        Assert.Equal(204, (await browser.ChangeAsync(HttpMethod.Post, "/sign-in/out", "{}")).Status);

        Assert.Equal((401, 401), (await StatusAtAsync(0), await StatusAtAsync(1)));

        Uri Setup(int at) => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{ports[at]}"));
        async Task<int> StatusAtAsync(int at)
        {
            using var visitor = new Visitor(Setup(at));
            return (await visitor.GetAsync("/api/v1/me", copied)).Status;
        }
    }

    [Fact]
    public async Task Replica_ThatIsKilled_LeavesTheOtherServing()
    {
        server.Need();
        var database = await server.CreateDatabaseAsync();
        await using var one = await StartAsync(database);
        await using var two = await StartAsync(database);
        await server.ImportAsync(database, Entries("First"));
        await Wait.UntilAsync(() => AllServeAsync([one, two], "First"), "both serve the first write");

        Assert.Equal(137, await one.EndAsync("KILL"));

        await server.ImportAsync(database, Entries("Second"));
        await Wait.UntilAsync(() => AllServeAsync([two], "Second"), "the other serves the second write");
        Assert.True(await AllServeAsync([two], "First"));
    }

    [Fact]
    public async Task Database_ThatStopsAndStarts_FailsNoCall_AndLosesNoWrite()
    {
        server.Need();
        var database = await server.CreateDatabaseAsync();
        await server.ImportAsync(database, Entries("Shared"));
        await using var one = await StartAsync(database);
        await using var two = await StartAsync(database);
        using var stop = new CancellationTokenSource();
        var calls = Task.WhenAll(Enumerable.Range(0, 4).Select(i => CallAsync(i % 2 == 0 ? one : two, stop.Token)));
        var writes = Task.Factory.StartNew(() => WriteOn(database, stop.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        for (var round = 0; round < 2; round++)
        {
            await server.StopAsync();
            await Task.Delay(TimeSpan.FromSeconds(1.5), TestContext.Current.CancellationToken);
            await server.StartAgainAsync();
            await Task.Delay(TimeSpan.FromSeconds(3), TestContext.Current.CancellationToken);
        }
        await stop.CancelAsync();

        var (answers, (attempted, acknowledged, errors)) = (await calls, await writes);
        using var store = server.Open(database);
        var there = store.Read().Where(e => e.Kind == EntryKind.Profile).Select(e => e.Name).ToHashSet();
        Figures.Tell(output, string.Create(CultureInfo.InvariantCulture, $"PostgreSQL stopped twice: {answers.Sum(a => a.Values.Sum())} calls, {attempted} writes attempted, {acknowledged.Count} acknowledged, {there.Count} kept"));
        Assert.All(answers, a => Assert.Equal([HttpStatusCode.OK], a.Keys));
        Assert.Subset(there, acknowledged.ToHashSet());
        Assert.NotEmpty(errors);
        Assert.All(errors, e => Assert.Contains("cannot be reached", e, StringComparison.Ordinal));
        await server.ImportAsync(database, Entries("Later"));
        await Wait.UntilAsync(() => AllServeAsync([one, two], "Later"), "both take up writes again");
        await one.WritesAsync("Setup cannot be read, and its entries stay as they were");
    }

    [Fact]
    public async Task Writer_KilledAtRandomMoments_LosesNothingThatWasAcknowledged_AndHoldsUpNobody()
    {
        server.Need();
        const int Rounds = 12;
        const int Together = 20;
        var database = await server.CreateDatabaseAsync();
        var clock = Stopwatch.StartNew();
        Assert.Equal(0, (await server.CommandAsync(database, "import", server.Write(Profiles(0, Together)))).ExitCode);
        var (whole, random, acknowledged, killed) = (clock.Elapsed, new Random(20260101), new List<int> { 0 }, 0);
        for (var round = 1; round <= Rounds; round++)
        {
            var file = server.Write(Profiles(round, Together));
            using var import = Process.Start(new ProcessStartInfo(ProxyProcess.Binary, ["catalog", "import", file, "--catalog", server.EmptyCatalog(), .. server.Settings(database)]) { RedirectStandardOutput = true })!;
            var told = import.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await Task.WhenAny(import.WaitForExitAsync(TestContext.Current.CancellationToken), Task.Delay(whole * (0.4 + (random.NextDouble() * 0.8)), TestContext.Current.CancellationToken));
            if (!import.HasExited)
            {
                import.Kill();
                killed++;
            }
            if ((await told).Contains("entries changed.", StringComparison.Ordinal))
                acknowledged.Add(round);
        }

        await server.ImportAsync(database, Profiles(Rounds + 1, Together));

        using var store = server.Open(database);
        var there = store.Read().GroupBy(e => int.Parse(e.Name.Split('_')[1], CultureInfo.InvariantCulture)).ToDictionary(g => g.Key, g => g.Count());
        Figures.Tell(output, string.Create(CultureInfo.InvariantCulture, $"PostgreSQL: {Rounds} imports of {Together} entries, {killed} killed, {acknowledged.Count - 1} acknowledged, {there.Count - 2} in the store"));
        Assert.All(acknowledged, r => Assert.Equal(Together, there.GetValueOrDefault(r)));
        Assert.All(there.Values, count => Assert.Equal(Together, count));
        Assert.True(killed > 0, "No import was killed.");
    }

    private static string Profiles(int round, int count) => string.Create(
        CultureInfo.InvariantCulture, $"profiles: [{string.Join(", ", Enumerable.Range(0, count).Select(i => $"{{name: P_{round}_{i}, label: {new string('x', 60)}, principals: []}}"))}]");

    private Task<ProxyProcess> StartAsync(string database) => ProxyProcess.StartAsync("namedCredentials: []", server.Settings(database));

    private Task<ProxyProcess> StartWithSetupAsync(string database, int port) => ProxyProcess.StartAsync("namedCredentials: []",
    [
        .. server.Settings(database), "--set", string.Create(CultureInfo.InvariantCulture, $"SigningProxy:Setup:Listen=127.0.0.1:{port}"),
        "--set", $"SigningProxy:Setup:Administrators:0=ada may Manage by tokenFile {server.Write("a-token-of-the-tests")}",
    ]);

    private string Entries(string name) =>
        new SessionCatalog().With(name, _aws.Address, "variant: AccessKey", principal: $"accessKey: {{value: {KeyId}}}, accessSecret: {{value: {Secret}}}").ToString().Replace("name: Everyone", $"name: All{name}", StringComparison.Ordinal);

    private async Task<bool> AllServeAsync(ProxyProcess[] replicas, string name)
    {
        foreach (var replica in replicas)
        {
            using var answer = await _client.GetAsync(new Uri(replica.Address, $"/{name}/x"));
            if (answer.StatusCode != HttpStatusCode.OK)
                return false;
        }
        return true;
    }

    // A busy machine may delay some of them, and even a whole series.
    private async Task AssertWithinASecondAsync(string database, ProxyProcess[] replicas, string how)
    {
        var delay = TimeSpan.MaxValue;
        for (var series = 0; series < 3 && delay > TimeSpan.FromSeconds(1); series++)
            delay = await MedianDelayAsync(database, replicas, how, series);
        Assert.True(delay < TimeSpan.FromSeconds(1), $"It took {delay}.");
    }

    /// <summary>How long it takes from the end of a write until all serve it.</summary>
    private async Task<TimeSpan> MedianDelayAsync(string database, ProxyProcess[] replicas, string how, int series)
    {
        var delays = new List<TimeSpan>();
        for (var write = 0; write < Writes; write++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"Write{series}_{write}");
            await server.ImportAsync(database, Entries(name));
            var clock = Stopwatch.StartNew();
            await Wait.UntilAsync(() => AllServeAsync(replicas, name), "every replica serves the write");
            delays.Add(clock.Elapsed);
        }
        delays.Sort();
        Figures.Tell(output, string.Create(CultureInfo.InvariantCulture, $"{replicas.Length} replicas serve another's write {how} after {delays[Writes / 2].TotalMilliseconds:0} ms (median of {Writes}, at most {delays[^1].TotalMilliseconds:0} ms)"));
        return delays[Writes / 2];
    }

    private async Task<Dictionary<HttpStatusCode, int>> CallAsync(ProxyProcess replica, CancellationToken stop)
    {
        var answers = new Dictionary<HttpStatusCode, int>();
        while (!stop.IsCancellationRequested)
        {
            using var answer = await _client.GetAsync(new Uri(replica.Address, "/Shared/x"), CancellationToken.None);
            answers[answer.StatusCode] = answers.GetValueOrDefault(answer.StatusCode) + 1;
        }
        return answers;
    }

    private (int Attempted, List<string> Acknowledged, List<string> Errors) WriteOn(string database, CancellationToken stop)
    {
        var (attempted, acknowledged, errors) = (0, new List<string>(), new List<string>());
        using var store = server.Open(database);
        while (!stop.IsCancellationRequested)
        {
            var name = $"W{attempted++}";
            try
            {
                var entry = new StoredEntry(EntryKind.Profile, name, 1, $"name: {name}\nprincipals: []\n", new Dictionary<string, SigningProxy.Catalog.Declarations.Reading<SigningProxy.Catalog.Secret>>());
                store.Write([new(null, entry, [])], store.Read(), "a test", TimeProvider.System.GetUtcNow());
                acknowledged.Add(name);
            }
            catch (StoreException e)
            {
                errors.Add(e.Message);
            }
            stop.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(20));
        }
        return (attempted, acknowledged, errors);
    }
}
