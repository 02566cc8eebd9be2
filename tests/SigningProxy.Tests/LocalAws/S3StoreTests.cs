using SigningProxy.LocalAws.Destinations;

namespace SigningProxy.Tests.LocalAws;

public sealed class S3StoreTests
{
    [Fact]
    public void TryPut_WhenFull_RefusesUntilSomethingIsRemovedOrReplaced()
    {
        var store = new S3Store();
        var half = new S3Object(new byte[S3Store.Capacity / 2], default, null, []);
        var small = new S3Object([1], default, null, []);
        Assert.True(store.TryPut(new("b", "1"), half));
        Assert.True(store.TryPut(new("b", "2"), half));
        Assert.False(store.TryPut(new("b", "3"), small));
        Assert.Null(store.Get(new("b", "3")));

        Assert.True(store.TryPut(new("b", "2"), small));
        Assert.True(store.TryPut(new("b", "3"), small));
        store.Remove(new("b", "1"));
        Assert.True(store.TryPut(new("b", "4"), half));
    }
}
