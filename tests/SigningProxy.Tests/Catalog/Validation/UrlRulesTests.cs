using SigningProxy.Catalog;
using SigningProxy.Catalog.Declarations;
using SigningProxy.Catalog.Validation;

namespace SigningProxy.Tests.Catalog.Validation;

public sealed class UrlRulesTests
{
    [Theory]
    [InlineData("https://dynamodb.eu-west-1.amazonaws.com")]
    [InlineData("https://dynamodb.eu-west-1.amazonaws.com/")]
    [InlineData("https://Example.com:8443/base/Path_1~/x.y")]
    [InlineData("https://example.com/a%20b/%C3%A9")]
    [InlineData("https://example.com/..a/...")]
    [InlineData("https://192.0.2.7/x")]
    [InlineData("https://[2001:db8::1]:8443/x")]
    [InlineData("http://localhost:9000")]
    [InlineData("http://orders.localhost")]
    [InlineData("http://127.0.0.9:9000/base")]
    [InlineData("http://[::1]:9000")]
    public void Destination_WhenGood_HasNoFault(string url) => Assert.Empty(Judge(url));

    [Theory]
    [InlineData("dynamodb.eu-west-1.amazonaws.com", "absolute URL")]
    [InlineData("ftp://example.com", "absolute URL")]
    [InlineData("HTTPS://example.com", "absolute URL")]
    [InlineData("https://", "absolute URL")]
    [InlineData("https:///x", "absolute URL")]
    [InlineData("https://example.com:0", "absolute URL")]
    [InlineData("https://example.com:65536", "absolute URL")]
    [InlineData("https://exa mple.com", "absolute URL")]
    [InlineData("https://example.com/a b", "absolute URL")]
    [InlineData("https://example.com\\x", "absolute URL")]
    [InlineData("https://b\u00fccher.example", "absolute URL")]
    [InlineData("https://ex%61mple.com", "absolute URL")]
    [InlineData("https://2130706433", "absolute URL")]
    [InlineData("https://example.com\n", "absolute URL")]
    [InlineData("https://user:canary@example.com", "user name or password")]
    [InlineData("https://canary@example.com", "user name or password")]
    [InlineData("https://@example.com", "user name or password")]
    [InlineData("https://example.com?canary=1", "no query")]
    [InlineData("https://example.com/?", "no query")]
    [InlineData("https://example.com/#canary", "no fragment")]
    [InlineData("http://example.com", "loopback")]
    [InlineData("http://loopback", "absolute URL")]
    [InlineData("http://localhost.example.com", "loopback")]
    [InlineData("http://10.0.0.1", "loopback")]
    [InlineData("https://example.com/a/../b", "dot segment")]
    [InlineData("https://example.com/a/.", "dot segment")]
    [InlineData("https://example.com/%2e%2E/b", "dot segment")]
    [InlineData("https://example.com/.%2e/b", "dot segment")]
    [InlineData("https://example.com/a%2Fb", "encoded slash")]
    [InlineData("https://example.com/a%5cb", "encoded slash")]
    [InlineData("https://example.com/a%2", "not followed")]
    [InlineData("https://example.com/a%zz", "not followed")]
    [InlineData("https://example.com/%41", "plain form")]
    [InlineData("https://example.com/a\"b", "plain form")]
    public void Destination_WhenBad_SaysWhyAndRepeatsNothing(string url, string rule)
    {
        var fault = Assert.Single(Judge(url));
        Assert.Contains(rule, fault.Rule, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", fault.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Destination_WhenPlainHttpIsAllowed_TakesAnyHost() => Assert.Empty(Judge("http://example.com", allowPlainHttp: true));

    [Fact]
    public void Endpoint_WhenPlainHttpBeyondLoopback_IsRefused()
    {
        var faults = new FaultList();
        UrlRules.Endpoint("http://sts.example.com", Origin.Of("sts"), faults);
        Assert.Equal("endpoint may be plain http only to a loopback address", Assert.Single(faults.Of(FaultSeverity.Error)).Rule);
    }

    [Fact]
    public void Parse_WhenGood_KeepsThePathAsWritten() =>
        Assert.Equal("/base/a%20b", UrlRules.Parse("https://example.com/base/a%20b", allowPlainHttp: false)!.AbsolutePath);

    private static IReadOnlyList<CatalogFault> Judge(string url, bool allowPlainHttp = false)
    {
        var faults = new FaultList();
        UrlRules.Destination(url, allowPlainHttp, Origin.Of("namedCredential Orders"), faults);
        return faults.Of(FaultSeverity.Error);
    }
}
