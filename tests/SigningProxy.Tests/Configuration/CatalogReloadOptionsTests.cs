using SigningProxy.Configuration;

namespace SigningProxy.Tests.Configuration;

public sealed class CatalogReloadOptionsTests
{
    [Fact]
    public void Defaults_AreThese() =>
        Assert.Equal(new CatalogReloadOptions { Poll = TimeSpan.FromSeconds(5), Settle = TimeSpan.FromMilliseconds(50) }, new CatalogReloadOptions());
}
