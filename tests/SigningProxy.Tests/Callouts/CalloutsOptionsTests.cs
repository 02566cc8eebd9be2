using SigningProxy.Callouts;

namespace SigningProxy.Tests.Callouts;

public sealed class CalloutsOptionsTests
{
    [Fact]
    public void Defaults_LetNobodyElseIn()
    {
        var options = new CalloutsOptions();

        Assert.Empty(options.AllowedHosts);
        Assert.Empty(options.AllowedOrigins);
        Assert.Empty(options.Faults());
    }

    [Theory]
    [InlineData("proxy.internal", true)]
    [InlineData("10.0.0.1", true)]
    [InlineData("[fd00::1]", true)]
    [InlineData("", false)]
    [InlineData("*", false)]
    [InlineData("*.internal", false)]
    [InlineData("proxy.internal:8080", false)]
    [InlineData("http://proxy.internal", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("[::]", false)]
    public void AllowedHosts_AreNamesWithoutAPort(string host, bool good) =>
        Assert.Equal(good, !new CalloutsOptions { AllowedHosts = { host } }.Faults().Any());

    [Theory]
    [InlineData("http://localhost:3000", true)]
    [InlineData("https://app.example", true)]
    [InlineData("https://app.example/", false)]
    [InlineData("app.example", false)]
    [InlineData("*", false)]
    [InlineData("null", false)]
    public void AllowedOrigins_AreSchemeHostAndPort(string origin, bool good) =>
        Assert.Equal(good, !new CalloutsOptions { AllowedOrigins = { origin } }.Faults().Any());
}
