using SigningProxy.Access;
using SigningProxy.Callers;
using SigningProxy.Catalog;
using SigningProxy.SigV4;
using SigningProxy.Tests.Access;
using SigningProxy.Tests.Catalog;

namespace SigningProxy.Tests.Sessions;

public sealed class HotPathAllocationTests : IAsyncDisposable
{
    private const int Calls = 10_000;

    private readonly SessionRoom _room = new();

    public ValueTask DisposeAsync() => _room.DisposeAsync();

    [Fact]
    public void ChoosingAndReadingASession_AllocatesNothing()
    {
        var end = _room.Time.GetUtcNow().AddHours(1);
        var entry = Example.ExternalCredential(Example.Principal("Reader", new SessionCredentials("ASIAEXAMPLE", "made-up", "token", end)));
        var catalog = new CatalogSnapshot(1, [entry], [], [Declared.PermissionSet(["orders-service"], "Table-Reader")], [], []);
        var (cache, caller) = (_room.Cache, new Caller("orders-service"));
        var (callout, named) = (Asking.Callout("/"), Declared.NamedCredential("Orders", entry));
        cache.Use(catalog);
        Assert.Same(entry.Principals[0].Keys, Read());

        // The least of several rounds: the cache looks for what has ended once a minute, and the runtime compiles anew what is hot.
        var allocated = Enumerable.Range(0, 10).Min(_ =>
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < Calls; i++)
                Read();
            return GC.GetAllocatedBytesForCurrentThread() - before;
        });

        Assert.Equal(0, allocated);

        SessionCredentials Read()
        {
            var credentials = cache.Of(entry, GrantTable.Of(catalog).Find(caller, new RequestFacts(callout, named, "GET"))!).GetAsync(CancellationToken.None);
            Assert.True(credentials.IsCompletedSuccessfully);
            return credentials.GetAwaiter().GetResult();
        }
    }
}
