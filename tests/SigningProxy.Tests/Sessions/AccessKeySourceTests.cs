using SigningProxy.Catalog;
using SigningProxy.Sessions;
using SigningProxy.SigV4;

namespace SigningProxy.Tests.Sessions;

public sealed class AccessKeySourceTests : IDisposable
{
    private readonly CurrentCatalog _catalog = new();
    private int _read;
    private CatalogSnapshot? _next;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _catalog.Dispose();

    [Fact]
    public async Task Fetch_ReadsTheCatalogAgainAndTakesTheKeysOfNow()
    {
        var before = Keyed("1");
        _catalog.Publish(Snapshot(before));
        _next = Snapshot(Keyed("2"));

        using var got = await FetchAsync(before);

        Assert.Equal(1, _read);
        Assert.Equal("secret-2", got.RevealSecret());
    }

    [Fact]
    public async Task Fetch_GivesACopyForEachSessionZeroesItsOwn()
    {
        var before = Keyed("1");
        _catalog.Publish(Snapshot(before));

        var got = await FetchAsync(before);
        got.Dispose();

        Assert.Equal("secret-1", before.Principals[0].Keys!.RevealSecret());
    }

    [Fact]
    public async Task Fetch_WhenTheCatalogsTextChangedToo_KeepsTheOldKeys() => await KeepsTheOldAsync(Keyed("2") with { DeclaredIn = "another text" });

    [Fact]
    public async Task Fetch_WhenTheExternalCredentialIsGone_KeepsTheOldKeys() => await KeepsTheOldAsync();

    [Fact]
    public async Task Fetch_WhenThePrincipalIsAnother_KeepsTheOldKeys() =>
        await KeepsTheOldAsync(Keyed("2") with { Principals = [Keyed("2").Principals[0] with { Name = "reader" }] });

    [Fact]
    public async Task Fetch_WhenThePrincipalHasNoKeysNow_KeepsTheOldKeys() =>
        await KeepsTheOldAsync(Keyed("2") with { Principals = [Example.Principal()] });

    [Fact]
    public async Task Fetch_WhenThereNeverWereKeys_SaysSo()
    {
        var bare = Example.ExternalCredential(Example.Principal());
        _catalog.Publish(Snapshot(bare));

        var fault = await Assert.ThrowsAsync<SessionException>(() => FetchAsync(bare));

        Assert.Equal("The principal has no key pair.", fault.Message);
        Assert.False(fault.IsTransient);
    }

    private async Task KeepsTheOldAsync(params ExternalCredential[] now)
    {
        var before = Keyed("1");
        _catalog.Publish(Snapshot(before));
        _next = Snapshot(now);

        using var got = await FetchAsync(before);

        Assert.Equal(1, _read);
        Assert.Equal("secret-1", got.RevealSecret());
    }

    private Task<SessionCredentials> FetchAsync(ExternalCredential externalCredential) =>
        new AccessKeySource(_catalog, ReadAgainAsync).FetchAsync(externalCredential, externalCredential.Principals[0], Cancellation);

    private Task ReadAgainAsync(CancellationToken cancellation)
    {
        _read++;
        if (_next is not null)
            _catalog.Publish(_next);
        return Task.CompletedTask;
    }

    private static CatalogSnapshot Snapshot(params ExternalCredential[] externalCredentials) => new(1, externalCredentials, [], [], [], []);

    private static ExternalCredential Keyed(string id) =>
        Example.ExternalCredential(Example.Principal("Reader", new SessionCredentials($"AKIDEXAMPLE{id}", $"secret-{id}"))) with { DeclaredIn = "the same text" };
}
