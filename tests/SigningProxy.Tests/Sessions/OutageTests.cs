using SigningProxy.Catalog;
using SigningProxy.Sessions;

namespace SigningProxy.Tests.Sessions;

/// <summary>STS is down for long, through cache, sources and the patience around them.</summary>
public sealed class OutageTests : IAsyncLifetime
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(1);

    private readonly SessionRoom _room = new();
    private readonly Principal _principal = Example.Principal();
    private ScriptedSts _sts = null!;
    private ExternalCredential _table = null!;

    private Session Session => _room.Cache.Of(_table, _principal);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _sts = await ScriptedSts.StartAsync();
        _table = _sts.ExternalCredential(_principal);
        _room.Cache.Use(_room.Publish(_table));
        Give("0001");
        await Session.GetAsync(Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await _room.DisposeAsync();
        await _sts.DisposeAsync();
    }

    [Fact]
    public async Task Calls_WhileStsIsDownForTenMinutes_AreAllSigned()
    {
        _room.Time.Advance(Life - TimeSpan.FromMinutes(20));
        Fail();
        for (var second = 0; second < 600; second++)
        {
            var asking = Session.GetAsync(Cancellation);
            Assert.True(asking.IsCompletedSuccessfully, $"Second {second}.");
            Assert.Equal("ASIAEXAMPLE0001", (await asking).AccessKeyId);
            _room.Time.Advance(TimeSpan.FromSeconds(1));
        }
        // An attempt may have run out of its time, which passed in no time, before it came to STS: then the next one comes there.
        await _room.DriveUntilAsync(() => _sts.Calls > 1);

        await RecoverAsync();
        Assert.Equal("ASIAEXAMPLE0002", (await Session.GetAsync(Cancellation)).AccessKeyId);
    }

    [Fact]
    public async Task Calls_WhileStsIsDownPastTheEnd_AreRefusedEachAndServedWithinOneStepOfItsReturn()
    {
        Fail();
        _room.Time.Advance(Life);
        for (var call = 0; call < 10; call++)
        {
            _room.Time.Advance(TimeSpan.FromSeconds(30));
            var asking = Session.GetAsync(Cancellation).AsTask();
            var refused = await Assert.ThrowsAsync<SessionUnavailableException>(() => _room.DriveAsync(asking));
            Assert.InRange(refused.RetryAfter, TimeSpan.FromTicks(1), _room.Options.LongestBackoffStep);
        }

        await RecoverAsync();
        Assert.Equal("ASIAEXAMPLE0002", (await Session.GetAsync(Cancellation)).AccessKeyId);
    }

    /// <summary>Between two attempts STS comes back: the next is within one step, and succeeds.</summary>
    private async Task RecoverAsync()
    {
        await _room.DriveUntilAsync(() => Session.Status.NextAt > _room.Time.GetUtcNow());
        Give("0002");
        var wait = Session.Status.NextAt!.Value - _room.Time.GetUtcNow();
        Assert.InRange(wait, TimeSpan.FromTicks(1), _room.Options.LongestBackoffStep);

        _room.Time.Advance(wait);
        await SessionRoom.UntilAsync(() => Session.Status.AccessKeyId == "ASIA****0002");
    }

    private void Fail() => _sts.Answer = context => ScriptedSts.RefuseAsync(context, 503, "ServiceUnavailable");

    private void Give(string id) => _sts.Answer = context => ScriptedSts.GiveAsync(context, id, _room.Time.GetUtcNow() + Life);
}
