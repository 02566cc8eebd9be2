using SigningProxy.SigV4;

namespace SigningProxy.Tests.SigV4;

public sealed class SignedHeaderRuleTests
{
    [Theory]
    [InlineData("Host")]
    [InlineData("content-type")]
    [InlineData("Content-MD5")]
    [InlineData("x-amz-target")]
    [InlineData("X-AMZ-Meta-A")]
    public void ByDefault_WhenAwsAsksForIt_IsTrue(string name)
    {
        Assert.True(SignedHeaderRule.ByDefault(name));
        Assert.False(SignedHeaderRule.IsNever(name));
    }

    [Theory]
    [InlineData("Accept")]
    [InlineData("Content-Encoding")]
    [InlineData("x-custom")]
    [InlineData("x-amzn-other")]
    [InlineData("x-amz")]
    public void ByDefault_WhenNobodyAsksForIt_IsFalseThoughItMayBeSetOnPurpose(string name)
    {
        Assert.False(SignedHeaderRule.ByDefault(name));
        Assert.False(SignedHeaderRule.IsNever(name));
    }

    [Theory]
    [InlineData("Connection")]
    [InlineData("Keep-Alive")]
    [InlineData("Content-Length")]
    [InlineData("Transfer-Encoding")]
    [InlineData("TE")]
    [InlineData("Trailer")]
    [InlineData("Upgrade")]
    [InlineData("Expect")]
    [InlineData("Accept-Encoding")]
    [InlineData("User-Agent")]
    [InlineData("Range")]
    [InlineData("Authorization")]
    [InlineData("Cookie")]
    [InlineData("Via")]
    [InlineData("Forwarded")]
    [InlineData("X-Forwarded-For")]
    [InlineData("x-forwarded-server")]
    [InlineData("traceparent")]
    [InlineData("tracestate")]
    [InlineData("baggage")]
    [InlineData("X-Amzn-Trace-Id")]
    public void IsNever_WhenSomethingBehindTheSignerChangesIt_IsTrue(string name)
    {
        Assert.True(SignedHeaderRule.IsNever(name));
        Assert.False(SignedHeaderRule.ByDefault(name));
    }
}
