using SigningProxy.FunctionalTests.Harness;
using SigningProxy.LocalAws;

namespace SigningProxy.FunctionalTests.Sessions;

/// <summary>Many calls at once that all need one session: what is counted is counted where the sessions come from.</summary>
public class StormTests
{
    private const int Calls = 2000;

    [Fact]
    public async Task ColdCache_IsFilledByOneFetch()
    {
        await using var stage = await StartAsync(TimeSpan.FromMilliseconds(300));

        var answers = await CallAsync(stage, Calls);

        Assert.All(answers, a => a.AssertPlain());
        Assert.Equal(new LocalCounts(AssumeRoleCalls: 1, SessionsIssued: 1, DestinationRequests: Calls), stage.Aws.Counts);
    }

    [Fact]
    public async Task MassRevocation_IsHealedByOneFetchAndOneReplayEach()
    {
        await using var stage = await StartAsync(TimeSpan.FromMilliseconds(300));
        (await stage.GetAsync("/One/x")).AssertPlain();
        Assert.Equal(1, stage.Aws.RevokeSessions());

        var answers = await CallAsync(stage, Calls);

        Assert.All(answers, a => Assert.Equal(200, a.Status));
        Assert.All(answers, a => Assert.True(a.Replay is null or SessionAnswer.Replayed, a.Replay));
        var healed = answers.Count(a => a.Replay is not null);
        Assert.InRange(healed, 1, Calls);
        Assert.Equal(
            new LocalCounts(AssumeRoleCalls: 2, SessionsIssued: 2, DestinationRequests: 1 + Calls + healed, DestinationRefusals: healed), stage.Aws.Counts);
        TestContext.Current.SendDiagnosticMessage("{0} of {1} calls were healed", healed, Calls);
    }

    [Fact]
    public async Task Mass401_IsHealedByOneFetchAndOneReplayEach()
    {
        // All have been refused by the time that the next session comes.
        await using var stage = await StartAsync(TimeSpan.FromSeconds(8), "FetchTimeout=00:00:30", "WaitLimit=00:01:00");
        (await stage.GetAsync("/One/x")).AssertPlain();
        stage.Aws.Fail(LocalTarget.Destinations, LocalFault.Unauthorized, Calls);

        var answers = await CallAsync(stage, Calls);

        Assert.All(answers, a => a.AssertReplayed());
        Assert.Equal(
            new LocalCounts(AssumeRoleCalls: 2, SessionsIssued: 2, DestinationRequests: 1 + Calls + Calls, DestinationRefusals: Calls), stage.Aws.Counts);
    }

    private static async Task<SessionStage> StartAsync(TimeSpan delay, params string[] settings)
    {
        var stage = await SessionStage.StartAsync(aws => new SessionCatalog().With("One", aws, SessionCatalog.AssumeRole(aws)), [SessionStage.CallsAlone, .. settings]);
        stage.Aws.Delay(LocalTarget.Sts, delay);
        return stage;
    }

    private static Task<SessionAnswer[]> CallAsync(SessionStage stage, int calls) =>
        Task.WhenAll(Enumerable.Range(0, calls).Select(_ => Task.Run(() => stage.GetAsync("/One/x"))));
}
