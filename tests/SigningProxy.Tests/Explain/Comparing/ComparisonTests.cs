using System.Text.Json;
using SigningProxy.SigV4;

namespace SigningProxy.Tests.Explain.Comparing;

public sealed class ComparisonTests
{
    private const string Request =
        "POST /a%20b?x=1&y=a%2Bb&acl HTTP/1.1\nHost: api.execute-api.eu-west-1.amazonaws.com\nContent-Type: application/json\nUser-Agent: me\nX-Amz-Meta-A: one two\n\n{\"a\":1}\n";

    private const string Canonical =
        "POST\n/a%2520b\nacl=&x=1&y=a%2Bb\ncontent-type:application/json\nhost:api.execute-api.eu-west-1.amazonaws.com\nx-amz-date:20150830T123600Z\nx-amz-meta-a:one two\n\n"
        + "content-type;host;x-amz-date;x-amz-meta-a\n";

    private static readonly string Hash = PayloadHash.Of("{\"a\":1}\n"u8).Value;

    [Fact]
    public void Of_WhenNothingDiffers_IsEqual()
    {
        var comparison = Explained.Compared(Request, Canonical + Hash);

        Assert.True(comparison.IsEqual);
        Assert.Empty(comparison.Differences);
    }

    [Theory]
    [InlineData("POST\n", "GET\n", "method", "redirect")]
    [InlineData("/a%2520b", "/a%20b", "path", "--path-encoding once")]
    [InlineData("/a%2520b", "/a%2520b/", "path", "slash at the end")]
    [InlineData("/a%2520b", "/prod/a%2520b", "path", "stage")]
    [InlineData("/a%2520b", "/a b", "path", "Only escapes differ")]
    [InlineData("/a%2520b", "/c", "path", "another path")]
    [InlineData("acl=&x=1&y=a%2Bb", "x=1&acl=&y=a%2Bb", "query", "another order")]
    [InlineData("acl=&x=1", "acl&x=1", "query", "without a value")]
    [InlineData("a%2Bb", "a%20b", "query", "plus sign")]
    [InlineData("a%2Bb", "a%252Bb", "query", "encoded once")]
    [InlineData("acl=&x=1&", "acl=&", "query", "AWS did not get x")]
    [InlineData("x=1&", "x=1&z=2&", "query", "AWS got z too")]
    [InlineData("x=1", "x=2", "query", "x has another value")]
    [InlineData("host:api.execute-api.eu-west-1.amazonaws.com", "host:api.execute-api.eu-west-1.amazonaws.com:443", "header host", "port")]
    [InlineData("application/json\n", "application/json; charset=utf-8\n", "header content-type", "charset")]
    [InlineData("one two", "onetwo", "header x-amz-meta-a", "White space")]
    [InlineData("one two", "three", "header x-amz-meta-a", "changed the header")]
    [InlineData("x-amz-meta-a:one two\n", "", "header x-amz-meta-a", "does not cover")]
    [InlineData("x-amz-date:2", "user-agent:me\nx-amz-date:2", "header user-agent", "--sign-header user-agent")]
    [InlineData("x-amz-date:2", "x-added:me\nx-amz-date:2", "header x-added", "the request here has none")]
    [InlineData("content-type;host", "host;content-type", "signed headers", "sorted")]
    public void Of_NamesTheFirstDifferenceAndItsCause(string part, string other, string name, string hint)
    {
        Assert.Contains(part, Canonical, StringComparison.Ordinal);

        var comparison = Explained.Compared(Request, Canonical.Replace(part, other, StringComparison.Ordinal) + Hash);

        Assert.False(comparison.IsEqual);
        Assert.Equal(name, comparison.Differences[0].Part);
        Assert.Contains(hint, comparison.Differences[0].Hint, StringComparison.Ordinal);
        Assert.Equal($"The first difference is the {name}.", comparison.Verdict);
    }

    [Theory]
    [InlineData("{\"a\":1}", "without the line end")]
    [InlineData("{\"a\":1}\n\n", "with a line feed at its end")]
    [InlineData("{\"a\":1}\r\n", "with CR and LF in place of LF")]
    [InlineData("\uFEFF{\"a\":1}\n", "byte order mark")]
    [InlineData("", "no bytes")]
    [InlineData("{}", "another body")]
    public void Of_WhenTheBodyIsInAnotherForm_FindsWhich(string body, string hint)
    {
        var comparison = Explained.Compared(Request, Canonical + PayloadHash.Of(System.Text.Encoding.UTF8.GetBytes(body)));

        Assert.Equal("payload hash", Assert.Single(comparison.Differences).Part);
        Assert.Contains(hint, comparison.Differences[0].Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_WhenAwsTookTheBodyUnsigned_SaysSo() =>
        Assert.Contains("--payload unsigned", Explained.Compared(Request, Canonical + "UNSIGNED-PAYLOAD").Differences[0].Hint, StringComparison.Ordinal);

    [Theory]
    [InlineData("20150830/eu-west-1/execute-api/aws4_request", null, null)]
    [InlineData("20150830/us-east-1/execute-api/aws4_request", "scope", "--region us-east-1")]
    [InlineData("20150830/eu-west-1/lambda/aws4_request", "scope", "--service lambda")]
    [InlineData("20150831/eu-west-1/execute-api/aws4_request", "scope", "in UTC")]
    public void Of_WhenTheScopeDiffers_SaysWhatOfIt(string scope, string? part, string? hint)
    {
        var comparison = Explained.Compared(
            Request, Answer(Canonical + Hash, $"AWS4-HMAC-SHA256\n20150830T123600Z\n{scope}\n00"),
            new() { Service = "execute-api", Region = "eu-west-1", ContentSha256Header = ContentSha256Header.Off });

        Assert.Equal(part is null ? [] : [part], comparison.Differences.Select(d => d.Part));
        Assert.Contains(hint ?? "", string.Concat(comparison.Differences.Select(d => d.Hint)), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_WhenNobodySaysDateServiceAndRegion_TakesTheAnswers()
    {
        var canonical = Canonical.Replace("20150830", "20130524", StringComparison.Ordinal) + Hash;

        var comparison = Explained.Compared(Request, Answer(canonical, "AWS4-HMAC-SHA256\n20130524T123600Z\n20130524/us-east-1/lambda/aws4_request\n00"));

        Assert.True(comparison.IsEqual);
        Assert.Contains("it is the key", comparison.Verdict, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ExpiredToken", "x", "session has ended")]
    [InlineData("InvalidClientTokenId", "x", "does not know the access key")]
    [InlineData("RequestTimeTooSkewed", "x", "clock")]
    [InlineData("SignatureDoesNotMatch", "Signature expired: 20150830T123600Z is now earlier than", "clock")]
    [InlineData("SignatureDoesNotMatch", "Credential should be scoped to a valid region.", "scope is wrong")]
    [InlineData("SignatureDoesNotMatch", "x", "line by line")]
    [InlineData("MissingAuthenticationToken", "x", "unsigned")]
    [InlineData("AccessDenied", "x", "policies")]
    [InlineData("Throttling", "x", "not about the signature")]
    public void Of_WhenTheAnswerHoldsNoCanonicalRequest_SaysWhatItsCodeMeans(string code, string message, string told)
    {
        var comparison = Explained.Compared(Request, $"<Error><Code>{code}</Code><Message>{message}</Message></Error>");

        Assert.False(comparison.IsEqual);
        Assert.Empty(comparison.Differences);
        Assert.Contains(told, comparison.Verdict, StringComparison.Ordinal);
    }

    private static string Answer(string canonical, string stringToSign)
    {
        var message = $"The Canonical String for this request should have been\n'{canonical}'\n\nThe String-to-Sign should have been\n'{stringToSign}'\n";
        return $"{{\"__type\":\"InvalidSignatureException\",\"message\":\"{JsonEncodedText.Encode(message)}\"}}";
    }
}
