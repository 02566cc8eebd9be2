using SigningProxy.Catalog.Validation;

namespace SigningProxy.Tests.Catalog.Validation;

public sealed class HeaderRulesTests
{
    [Theory]
    [InlineData("Host")]
    [InlineData("authorization")]
    [InlineData("Content-Length")]
    [InlineData("Transfer-Encoding")]
    [InlineData("CONNECTION")]
    [InlineData("Keep-Alive")]
    [InlineData("Proxy-Connection")]
    [InlineData("Proxy-Authorization")]
    [InlineData("TE")]
    [InlineData("Trailer")]
    [InlineData("Upgrade")]
    [InlineData("Expect")]
    [InlineData("Cookie")]
    [InlineData("X-Amz-Date")]
    [InlineData("x-amz-security-token")]
    [InlineData("X-Amz-Content-Sha256")]
    [InlineData("X-Amz-Region-Set")]
    [InlineData("X-SigningProxy-Caller")]
    [InlineData("x-signingproxy-")]
    public void IsReserved_WhenSetByOthers_IsTrue(string name) => Assert.True(HeaderRules.IsReserved(name));

    [Theory]
    [InlineData("X-Api-Key")]
    [InlineData("X-Amz-Target")]
    [InlineData("X-SigningProxyish")]
    [InlineData("Accept")]
    public void IsReserved_WhenFree_IsFalse(string name) => Assert.False(HeaderRules.IsReserved(name));

    [Theory]
    [InlineData("X-Api_Key.1~", true)]
    [InlineData("!#$%&'*+-.^_`|~", true)]
    [InlineData("", false)]
    [InlineData("X Key", false)]
    [InlineData("X-Key:", false)]
    [InlineData("X-Key\r\n", false)]
    [InlineData("X-K\u00e9y", false)]
    [InlineData("(x)", false)]
    public void IsToken_Tells(string name, bool good) => Assert.Equal(good, HeaderRules.IsToken(name));

    [Theory]
    [InlineData("", true)]
    [InlineData("a b\tc~", true)]
    [InlineData("a\rb", false)]
    [InlineData("a\nX-Evil: 1", false)]
    [InlineData("a\0b", false)]
    [InlineData("a\u007fb", false)]
    [InlineData("caf\u00e9", false)]
    public void IsValue_Tells(string value, bool good) => Assert.Equal(good, HeaderRules.IsValue(value));
}
