using SigningProxy.Catalog;

namespace SigningProxy.Tests.Catalog;

public sealed class DeveloperNameTests
{
    [Theory]
    [InlineData("A", true)]
    [InlineData("Orders_Table2", true)]
    [InlineData("a_1_b", true)]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("1Orders", false)]
    [InlineData("_Orders", false)]
    [InlineData("Orders_", false)]
    [InlineData("Orders__Table", false)]
    [InlineData("Orders-Table", false)]
    [InlineData("Orders Table", false)]
    [InlineData("Orders\n", false)]
    [InlineData("Ord\u00e9rs", false)]
    public void IsValid_Tells(string? name, bool good) => Assert.Equal(good, DeveloperName.IsValid(name));

    [Theory]
    [InlineData(80, true)]
    [InlineData(81, false)]
    public void IsValid_TakesLength(int length, bool good) => Assert.Equal(good, DeveloperName.IsValid(new string('a', length)));
}
