using SigningProxy.Sessions;

namespace SigningProxy.Tests.Sessions;

public sealed class SessionsOptionsTests
{
    [Fact]
    public void Defaults_AreThese()
    {
        var options = new SessionsOptions();

        Assert.Equal("SigningProxy:Sessions", SessionsOptions.Section);
        Assert.Equal(StartupFetch.Eager, options.Startup);
        Assert.Equal(BackgroundRefresh.On, options.BackgroundRefresh);
        Assert.Equal(AnswerInspection.On, options.AnswerInspection);
        Assert.Equal(TimeSpan.FromSeconds(5), options.FetchTimeout);
        Assert.Equal(TimeSpan.FromSeconds(10), options.WaitLimit);
        Assert.Equal(TimeSpan.FromSeconds(1), options.BackoffStep);
        Assert.Equal(TimeSpan.FromSeconds(30), options.LongestBackoffStep);
        Assert.Equal(TimeSpan.FromSeconds(5), options.ForcedRefreshInterval);
        Assert.Equal(900, options.MinimumDurationSeconds);
        Assert.Empty(options.Faults());
    }

    [Theory]
    [InlineData(9, false)]
    [InlineData(10, true)]
    [InlineData(3_600_000, true)]
    [InlineData(3_600_001, false)]
    [InlineData(-1, false)]
    public void EveryTime_IsWithin10MillisecondsAnd1Hour(int milliseconds, bool good)
    {
        var time = TimeSpan.FromMilliseconds(milliseconds);
        (string Name, SessionsOptions Options)[] each =
        [
            ("FetchTimeout", new() { FetchTimeout = time }),
            ("WaitLimit", new() { WaitLimit = time }),
            ("BackoffStep", new() { BackoffStep = time, LongestBackoffStep = TimeSpan.FromHours(1) }),
            ("LongestBackoffStep", new() { LongestBackoffStep = time, BackoffStep = TimeSpan.FromMilliseconds(10) }),
            ("ForcedRefreshInterval", new() { ForcedRefreshInterval = time }),
        ];

        Assert.All(each, one => Assert.Equal(
            good, !one.Options.Faults().Any(f => f.StartsWith($"SigningProxy:Sessions:{one.Name}: {time} is not between 10 milliseconds and 1 hour. ", StringComparison.Ordinal))));
    }

    [Fact]
    public void BackoffStep_WhenLongerThanTheLongest_IsAFault() => Assert.Equal(
        ["SigningProxy:Sessions:BackoffStep: 00:00:31 is longer than LongestBackoffStep (00:00:30). Set it to at most that."],
        new SessionsOptions { BackoffStep = TimeSpan.FromSeconds(31) }.Faults());

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(900, true)]
    [InlineData(901, false)]
    public void MinimumDuration_IsNoMoreThanAtAws(int seconds, bool good) =>
        Assert.Equal(good, !new SessionsOptions { MinimumDurationSeconds = seconds }.Faults().Any());
}
