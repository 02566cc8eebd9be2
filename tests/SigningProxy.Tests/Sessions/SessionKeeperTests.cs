using SigningProxy.Catalog;
using SigningProxy.Sessions;
using SigningProxy.Tests.Catalog;

namespace SigningProxy.Tests.Sessions;

public sealed class SessionKeeperTests : IAsyncLifetime
{
    private readonly SessionsOptions _options = new();
    private readonly SessionRoom _room;
    private ScriptedSts _sts = null!;

    public SessionKeeperTests() => _room = new SessionRoom(_options);

    public async ValueTask InitializeAsync()
    {
        _sts = await ScriptedSts.StartAsync();
        _sts.Answer = context => ScriptedSts.GiveAsync(context, "0001", _room.Time.GetUtcNow().AddHours(1));
    }

    public async ValueTask DisposeAsync()
    {
        await _room.DisposeAsync();
        await _sts.DisposeAsync();
    }

    [Fact]
    public async Task Start_WhenEager_BeginsTheSessionsOfConfiguredPrincipalsThatMayBeCalled()
    {
        PublishAll();

        await _room.StartAsync();

        Assert.Equal(["Called-One", "Called-Two"], Begun());
        await SessionRoom.UntilAsync(() => _room.Cache.All.All(s => s.Expiration is not null));
        Assert.Equal(2, _sts.Calls);
    }

    [Fact]
    public async Task Start_WhenLazy_BeginsNone()
    {
        _options.Startup = StartupFetch.Lazy;
        PublishAll();

        await _room.StartAsync();

        Assert.Empty(_room.Cache.All);
        Assert.Equal(0, _sts.Calls);
    }

    [Fact]
    public async Task Reload_BeginsWhatIsNewAndZeroesWhatIsGoneAfterTheGrace()
    {
        var (old, fresh) = (Named("Old", "One"), Named("New", "One"));
        _room.Publish([old.ExternalCredential], [old]);
        await _room.StartAsync();
        await SessionRoom.UntilAsync(() => _room.Cache.All.All(s => s.Expiration is not null));
        var session = Assert.Single(_room.Cache.All);

        _room.Publish([fresh.ExternalCredential], [fresh]);
        Assert.Equal(["New-One", "Old-One"], Begun());
        Assert.Null(session.Status.NextAt);
        _room.Time.Advance(SessionCache.Grace);
        Assert.Equal(["New-One", "Old-One"], Begun());
        _room.Time.Advance(SessionCache.Grace);

        Assert.Equal(["New-One"], Begun());
        Assert.Null(session.Expiration);
    }

    [Fact]
    public async Task Reload_WhenAPrincipalStays_KeepsItsSession()
    {
        var named = Named("Called", "One");
        _room.Publish([named.ExternalCredential], [named]);
        await _room.StartAsync();
        await SessionRoom.UntilAsync(() => _room.Cache.All.All(s => s.Expiration is not null));
        var session = Assert.Single(_room.Cache.All);

        _room.Publish([named.ExternalCredential], [named]);

        Assert.Same(session, Assert.Single(_room.Cache.All));
        Assert.Equal(1, _sts.Calls);
    }

    private void PublishAll()
    {
        var called = Named("Called", "One", "Two");
        called = called with
        {
            ExternalCredential = called.ExternalCredential with { Principals = [.. called.ExternalCredential.Principals, Principal("Called", "Bare") with { Missing = ["roleArn is missing"] }] },
        };
        var again = called with { Name = "Again" };
        var off = Named("Off", "One") with { EnabledForCallouts = false };
        var own = Named("Own", "One") with { GenerateAuthorizationHeader = false };
        var uncalled = Named("Uncalled", "One").ExternalCredential;
        _room.Publish([called.ExternalCredential, off.ExternalCredential, own.ExternalCredential, uncalled], [called, again, off, own]);
    }

    private NamedCredential Named(string name, params string[] principals) => Declared.NamedCredential(
        name, _sts.ExternalCredential([.. principals.Select(p => Principal(name, p))]) with { Name = name });

    private static Principal Principal(string owner, string name) => Example.Principal(name) with { SessionKey = SessionKey.Of(owner, name) };

    private IEnumerable<string> Begun() => _room.Cache.All.Select(s => $"{s.Status.ExternalCredential}-{s.Status.Principal}").Order(StringComparer.Ordinal);
}
