using SigningProxy.Access;

namespace SigningProxy.Tests.Access;

public sealed class PathLimitTests
{
    [Theory]
    [InlineData("/orders/", "/orders/1")]
    [InlineData("/orders/", "/orders/")]
    [InlineData("/orders/", "/orders//1")]
    [InlineData("/orders", "/orders")]
    [InlineData("/orders", "/orders/1/2")]
    [InlineData("/orders/", "/orders/caf%C3%A9")]
    [InlineData("/orders/", "/orders/a%20b")]
    [InlineData("/orders/", "/orders/.hidden")]
    [InlineData("/orders/", "/orders/a..b")]
    [InlineData("/", "/anything")]
    public void Fits_WhenWithin_Does(string prefix, string path) => Assert.True(PathLimit.Fits(path, ["/other/", prefix]));

    [Theory]
    [InlineData("/orders/", "/orders")]
    [InlineData("/orders/", "/ordersx/1")]
    [InlineData("/orders", "/ordersx")]
    [InlineData("/orders/", "/Orders/1")]
    [InlineData("/orders/", "/")]
    [InlineData("/orders/", "//orders/1")]
    [InlineData("/orders/", "/orders/../secret")]
    [InlineData("/orders/", "/orders/./1")]
    [InlineData("/orders/", "/orders/..")]
    [InlineData("/orders/", "/orders/%2e%2e/secret")]
    [InlineData("/orders/", "/orders/.%2E/secret")]
    [InlineData("/orders/", "/orders/..%2fsecret")]
    [InlineData("/orders/", "/orders%2F1")]
    [InlineData("/orders/", "/orders/..%5csecret")]
    [InlineData("/orders/", "/orders/..\\secret")]
    [InlineData("/orders/", "/orders/%252e%252e/secret")]
    [InlineData("/orders/", "/%6frders/1")]
    [InlineData("/orders/", "/orders/%00")]
    [InlineData("/orders/", "/orders/%0d%0a")]
    [InlineData("/orders/", "/orders/%")]
    [InlineData("/orders/", "/orders/%zz")]
    public void Fits_WhenOutsideOrReadApart_DoesNot(string prefix, string path) => Assert.False(PathLimit.Fits(path, [prefix]));

    [Fact]
    public void Fits_WhenThereAreNoPrefixes_DoesNot() => Assert.False(PathLimit.Fits("/", []));

    [Fact]
    public void Fits_AllocatesNothing()
    {
        string[] prefixes = ["/orders/"];
        PathLimit.Fits("/orders/a%20b", prefixes);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
            PathLimit.Fits("/orders/a%20b", prefixes);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
