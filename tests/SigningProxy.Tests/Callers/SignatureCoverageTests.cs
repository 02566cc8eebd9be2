using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using SigningProxy.Callers.Proofs;
using SigningProxy.SigV4;

namespace SigningProxy.Tests.Callers;

public sealed class SignatureCoverageTests
{
    [Theory]
    [InlineData("host;x-amz-date", null)]
    [InlineData("accept;host;x-amz-date", null)]
    [InlineData("host", "it does not cover the header x-amz-date")]
    [InlineData("x-amz-date", "it does not cover the header host")]
    [InlineData("content-type;host;x-amz-date", "it covers the header content-type, which did not come")]
    public void Judge_SaysWhatIsMissing(string signed, string? expected) => Assert.Equal(expected, Judge(signed, []));

    [Theory]
    [InlineData("x-amz-target")]
    [InlineData("X-AMZ-Content-Sha256")]
    [InlineData("x-amz-security-token")]
    [InlineData("X-SigningProxy-Principal")]
    [InlineData("x-signingproxy-anything")]
    public void Judge_WhenAHeaderDecidesAboutTheRequest_ItMustBeCovered(string name)
    {
        var lower = name.ToLowerInvariant();

        Assert.Equal($"it does not cover the header {lower}", Judge("host;x-amz-date", [(name, "x")]));
        Assert.Null(Judge(string.Join(';', new[] { "host", "x-amz-date", lower }.Order(StringComparer.Ordinal)), [(name, "x")]));
    }

    [Theory]
    [InlineData("user-agent")]
    [InlineData("amz-sdk-request")]
    [InlineData("x-amzn-trace-id")]
    public void Judge_WhenAnotherHeaderIsNotCovered_DoesNotMind(string name) => Assert.Null(Judge("host;x-amz-date", [(name, "x")]));

    [Theory]
    [InlineData("keep-alive", null)]
    [InlineData("close, X-Amz-Date", "Connection lists the header x-amz-date, which it covers")]
    [InlineData("accept", "Connection lists the header accept, which it covers")]
    public void Judge_WhenConnectionTakesACoveredHeaderOut_SaysSo(string connection, string? expected) =>
        Assert.Equal(expected, Judge("accept;host;x-amz-date", [("Connection", connection)]));

    [Fact]
    public void Judge_GivesEveryValueOfWhatIsCovered()
    {
        var headers = Headers([("x-amz-meta-a", new StringValues(["1", "2"]))]);

        Assert.Null(SignatureCoverage.Judge(headers, ["host", "x-amz-date", "x-amz-meta-a"], out var covered));
        Assert.Equal([new("host", "localhost"), new("x-amz-date", "20261124T000000Z"), new("x-amz-meta-a", "1"), new RequestHeader("x-amz-meta-a", "2")], covered);
    }

    private static string? Judge(string signed, (string Name, StringValues Value)[] more) => SignatureCoverage.Judge(Headers(more), signed.Split(';'), out _);

    private static HeaderDictionary Headers((string Name, StringValues Value)[] more)
    {
        var headers = new HeaderDictionary { ["Host"] = "localhost", ["X-Amz-Date"] = "20261124T000000Z", ["Accept"] = "*/*" };
        foreach (var (name, value) in more)
            headers[name] = value;
        return headers;
    }
}
