using System.Diagnostics;
using SigningProxy.FunctionalTests.Harness;

namespace SigningProxy.FunctionalTests.Sessions;

/// <summary>Sessions of two seconds under constant calls.</summary>
public class ShortSessionTests
{
    private static readonly TimeSpan Calling = TimeSpan.FromSeconds(8);

    [Theory]
    [InlineData("On")]
    [InlineData("Off")]
    public async Task Sessions_RollOverUnderLoad_AndTheDestinationSeesNoneThatHasEnded(string background)
    {
        await using var stage = await SessionStage.StartAsync(
            aws => new SessionCatalog().With("One", aws, SessionCatalog.AssumeRole(aws, ", durationSeconds: 2")), $"BackgroundRefresh={background}");

        var answers = (await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => CallAsync(stage)))).SelectMany(a => a).ToList();

        Assert.True(answers.Count > 500, $"Only {answers.Count} calls were made.");
        Assert.All(answers, a => a.AssertPlain());
        var counts = stage.Aws.Counts;
        Assert.Equal((answers.Count, 0), (counts.DestinationRequests, counts.DestinationRefusals));
        // The stand-in gives out up to a second more than is asked for. None is fetched without need.
        Assert.InRange(counts.AssumeRoleCalls, 3, 8);
        Assert.InRange(answers.Select(a => a.VerifiedKey).Distinct().Count(), 3, 8);
    }

    [Fact]
    public async Task Session_WhenRefreshedInTheBackground_IsReplacedWithoutAnyCall()
    {
        await using var stage = await SessionStage.StartAsync(
            aws => new SessionCatalog().With("One", aws, SessionCatalog.AssumeRole(aws, ", durationSeconds: 2")), "Startup=Eager");

        await Wait.UntilAsync(() => stage.Aws.Sessions.Count >= 3, "the session was replaced twice");

        Assert.Equal(0, stage.Aws.Counts.DestinationRequests);
        await Wait.UntilAsync(() => stage.Proxy.Count("reason Due") >= 2, "the log says that it was due");
    }

    private static async Task<List<SessionAnswer>> CallAsync(SessionStage stage)
    {
        var answers = new List<SessionAnswer>();
        for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < Calling;)
            answers.Add(await stage.GetAsync("/One/x"));
        return answers;
    }
}
