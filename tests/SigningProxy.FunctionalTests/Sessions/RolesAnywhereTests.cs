using SigningProxy.FunctionalTests.Harness;
using SigningProxy.LocalAws;

namespace SigningProxy.FunctionalTests.Sessions;

public sealed class RolesAnywhereTests : IDisposable
{
    private const int Connections = 20;

    private readonly WorkloadFolder _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("RSA-2048", true, "PEM")]
    [InlineData("RSA-2048", false, "two PEM files")]
    [InlineData("P-256", true, "two PEM files")]
    [InlineData("P-256", false, "PKCS#12")]
    [InlineData("P-384", true, "encrypted PEM")]
    [InlineData("P-384", false, "PEM")]
    [InlineData("RSA-2048", true, "PKCS#12")]
    [InlineData("RSA-2048", true, "encrypted PEM")]
    [InlineData("P-256", true, "PKCS#12")]
    public async Task Certificate_OfEveryKind_GetsASessionOfTheRole(string key, bool byIntermediate, string file)
    {
        using var leaf = _files.Authority.Leaf(key, byIntermediate);
        var certificate = _files.Write(leaf, file, withChain: byIntermediate);
        await using var stage = await StartAsync(certificate);

        var answer = await stage.GetAsync("/One/x");

        answer.AssertPlain();
        Assert.Equal(Assert.Single(stage.Aws.Sessions).AccessKeyId, answer.VerifiedKey);
        Assert.Equal(SessionCatalog.Role, stage.Aws.Sessions[0].RoleArn);
        Assert.Equal([WorkloadAuthority.SerialOf(leaf)], Serials(stage));
        Assert.Equal(new LocalCounts(RolesAnywhereCalls: 1, SessionsIssued: 1, DestinationRequests: 1), stage.Aws.Counts);
    }

    [Theory]
    [InlineData("its intermediate is missing")]
    [InlineData("it is of another authority")]
    public async Task Certificate_ThatIsNotTrusted_GetsNone_AndTheLogTellsWhatThatMostlyMeans(string fault)
    {
        using var other = new WorkloadAuthority();
        using var leaf = (fault == "it is of another authority" ? other : _files.Authority).Leaf();
        await using var stage = await StartAsync(_files.Write(leaf, "PEM", withChain: false));

        var answer = await stage.GetAsync("/One/x");

        answer.AssertNoSession("Untrusted", "certificate", WorkloadFolder.Anchor);
        await Wait.UntilAsync(() => stage.Proxy.Count("Untrusted signing certificate") > 0, "the log says why");
        Assert.Contains("This mostly means a missing intermediate, an expired or revoked certificate, or the wrong trust anchor.", stage.Proxy.Log, StringComparison.Ordinal);
        Assert.Equal(new LocalCounts(RolesAnywhereCalls: 1), stage.Aws.Counts);
    }

    [Fact]
    public async Task Session_ThatWasRevoked_IsHealedByOneReplay()
    {
        using var leaf = _files.Authority.Leaf();
        await using var stage = await StartAsync(_files.Write(leaf, "PEM", withChain: true));
        (await stage.GetAsync("/One/x")).AssertPlain();
        stage.Aws.RevokeSessions();

        (await stage.GetAsync("/One/x")).AssertReplayed();

        Assert.Equal(new LocalCounts(RolesAnywhereCalls: 2, SessionsIssued: 2, DestinationRequests: 3, DestinationRefusals: 1), stage.Aws.Counts);
    }

    [Fact]
    public async Task Certificate_WhenItIsRotatedUnderLoad_FailsNoCall_AndTheNewOneIsUsed()
    {
        using var first = _files.Authority.Leaf();
        var certificate = await _files.SwapAsync(first);
        await using var stage = await StartAsync(certificate, ", durationSeconds: 2");
        using var done = new CancellationTokenSource();
        var callers = Enumerable.Range(0, Connections).Select(_ => Task.Run(() => CallAsync(stage, done.Token))).ToList();
        var serials = new List<string> { WorkloadAuthority.SerialOf(first) };
        try
        {
            await Wait.UntilAsync(() => stage.Aws.Sessions.Count > 0, "the first certificate has a session");
            for (var rotation = 0; rotation < 3; rotation++)
            {
                using var next = _files.Authority.Leaf(rotation == 1 ? "RSA-2048" : "P-384");
                serials.Add(WorkloadAuthority.SerialOf(next));
                stage.Aws.ClearRequests();
                await _files.SwapAsync(next);
                await Wait.UntilAsync(() => Serials(stage).Contains(serials[^1]), $"rotation {rotation + 1} is in use");
            }
        }
        finally
        {
            await done.CancelAsync();
        }

        var answers = (await Task.WhenAll(callers)).SelectMany(a => a).ToList();
        Assert.All(answers, a => a.AssertPlain());
        Assert.Equal((answers.Count, 0), (stage.Aws.Counts.DestinationRequests, stage.Aws.Counts.DestinationRefusals));
        Assert.True(answers.Count > 500, $"Only {answers.Count} calls were made.");
    }

    private Task<SessionStage> StartAsync(string certificate, string more = "") => SessionStage.StartAsync(
        _files.Believing,
        aws => new SessionCatalog().With("One", aws, WorkloadFolder.External(aws, certificate, more)),
        new Launch());

    private static List<string> Serials(SessionStage stage) =>
        [.. stage.Aws.Requests.Where(r => r.Target == LocalTarget.RolesAnywhere).Select(r => r.AccessKeyId!)];

    private static async Task<List<SessionAnswer>> CallAsync(SessionStage stage, CancellationToken done)
    {
        var answers = new List<SessionAnswer>();
        while (!done.IsCancellationRequested)
            answers.Add(await stage.GetAsync("/One/x"));
        return answers;
    }
}
