using SigningProxy.Explain;
using SigningProxy.SigV4;

namespace SigningProxy.Tests.Explain;

public sealed class TermsExplanationTests
{
    private const string Plain = "Host:example.amazonaws.com\nX-Amz-Date:20150830T123600Z\n";

    /// <remarks>Cases of AWS's published suite, with its signatures.</remarks>
    [Theory]
    [InlineData("GET / HTTP/1.1\n" + Plain, "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31")]
    [InlineData("GET /?Param2=value2&Param1=value1 HTTP/1.1\n" + Plain, "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500")]
    [InlineData("POST / HTTP/1.1\n" + Plain, "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b")]
    public void Of_WhenAPublishedCaseIsReplayed_HasItsSignature(string request, string signature) =>
        Assert.Equal(signature, Explained.Of(request, Explained.Suite).Signature);

    [Fact]
    public void Of_AwsDocumentedExample_HasItsSignature()
    {
        var explanation = Explained.Of(
            "GET /?Action=ListUsers&Version=2010-05-08 HTTP/1.1\r\nHost: iam.amazonaws.com\r\nContent-Type: application/x-www-form-urlencoded; charset=utf-8\r\n\r\n",
            new SigningTerms { Instant = Explained.At, ContentSha256Header = ContentSha256Header.Off });

        Assert.Equal("5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7", explanation.Signature);
        Assert.Equal("20150830/us-east-1/iam/aws4_request", explanation.Scope);
        Assert.Equal("content-type;host;x-amz-date", explanation.SignedHeaders);
        Assert.Contains("Service iam and region us-east-1 were read from the host iam.amazonaws.com.", explanation.Notes[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Of_WhenAllHeadersAreSigned_JoinsFoldsAndLeavesNoneOut() => Assert.Equal(
        "GET\n/\n\naccept-encoding:gzip\nhost:example.amazonaws.com\nmy-header1:value1 value2,a b c,value0\nuser-agent:me\nx-amz-date:20150830T123600Z\n\n"
            + "accept-encoding;host;my-header1;user-agent;x-amz-date\ne3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        Explained.Of("GET / HTTP/1.1\n" + Plain + "User-Agent: me\nMy-Header1:value1\n  value2\nMY-HEADER1: a   b  c\nAccept-Encoding: gzip\nmy-header1:value0\n", Explained.Suite).CanonicalRequest);

    [Theory]
    [InlineData(PathEncoding.Twice, PathNormalization.On, "/example%2520space/ሴ", "/example%252520space/%E1%88%B4")]
    [InlineData(PathEncoding.Once, PathNormalization.On, "/example%20space/./x", "/example%20space/x")]
    [InlineData(PathEncoding.Once, PathNormalization.Off, "/a//b/../c d", "/a//b/../c%20d")]
    public void Of_TakesThePathAsSaid(PathEncoding encoding, PathNormalization normalization, string path, string canonical) => Assert.Equal(
        canonical,
        Explained.Of($"GET {path} HTTP/1.1\n{Plain}", Explained.Suite with { PathEncoding = encoding, PathNormalization = normalization }).CanonicalRequest.Split('\n')[1]);

    [Fact]
    public void Of_ByDefault_SignsWhatTheProxyDoes()
    {
        var explanation = Explained.Of("PUT /a//b HTTP/1.1\nHost: bucket.s3.eu-west-1.amazonaws.com\nContent-Type: text/plain\nAccept: */*\nX-Amz-Acl: private\n\nbody", token: "a-session-token");

        Assert.Equal("content-type;host;x-amz-acl;x-amz-content-sha256;x-amz-date;x-amz-security-token", explanation.SignedHeaders);
        Assert.Equal("https://bucket.s3.eu-west-1.amazonaws.com/a//b", explanation.Url);
        Assert.Equal(PayloadHash.Of("body"u8).Value, explanation.PayloadHash);
        Assert.Equal(["Host", "Content-Type", "Accept", "X-Amz-Acl", "X-Amz-Date", "X-Amz-Content-Sha256", "X-Amz-Security-Token", "Authorization"], explanation.Headers.Select(h => h.Name));
        Assert.Equal(explanation.Authorization, explanation.Headers[^1].Value);
    }

    [Fact]
    public void Of_WhenTheTokenIsAddedAfter_SendsItUnsigned()
    {
        var explanation = Explained.Of("GET / HTTP/1.1\n" + Plain, Explained.Suite with { SessionTokenMode = SessionTokenMode.After }, token: "a-session-token");

        Assert.Equal("5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31", explanation.Signature);
        Assert.Contains(explanation.Headers, h => h is { Name: "X-Amz-Security-Token", Value: "a-session-token" });
    }

    [Fact]
    public void Of_WhenAHeaderIsToBeSigned_SignsItToo()
    {
        const string Request = "GET / HTTP/1.1\nHost: example.amazonaws.com\nAccept: */*\nUser-Agent: me\n";
        var terms = Explained.Suite with { SignAllHeaders = false, SignHeaders = ["accept", "User-Agent"] };

        var explanation = Explained.Of(Request, terms);

        Assert.Equal("accept;host;user-agent;x-amz-date", explanation.SignedHeaders);
        Assert.Contains(explanation.Notes, n => n.StartsWith("User-Agent is signed as --sign-header asks", StringComparison.Ordinal));
        Assert.Contains("no such header", Assert.Throws<ExplainException>(() => Explained.Of(Request, terms with { SignHeaders = ["X-Gone"] })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_WhenPresigned_PutsTheSignatureIntoTheUrl()
    {
        // AWS's example of a presigned URL: S3 API Reference, "Authenticating Requests: Using Query Parameters".
        var explanation = TermsExplanation.Of(
            Explained.Request("GET /test.txt HTTP/1.1\nHost: examplebucket.s3.amazonaws.com\n"),
            new SigningTerms { Service = "s3", Region = "us-east-1", Presign = TimeSpan.FromSeconds(86400), Instant = new(2013, 5, 24, 0, 0, 0, TimeSpan.Zero) },
            new SessionCredentials("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"), null, Explained.At);

        Assert.Equal("aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404", explanation.Signature);
        Assert.EndsWith("&X-Amz-SignedHeaders=host&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404", explanation.Url, StringComparison.Ordinal);
        Assert.Null(explanation.Authorization);
        Assert.Equal("UNSIGNED-PAYLOAD", explanation.PayloadHash);
        Assert.Equal(["Host"], explanation.Headers.Select(h => h.Name));
    }

    [Fact]
    public void Of_WhenItWasSignedBefore_LeavesThatOut()
    {
        var explanation = Explained.Of(
            "GET /?a=1&X-Amz-Signature=00&X-Amz-Algorithm=AWS4-HMAC-SHA256 HTTP/1.1\nHost: example.amazonaws.com\nAuthorization: AWS4-HMAC-SHA256 x\nX-Amz-Security-Token: old\n",
            Explained.Suite);

        Assert.Equal("https://example.amazonaws.com/?a=1", explanation.Url);
        Assert.Equal(["Host", "X-Amz-Date", "Authorization"], explanation.Headers.Select(h => h.Name));
        Assert.Equal(2, explanation.Notes.Count(n => n.Contains("left out", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("eu-west-1,eu-central-1")]
    [InlineData("*")]
    public void Of_WithSigV4a_SignsForTheRegionSet(string regions)
    {
        var explanation = Explained.Of("GET / HTTP/1.1\n" + Plain, Explained.Suite with { Region = null, Algorithm = SigningAlgorithm.SigV4a, RegionSet = regions.Split(',') });

        Assert.Equal("AWS4-ECDSA-P256-SHA256", explanation.Algorithm);
        Assert.Equal("20150830/service/aws4_request", explanation.Scope);
        Assert.Contains($"\nx-amz-region-set:{regions}\n", explanation.CanonicalRequest, StringComparison.Ordinal);
        Assert.Contains(explanation.Notes, n => n.Contains("another one every time", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("X-Amz-Content-Sha256: UNSIGNED-PAYLOAD", "UNSIGNED-PAYLOAD", "The body is unsigned")]
    [InlineData("X-Amz-Content-Sha256: 44136FA355B3678A1146AD16F7E8649E94FB4FC21FE77E8310C060F61CAAFF8A", "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a", null)]
    [InlineData("X-Amz-Content-Sha256: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "not the hash of the body")]
    [InlineData("X-Other: 1", "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a", null)]
    public void Of_TakesWhatTheRequestSaysOfItsBody(string header, string hash, string? note)
    {
        var explanation = Explained.Of($"PUT / HTTP/1.1\nHost: example.amazonaws.com\n{header}\n\n{{}}", Explained.Suite with { SignAllHeaders = false });

        Assert.Equal(hash, explanation.PayloadHash);
        Assert.Contains(note ?? "", string.Concat(explanation.Notes), StringComparison.Ordinal);
        Assert.Equal(note is null, explanation.Notes.Count == 0);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\n", "Host")]
    [InlineData("GET / HTTP/1.1\nHost: example.com\n", "--service")]
    [InlineData("PUT / HTTP/1.1\nHost: s3.amazonaws.com\nX-Amz-Content-Sha256: STREAMING-UNSIGNED-PAYLOAD-TRAILER\n", "--payload")]
    public void Of_WhenSomethingIsLacking_TellsWhat(string request, string told) =>
        Assert.Contains(told, Assert.Throws<ExplainException>(() => Explained.Of(request)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("", "eu-west-1", false, "service")]
    [InlineData(" ", "eu-west-1", true, "service")]
    [InlineData("s3", "", false, "region")]
    [InlineData("s3", " ", true, "region")]
    public void Of_WhenServiceOrRegionIsBlank_TellsWhich(string service, string region, bool across, string told)
    {
        var terms = new SigningTerms { Service = service, Region = region, RegionSet = across ? [region] : [], Algorithm = across ? SigningAlgorithm.SigV4a : SigningAlgorithm.SigV4 };

        Assert.Contains($"The {told} is blank", Assert.Throws<ExplainException>(() => Explained.Of("GET / HTTP/1.1\nHost: example.com\n", terms)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_WhenNoDateIsSaid_SignsNowAndTellsTheRequestsOwn()
    {
        var explanation = Explained.Of("GET / HTTP/1.1\nHost: sqs.eu-west-1.amazonaws.com\nX-Amz-Date: 20130524T000000Z\n", new SigningTerms());

        Assert.Equal(Explained.At, explanation.Instant);
        Assert.Contains(explanation.Notes, n => n.Contains("--date 20130524T000000Z", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("20150830T123600Z")]
    [InlineData("2015-08-30T12:36:00Z")]
    [InlineData("2015-08-30T14:36:00+02:00")]
    [InlineData("2015-08-30T12:36:00.000Z")]
    [InlineData("Sun, 30 Aug 2015 12:36:00 GMT")]
    public void TryParse_OfEveryForm_ReadsTheInstant(string text)
    {
        Assert.True(InstantChoice.TryParse(text, out var instant));
        Assert.Equal(Explained.At, instant);
    }

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("2015-08-30")]
    [InlineData("20150830T123600")]
    public void TryParse_OfAnythingElse_IsFalse(string text) => Assert.False(InstantChoice.TryParse(text, out _));
}
