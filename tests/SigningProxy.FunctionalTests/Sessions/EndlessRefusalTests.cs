using System.Diagnostics;
using SigningProxy.FunctionalTests.Harness;
using SigningProxy.LocalAws;

namespace SigningProxy.FunctionalTests.Sessions;

/// <summary>A destination that refuses whatever session it is shown.</summary>
public class EndlessRefusalTests
{
    private static readonly TimeSpan Hammering = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Fetches_StayAtTheRateLimit_AndTheAnswerIsTheCallersUntouched()
    {
        await using var stage = await SessionStage.StartAsync(
            aws => new SessionCatalog().With("One", aws, SessionCatalog.AssumeRole(aws)), SessionStage.CallsAlone, "ForcedRefreshInterval=00:00:01");
        (await stage.GetAsync("/One/x")).AssertPlain();
        stage.Aws.Fail(LocalTarget.Destinations, LocalFault.Unauthorized);

        var started = Stopwatch.GetTimestamp();
        var answers = (await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => HammerAsync(stage, started)))).SelectMany(a => a).ToList();
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;

        Assert.All(answers, a => Assert.Equal((401, """{"message":"Unauthorized"}"""), (a.Status, a.Text)));
        Assert.All(answers, a => Assert.True(a.Replay is "refused-again" or "not-replayed; reason=refreshed-recently", a.Replay));
        Assert.Equal(2, answers.Select(a => a.Replay).Distinct().Count());
        // The first one was before all this.
        Assert.InRange(stage.Aws.Counts.AssumeRoleCalls - 1, 3, 1 + (int)Math.Ceiling(seconds));
        // And none was sent more than twice.
        Assert.Equal(1 + answers.Count + answers.Count(a => a.Replay == "refused-again"), stage.Aws.Counts.DestinationRequests);
    }

    private static async Task<List<SessionAnswer>> HammerAsync(SessionStage stage, long started)
    {
        var answers = new List<SessionAnswer>();
        while (Stopwatch.GetElapsedTime(started) < Hammering)
            answers.Add(await stage.GetAsync("/One/x"));
        return answers;
    }
}
