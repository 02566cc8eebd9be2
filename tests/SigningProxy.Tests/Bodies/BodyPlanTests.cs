using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using SigningProxy.Bodies;

namespace SigningProxy.Tests.Bodies;

public sealed class BodyPlanTests
{
    private const string Hash = "9834876dcfb05cb167a5c24953eba58c4ac89b1adf57f28f2f9d09af107ee8f0";
    private const string HashOfNothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    // Each after what comes: the header, whether there is a body, its length, whether it goes on over TLS.
    [Theory]
    [InlineData(null, false, null, true, "None")]
    [InlineData(null, true, 3L, true, "Hold")]
    [InlineData(null, true, null, true, "Hold")]
    [InlineData(Hash, true, 3L, true, "Stream " + Hash)]
    [InlineData(Hash, true, 3L, false, "Stream " + Hash)]
    [InlineData(Hash, true, null, true, "Hold " + Hash)]
    [InlineData(HashOfNothing, false, null, true, "None " + HashOfNothing)]
    [InlineData("UNSIGNED-PAYLOAD", true, 3L, true, "Stream UNSIGNED-PAYLOAD")]
    [InlineData("UNSIGNED-PAYLOAD", true, null, true, "Stream UNSIGNED-PAYLOAD")]
    [InlineData("UNSIGNED-PAYLOAD", false, null, true, "None UNSIGNED-PAYLOAD")]
    [InlineData("UNSIGNED-PAYLOAD", true, 3L, false, "Hold")]
    [InlineData("UNSIGNED-PAYLOAD", false, null, false, "Hold")]
    [InlineData(Hash, false, null, true, "content_sha256_mismatch")]
    [InlineData("STREAMING-AWS4-HMAC-SHA256-PAYLOAD", true, 3L, true, "chunked_payload")]
    [InlineData("STREAMING-UNSIGNED-PAYLOAD-TRAILER", true, null, true, "chunked_payload")]
    [InlineData("unsigned-payload", true, 3L, true, "content_sha256_malformed")]
    [InlineData("", true, 3L, true, "content_sha256_malformed")]
    [InlineData("abc", false, null, true, "content_sha256_malformed")]
    [InlineData(Hash + "0", true, 3L, true, "content_sha256_malformed")]
    public void TryMake_DecidesByWhatTheRequestSaysOfItsBody(string? header, bool hasBody, long? length, bool overTls, string expected) =>
        Assert.Equal(expected, Make(header is null ? [] : [header], hasBody, length, overTls));

    [Fact]
    public void TryMake_WhenTheHeaderIsRepeated_Refuses() => Assert.Equal("content_sha256_malformed", Make([Hash, Hash], true, 3, true));

    private static string Make(string[] header, bool hasBody, long? length, bool overTls)
    {
        var context = new DefaultHttpContext();
        context.Features.Set<IHttpRequestBodyDetectionFeature>(new BodyDetection(hasBody));
        if (header.Length > 0)
            context.Request.Headers["X-Amz-Content-Sha256"] = header;
        context.Request.ContentLength = length;
        var refusal = BodyPlan.TryMake(context.Request, overTls, out var plan);
        return refusal?.Kind.Code ?? $"{plan.Treatment} {plan.Given?.Value}".TrimEnd();
    }

    private sealed record BodyDetection(bool CanHaveBody) : IHttpRequestBodyDetectionFeature;
}
