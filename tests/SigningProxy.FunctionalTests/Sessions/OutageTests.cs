using System.Diagnostics;
using SigningProxy.FunctionalTests.Harness;
using SigningProxy.LocalAws;

namespace SigningProxy.FunctionalTests.Sessions;

/// <summary>STS fails while a session lives, and goes on failing when it has ended.</summary>
public class OutageTests
{
    private static readonly TimeSpan LongestStep = TimeSpan.FromSeconds(1);

    // An attempt is made up of three, a fraction of a step apart; and this is a busy machine.
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(2);

    [Theory]
    [InlineData("On")]
    [InlineData("Off")]
    public async Task Sts_WhenItFails_FailsNoCallBeforeTheEndOfTheSession_AndCallsRecoverWithinOneStep(string background)
    {
        await using var stage = await StartAsync($"BackgroundRefresh={background}");
        (await stage.GetAsync("/One/x")).AssertPlain();
        var end = Assert.Single(stage.Aws.Sessions).Expiration;
        stage.Aws.Fail(LocalTarget.Sts, new LocalFault(503, "ServiceUnavailable", "The outage of STS"));

        var (served, refused, underway) = (0, 0, 0);
        while (refused < 20)
        {
            var started = Stopwatch.GetTimestamp();
            var answer = await stage.GetAsync("/One/x");
            var now = TimeProvider.System.GetUtcNow();
            if (answer.Status == 200)
            {
                Assert.Null(answer.Replay);
                Assert.Equal(0, refused);
                served++;
                continue;
            }
            Assert.True(now >= end, $"Refused {end - now} before the session's end: {answer.Text}");
            if (answer.Replay is not null)
            {
                // One that was signed with the last of it, and was on its way as it ended.
                Assert.Equal((403, "not-replayed; reason=no-other-session"), (answer.Status, answer.Replay));
                underway++;
                continue;
            }
            answer.AssertNoSession("outage", SessionCatalog.Role);
            Assert.InRange(answer.RetryAfter!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));
            Assert.True(Stopwatch.GetElapsedTime(started) < Slack, "The call waited for what was not to be had.");
            refused++;
        }
        Assert.True(served > 20, $"Only {served} calls were made while the session lived.");
        Assert.Contains("The outage of STS", stage.Proxy.Log, StringComparison.Ordinal);

        stage.Aws.Reset();
        var reset = Stopwatch.GetTimestamp();
        await Wait.UntilAsync(async () => (await stage.GetAsync("/One/x")).Status == 200, "calls succeed again");

        Assert.True(Stopwatch.GetElapsedTime(reset) < LongestStep + Slack, $"It took {Stopwatch.GetElapsedTime(reset)} to recover.");
        // Nothing unsigned, and nothing with what had ended as it was signed.
        Assert.InRange(underway, 0, 1);
        Assert.Equal((served + underway + 2, underway), (stage.Aws.Counts.DestinationRequests, stage.Aws.Counts.DestinationRefusals));
    }

    [Fact]
    public async Task Sts_WhenItDoesNotAnswer_HoldsCallsNoLongerThanTheWaitLimit()
    {
        await using var stage = await StartAsync(SessionStage.CallsAlone, "WaitLimit=00:00:01", "FetchTimeout=00:00:00.5");
        stage.Aws.Delay(LocalTarget.Sts, TimeSpan.FromSeconds(30));

        var started = Stopwatch.GetTimestamp();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => stage.GetAsync("/One/x")));

        Assert.All(answers, a => a.AssertNoSession());
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(1) + Slack, $"It took {Stopwatch.GetElapsedTime(started)}.");
        Assert.Equal(0, stage.Aws.Counts.DestinationRequests);
    }

    [Fact]
    public async Task Sts_WhenNobodyListens_RefusesEachCall()
    {
        var nobody = new Uri($"http://127.0.0.1:{ProxyProcess.FreePort()}");
        await using var stage = await SessionStage.StartAsync(aws => new SessionCatalog().With("One", aws, SessionCatalog.AssumeRole(nobody)));

        (await stage.GetAsync("/One/x")).AssertNoSession("ConnectionRefused", nobody.Authority);

        await Wait.UntilAsync(() => stage.Proxy.Count($"STS at {nobody} was not reached: ConnectionRefused") > 0, "the log says why");
        Assert.Equal(0, stage.Aws.Counts.DestinationRequests);
    }

    private static Task<SessionStage> StartAsync(params string[] settings) => SessionStage.StartAsync(
        aws => new SessionCatalog().With("One", aws, SessionCatalog.AssumeRole(aws, ", durationSeconds: 3")),
        [.. settings, "BackoffStep=00:00:00.5", $"LongestBackoffStep={LongestStep}"]);
}
