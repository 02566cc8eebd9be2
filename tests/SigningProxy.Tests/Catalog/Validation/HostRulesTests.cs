using SigningProxy.Catalog.Validation;

namespace SigningProxy.Tests.Catalog.Validation;

public sealed class HostRulesTests
{
    [Theory]
    [InlineData("example.com", true)]
    [InlineData("example.com:8443", true)]
    [InlineData("localhost:1", true)]
    [InlineData("a_b.example.com:65535", true)]
    [InlineData("192.0.2.1:80", true)]
    [InlineData("[2001:db8::1]:443", true)]
    [InlineData("", false)]
    [InlineData(":80", false)]
    [InlineData("example.com:", false)]
    [InlineData("example.com:0", false)]
    [InlineData("example.com:65536", false)]
    [InlineData("https://example.com", false)]
    [InlineData("example.com/x", false)]
    [InlineData("user@example.com", false)]
    [InlineData("exa mple.com", false)]
    [InlineData("example..com", false)]
    [InlineData("example.com\r\n", false)]
    [InlineData("[::zz]", false)]
    [InlineData("2001:db8::1", false)]
    public void IsHostAndPort_Tells(string text, bool good) => Assert.Equal(good, HostRules.IsHostAndPort(text));
}
