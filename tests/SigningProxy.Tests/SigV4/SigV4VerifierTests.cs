using SigningProxy.SigV4;

namespace SigningProxy.Tests.SigV4;

/// <summary>What AWS's own suite signed is accepted, and nothing that differs from it by anything that was signed.</summary>
public sealed class SigV4VerifierTests
{
    // get-vanilla-query-order-key-case of AWS's suite.
    private const string Published = "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500";

    private static readonly PlainRequest Request = new() { Query = "Param2=value2&Param1=value1" };

    public static TheoryData<string, PlainRequest> Others { get; } = new()
    {
        { "method", Request with { Method = "POST" } },
        { "path", Request with { Path = "/a" } },
        { "query", Request with { Query = "Param2=value2&Param1=value3" } },
        { "host", Request with { Host = "example.amazonaws.com:8443" } },
        { "headers", Request with { Headers = [new("x-amz-target", "T")] } },
        { "body", Request with { Payload = PayloadHash.Of("x"u8) } },
        { "unsigned body", Request with { Payload = PayloadHash.Unsigned } },
        { "secret", Request with { Secret = PlainRequest.SuiteSecret + "x" } },
        { "region", Request with { Scope = new("us-east-2", "service") } },
        { "service", Request with { Scope = new("us-east-1", "service2") } },
        { "second", Request with { Instant = Request.Instant.AddSeconds(1) } },
        { "day", Request with { Instant = Request.Instant.AddDays(1) } },
    };

    [Fact]
    public void Holds_WhenAwsSuiteSignedIt_IsTrue() => Assert.True(Request.Accepts(Published));

    [Theory]
    [MemberData(nameof(Others))]
    public void Holds_WhenAnythingElseWasSigned_IsFalse(string what, PlainRequest other) => Assert.False(other.Accepts(Published), what);

    [Theory]
    [InlineData("")]
    [InlineData("b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf25")]
    [InlineData("b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf250000")]
    [InlineData("b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2501")]
    [InlineData("a97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500")]
    [InlineData("zz7d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500")]
    public void Holds_WhenTheSignatureIsAnother_IsFalse(string signature) => Assert.False(Request.Accepts(signature));

    [Fact]
    public void Holds_WhenTheBodyIsSaidInAwsOwnWords_TakesThemAsTheyAre()
    {
        var streaming = Request with { Payload = PayloadHash.AsSigned("STREAMING-AWS4-HMAC-SHA256-PAYLOAD") };

        Assert.True(streaming.Accepts(streaming.Sign().Authorization[^64..]));
        Assert.False(Request.Accepts(streaming.Sign().Authorization[^64..]));
    }
}
