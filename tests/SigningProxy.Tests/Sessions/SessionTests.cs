using Microsoft.Extensions.Time.Testing;
using SigningProxy.Sessions;
using SigningProxy.SigV4;

namespace SigningProxy.Tests.Sessions;

public sealed class SessionTests : IDisposable
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(1);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly ScriptedSource _source = new();
    private readonly SessionsOptions _options = new();
    private Session? _session;

    private Session Session => _session ??= new(Example.ExternalCredential(), Example.Principal(), _source.FetchAsync, _options, _time);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _session?.Dispose();

    [Fact]
    public async Task GetAsync_WhenAThousandAskAtOnce_FetchesOnce()
    {
        var session = Session;
        var asking = Enumerable.Range(0, 1000).Select(_ => Task.Run(() => session.GetAsync(Cancellation).AsTask())).ToList();
        await _source.GiveAsync(New("1"));

        var got = await Task.WhenAll(asking);

        Assert.Single(got.Distinct());
        Assert.Equal(1, _source.Calls);
    }

    [Fact]
    public async Task GetAsync_WhenTheSessionIsFresh_IsAtOnceAndAsksNobody()
    {
        var first = await ObtainAsync("1");
        _time.Advance(TimeSpan.FromMinutes(30));

        var again = Session.GetAsync(Cancellation).AsTask();

        Assert.True(again.IsCompletedSuccessfully);
        Assert.Same(first, await again);
        Assert.Equal(1, _source.Calls);
    }

    [Fact]
    public async Task GetAsync_WhenNothingCanBeObtained_ThrowsAndSaysWhenToComeAgain()
    {
        var asking = Session.GetAsync(Cancellation).AsTask();
        await _source.FailAsync("STS refused with 403 AccessDenied");

        var fault = await Assert.ThrowsAsync<SessionUnavailableException>(() => asking);

        Assert.Equal("STS refused with 403 AccessDenied", fault.Message);
        Assert.InRange(fault.RetryAfter, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task GetAsync_WhenTheLastAttemptHasJustFailed_FailsAtOnceAndAsksNobody()
    {
        await FailFirstAsync();

        await Assert.ThrowsAsync<SessionUnavailableException>(() => Session.GetAsync(Cancellation).AsTask());

        Assert.Equal(1, _source.Calls);
    }

    [Fact]
    public async Task GetAsync_WhenTheSourceKeepsSilent_EndsAtTheWaitLimit()
    {
        var asking = Session.GetAsync(Cancellation).AsTask();
        await _source.NextAsync();
        _time.Advance(_options.WaitLimit);

        await Assert.ThrowsAsync<SessionUnavailableException>(() => asking);
    }

    [Fact]
    public async Task Timer_WhenTheSessionIsDue_RefreshesWhileTheOldOneServes()
    {
        var first = await ObtainAsync("1");

        _time.Advance(Life - TimeSpan.FromMinutes(15));
        var asked = await _source.NextAsync();
        Assert.Same(first, await Session.GetAsync(Cancellation));
        asked.SetResult(New("2"));
        await UntilAsync(() => Session.Status.Reason == RefreshReason.Due);

        Assert.NotSame(first, await Session.GetAsync(Cancellation));
    }

    [Fact]
    public async Task Timer_WhenTheSourceFails_TriesAgainWithinOneStep()
    {
        await FailFirstAsync();

        _time.Advance(_options.BackoffStep);
        await _source.GiveAsync(New("1"));
        await UntilAsync(() => Session.Status.Reason == RefreshReason.Retry);

        Assert.Equal("ASIAEXAMPLE1", (await Session.GetAsync(Cancellation)).AccessKeyId);
    }

    [Fact]
    public async Task Timer_WhenTheSourceIsDownForLong_KeepsTheLastGoodToItsEndAndRecoversWithinOneStep()
    {
        var first = await ObtainAsync("1");
        var end = _time.GetUtcNow() + Life;
        _source.IsDown = true;

        for (; _time.GetUtcNow() < end - TimeSpan.FromSeconds(1); _time.Advance(TimeSpan.FromSeconds(1)))
            Assert.Same(first, await Session.GetAsync(Cancellation));
        _time.Advance(TimeSpan.FromSeconds(1));
        await Assert.ThrowsAsync<SessionUnavailableException>(() => Session.GetAsync(Cancellation).AsTask());

        _source.IsDown = false;
        await UntilAsync(() => Session.Status.NextAt > _time.GetUtcNow());
        _time.Advance(_options.LongestBackoffStep);
        await _source.GiveAsync(New("2"));
        await UntilAsync(() => Session.Status.Reason == RefreshReason.Retry);
        Assert.Equal("ASIAEXAMPLE2", (await Session.GetAsync(Cancellation)).AccessKeyId);
    }

    [Fact]
    public async Task GetAsync_WhenBackgroundRefreshIsOff_ObtainsAnotherBeforeTheEndAndNeverGivesOneThatEnded()
    {
        _options.BackgroundRefresh = BackgroundRefresh.Off;
        await ObtainAsync("1");
        _time.Advance(Life - TimeSpan.FromSeconds(10));

        var asking = Session.GetAsync(Cancellation).AsTask();
        await _source.GiveAsync(New("2"));

        Assert.Equal("ASIAEXAMPLE2", (await asking).AccessKeyId);
        Assert.Equal(RefreshReason.Ended, _source.LastReason);
    }

    [Fact]
    public async Task GetAsync_WhenTheSessionHasEndedAndTheSourceIsDown_GivesNothing()
    {
        _options.BackgroundRefresh = BackgroundRefresh.Off;
        await ObtainAsync("1");
        _time.Advance(Life);

        var asking = Session.GetAsync(Cancellation).AsTask();
        await _source.FailAsync();

        await Assert.ThrowsAsync<SessionUnavailableException>(() => asking);
    }

    [Fact]
    public async Task GetAsync_WhenASessionComesThatHasEnded_IsNotTaken()
    {
        var asking = Session.GetAsync(Cancellation).AsTask();
        await _source.GiveAsync(Example.Session("1", _time.GetUtcNow()));

        var fault = await Assert.ThrowsAsync<SessionUnavailableException>(() => asking);

        Assert.Contains("clock", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ForceAsync_WhenManyWereRefusedAtOnce_FetchesOnceAndReplacesForAll()
    {
        var refused = await ObtainAsync("1");
        var forcing = Enumerable.Range(0, 500).Select(_ => Task.Run(() => Session.ForceAsync(RefreshReason.Unauthorized, refused, Cancellation))).ToList();
        await _source.GiveAsync(New("2"));

        Assert.All(await Task.WhenAll(forcing), outcome => Assert.Equal(RefreshOutcome.Replaced, outcome));
        Assert.Equal(2, _source.Calls);
    }

    [Fact]
    public async Task ForceAsync_WhenTheRefusedOneWasReplacedAlready_FetchesNothing()
    {
        var refused = await ObtainAsync("1");
        await ForceAsync(refused, "2");

        Assert.Equal(RefreshOutcome.Replaced, await Session.ForceAsync(RefreshReason.Unauthorized, refused, Cancellation));
        Assert.Equal(2, _source.Calls);
    }

    [Fact]
    public async Task ForceAsync_WhenItIsForcedAgainAndAgain_IsLimited()
    {
        await ForceAsync(await ObtainAsync("1"), "2");
        var second = await Session.GetAsync(Cancellation);

        Assert.Equal(RefreshOutcome.Limited, await Session.ForceAsync(RefreshReason.Unauthorized, second, Cancellation));
        _time.Advance(_options.ForcedRefreshInterval);
        await ForceAsync(second, "3");

        Assert.Equal(3, _source.Calls);
    }

    [Fact]
    public async Task ForceAsync_WhenTheSourceFails_KeepsTheSession()
    {
        var refused = await ObtainAsync("1");
        var forcing = Session.ForceAsync(RefreshReason.Unauthorized, refused, Cancellation);
        await _source.FailAsync();

        Assert.Equal(RefreshOutcome.Failed, await forcing);
        Assert.Same(refused, await Session.GetAsync(Cancellation));
    }

    [Fact]
    public async Task ForceAsync_WhenTheSameKeysCome_SaysSo()
    {
        var refused = await ObtainAsync("1");
        var forcing = Session.ForceAsync(RefreshReason.Unauthorized, refused, Cancellation);
        await _source.GiveAsync(refused.Copy());

        Assert.Equal(RefreshOutcome.Unchanged, await forcing);
        Assert.Same(refused, await Session.GetAsync(Cancellation));
    }

    [Fact]
    public async Task Keep_WhenNoCatalogHasIt_RefreshesNothingAheadAndStillServes()
    {
        var first = await ObtainAsync("1");
        Session.Keep(inUse: false);
        _time.Advance(Life - TimeSpan.FromMinutes(1));

        Assert.Same(first, await Session.GetAsync(Cancellation));
        Assert.Equal(1, _source.Calls);
        Assert.Null(Session.Status.NextAt);
    }

    [Fact]
    public async Task Keep_WhenACatalogHasItAgain_IsDueAgain()
    {
        await ObtainAsync("1");
        Session.Keep(inUse: false);
        Session.Keep(inUse: true);
        _time.Advance(Life - TimeSpan.FromMinutes(15));

        await _source.GiveAsync(New("2"));
    }

    [Fact]
    public async Task Dispose_ZeroesTheKeysAndGivesNoMore()
    {
        var first = await ObtainAsync("1");

        Session.Dispose();

        Assert.Throws<ObjectDisposedException>(first.RevealSecret);
        await Assert.ThrowsAsync<SessionUnavailableException>(() => Session.GetAsync(Cancellation).AsTask());
        Assert.Equal(1, _source.Calls);
    }

    [Fact]
    public async Task Take_WhenItIsReplacedTwice_ZeroesTheFirst()
    {
        var first = await ObtainAsync("1");
        await ForceAsync(first, "2");
        _time.Advance(_options.ForcedRefreshInterval);
        var second = await Session.GetAsync(Cancellation);
        await ForceAsync(second, "3");

        Assert.Throws<ObjectDisposedException>(first.RevealSecret);
        Assert.Equal("secret-2", second.RevealSecret());
    }

    [Fact]
    public async Task Status_MasksTheKeyAndTellsNoSecret()
    {
        await ObtainAsync("1");

        var status = Session.Status;

        Assert.Equal("ASIA****PLE1", status.AccessKeyId);
        Assert.DoesNotContain("secret-1", status.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("token-1", status.ToString(), StringComparison.Ordinal);
    }

    private SessionCredentials New(string id) => Example.Session(id, _time.GetUtcNow() + Life);

    private async Task<SessionCredentials> ObtainAsync(string id)
    {
        var asking = Session.GetAsync(Cancellation).AsTask();
        await _source.GiveAsync(New(id));
        return await asking;
    }

    private async Task ForceAsync(SessionCredentials refused, string id)
    {
        var forcing = Session.ForceAsync(RefreshReason.Unauthorized, refused, Cancellation);
        await _source.GiveAsync(New(id));
        Assert.Equal(RefreshOutcome.Replaced, await forcing);
    }

    private async Task FailFirstAsync()
    {
        var asking = Session.GetAsync(Cancellation).AsTask();
        await _source.FailAsync();
        await Assert.ThrowsAsync<SessionUnavailableException>(() => asking);
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!holds())
            await Task.Delay(1, limit.Token);
    }
}
