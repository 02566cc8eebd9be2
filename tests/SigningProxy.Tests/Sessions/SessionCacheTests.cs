using SigningProxy.Catalog;
using SigningProxy.Sessions;
using SigningProxy.SigV4;

namespace SigningProxy.Tests.Sessions;

public sealed class SessionCacheTests : IAsyncDisposable
{
    private readonly SessionRoom _room = new();
    private readonly SessionCredentials _keys = new("AKIDEXAMPLE000000001", "not shown");
    private readonly ExternalCredential _table;

    public SessionCacheTests() => _table = Keyed(_keys);

    private SessionCache Cache => _room.Cache;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _room.DisposeAsync();

    [Fact]
    public async Task Of_WhenAThousandAskAtOnce_MakesOne()
    {
        Cache.Use(_room.Publish(_table));

        var sessions = await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => Task.Run(() => Cache.Of(_table, _table.Principals[0]))));

        Assert.Same(Assert.Single(sessions.Distinct()), Assert.Single(Cache.All));
    }

    [Fact]
    public async Task Of_APrincipalWithKeys_IsItsSessionAtOnce()
    {
        Cache.Use(_room.Publish(_table));

        Assert.Same(_keys, await Cache.GetAsync(_table, _table.Principals[0], Cancellation));
    }

    [Fact]
    public void Of_TwoPrincipalsWithTheSameKeys_AreTwoSessions()
    {
        var other = Keyed(_keys.Copy()) with { Name = "Other", Principals = [Example.Principal() with { SessionKey = SessionKey.Of("Other", "Reader") }] };

        Assert.NotSame(Cache.Of(_table, _table.Principals[0]), Cache.Of(other, other.Principals[0]));
    }

    [Fact]
    public async Task Sweep_WhenThePrincipalIsGone_ZeroesItsSessionTheSecondTimeAndNotBefore()
    {
        Cache.Use(_room.Publish(_table));
        var session = Cache.Of(_table, _table.Principals[0]);
        Cache.Sweep();
        Cache.Sweep();

        Cache.Use(_room.Publish());
        Assert.Same(_keys, await session.GetAsync(Cancellation));
        Cache.Sweep();
        Assert.Same(_keys, await session.GetAsync(Cancellation));
        Assert.Equal("not shown", _keys.RevealSecret());
        Cache.Sweep();

        Assert.Empty(Cache.All);
        Assert.Throws<ObjectDisposedException>(_keys.RevealSecret);
        await Assert.ThrowsAsync<SessionUnavailableException>(() => session.GetAsync(Cancellation).AsTask());
    }

    [Fact]
    public void Use_WhenThePrincipalComesBack_KeepsItsSession()
    {
        Cache.Use(_room.Publish(_table));
        var session = Cache.Of(_table, _table.Principals[0]);
        Cache.Use(_room.Publish());
        Cache.Sweep();

        Cache.Use(_room.Publish(_table));
        Cache.Sweep();
        Cache.Sweep();

        Assert.Same(session, Cache.Of(_table, _table.Principals[0]));
        Assert.Equal("not shown", _keys.RevealSecret());
    }

    [Fact]
    public void Sweep_WhenThePrincipalCameBackAndWentAgain_StartsTheGraceAnew()
    {
        Cache.Use(_room.Publish(_table));
        Cache.Of(_table, _table.Principals[0]);
        Cache.Use(_room.Publish());
        Cache.Sweep();
        Cache.Use(_room.Publish(_table));
        Cache.Use(_room.Publish());

        Cache.Sweep();
        Assert.Equal("not shown", _keys.RevealSecret());
        Cache.Sweep();
        Assert.Throws<ObjectDisposedException>(_keys.RevealSecret);
    }

    [Fact]
    public async Task Use_WhenThePrincipalChanged_MakesAnotherSessionBesideTheOld()
    {
        Cache.Use(_room.Publish(_table));
        var old = Cache.Of(_table, _table.Principals[0]);
        using var keys = new SessionCredentials("AKIDEXAMPLE000000002", "changed");
        var changed = Keyed(keys, "changed");

        Cache.Use(_room.Publish(changed));

        var session = Cache.Of(changed, changed.Principals[0]);
        Assert.NotSame(old, session);
        Assert.Same(keys, await session.GetAsync(Cancellation));
        Assert.Same(_keys, await old.GetAsync(Cancellation));
    }

    [Fact]
    public async Task Of_APrincipalThatNoCatalogInUseHas_ServesACallThatIsLateAndIsSweptAsWell()
    {
        Cache.Use(_room.Publish());

        Assert.Same(_keys, await Cache.GetAsync(_table, _table.Principals[0], Cancellation));

        Cache.Sweep();
        Cache.Sweep();
        Assert.Throws<ObjectDisposedException>(_keys.RevealSecret);
    }

    [Fact]
    public async Task Dispose_ZeroesAll()
    {
        Cache.Use(_room.Publish(_table));
        Cache.Of(_table, _table.Principals[0]);

        await _room.DisposeAsync();

        Assert.Throws<ObjectDisposedException>(_keys.RevealSecret);
    }

    private static ExternalCredential Keyed(SessionCredentials keys, params string?[] inputs) =>
        Example.ExternalCredential(Example.Principal("Reader", keys, inputs)) with { Variant = CredentialVariant.AccessKey };
}
