using FsCheck.Xunit;
using SigningProxy.SigV4;

namespace SigningProxy.Tests.SigV4;

public sealed class SigV4PresignerTests
{
    private const string Token = "tok/en+==";

    // Amazon S3 API Reference, "Authenticating Requests: Using Query Parameters".
    [Fact]
    public void Sign_OfAnS3Get_GivesTheDocumentedQuery()
    {
        var trace = new SigningTrace();
        var query = new PlainRequest
        {
            Path = "/test.txt",
            Host = "examplebucket.s3.amazonaws.com",
            KeyId = "AKIAIOSFODNN7EXAMPLE",
            Secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
            Scope = new("us-east-1", "s3"),
            Instant = new(2013, 5, 24, 0, 0, 0, TimeSpan.Zero),
            Settings = SigningSettings.ForService("s3"),
        }.Presign(86400, trace);

        Assert.EndsWith("\nhost:examplebucket.s3.amazonaws.com\n\nhost\nUNSIGNED-PAYLOAD", trace.CanonicalRequest, StringComparison.Ordinal);
        Assert.EndsWith("\n3bfa292879f6447bbcda7001decf97f4a54dc650c8942174ae0a9121cf58ad04", trace.StringToSign, StringComparison.Ordinal);
        Assert.Equal(
            "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request"
            + "&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host"
            + "&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404",
            query);
    }

    // What botocore 1.43 signed.
    [Theory]
    [InlineData(
        "s3", "b.s3.eu-west-1.amazonaws.com", "/a%20b/%C3%A9%2B.txt", "versionId=1%2F2&response-content-type=text%2Fplain", Token, 3600,
        "2546804a17cea3db9f89fd88ec917b70cb5f6da51c59be14e0857a70505f9142")]
    [InlineData(
        "execute-api", "x.execute-api.eu-west-1.amazonaws.com", "/a%20b/c", "z=1&a=1", null, 60,
        "3652add9b668fc8357505399b35421cb98a838070ae8f597f294c8e678b5f4fe", "Content-Type", "application/json")]
    [InlineData(
        "sts", "sts.eu-west-1.amazonaws.com", "/", "Action=GetCallerIdentity&Version=2011-06-15", Token, 604800,
        "e1bc72996d89137c24a233b556b5f12736e368d2758c23e8bd3361bf87b1d666", "x-k8s-aws-id", "cluster")]
    public void Sign_GivesBotocoresSignature(
        string service, string host, string path, string query, string? token, int seconds, string signature, params string[] header)
    {
        var request = new PlainRequest
        {
            Method = service == "execute-api" ? "POST" : "GET",
            Host = host,
            Path = path,
            Query = query,
            Token = token,
            Headers = [.. header.Chunk(2).Select(pair => new RequestHeader(pair[0], pair[1]))],
            Scope = new("eu-west-1", service),
            Settings = SigningSettings.ForService(service),
        };
        Assert.EndsWith("&X-Amz-Signature=" + signature, request.Presign(seconds), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(604_800)]
    public void Sign_WhenTheLifetimeIsInRange_NamesItsSeconds(int seconds) =>
        Assert.Contains($"&X-Amz-Expires={seconds}&", new PlainRequest().Presign(seconds), StringComparison.Ordinal);

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(604_801)]
    public void Sign_WhenTheLifetimeIsOutOfRange_Refuses(int seconds) =>
        Assert.Throws<ArgumentOutOfRangeException>("lifetime", () => new PlainRequest().Presign(seconds));

    [Fact]
    public void Sign_WhenTheTokenGoesAfter_SignsWithoutItAndEndsWithIt()
    {
        var after = new PlainRequest { Settings = new(SessionTokenMode: SessionTokenMode.After) };
        Assert.Equal(after.Presign(60) + "&X-Amz-Security-Token=tok%2Fen%2B%3D%3D", (after with { Token = Token }).Presign(60));
    }

    [Theory]
    [InlineData("s3", "UNSIGNED-PAYLOAD")]
    [InlineData("execute-api", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    public void Sign_WithoutAPayloadHash_SaysWhatTheServiceExpects(string service, string payload) =>
        Assert.Equal(payload, PayloadSigned(new PlainRequest { Settings = SigningSettings.ForService(service) }));

    [Theory]
    [InlineData("s3")]
    [InlineData("execute-api")]
    public void Sign_WithAPayloadHash_SaysThatOne(string service)
    {
        var hash = PayloadHash.Of("body"u8);
        Assert.Equal(hash.Value, PayloadSigned(new PlainRequest { Payload = hash, Settings = SigningSettings.ForService(service) }));
    }

    [Fact]
    public void Sign_WhenTheRequestHoldsAnEarlierSignature_LeavesItOut()
    {
        var request = new PlainRequest { Query = "a=1", Token = Token };
        var earlier = request.Presign(60);
        var odd = earlier.Replace("X-Amz-Expires", "x-amz-%45xpires", StringComparison.Ordinal) + "&x-amz-region-set=*";
        RequestHeader[] own = [new("X-Amz-Date", "another's"), new("x-amz-security-token", "another's"), new("Authorization", "another's")];

        Assert.Equal(earlier, (request with { Query = odd, Headers = own }).Presign(60));
    }

    [Fact]
    public void Sign_WhenTheFactsAreNotWhole_Refuses()
    {
        Assert.ThrowsAny<ArgumentException>(() => new PlainRequest { Method = "" }.Presign(60));
        Assert.ThrowsAny<ArgumentException>(() => new PlainRequest { Path = "a" }.Presign(60));
        Assert.ThrowsAny<ArgumentException>(() => new PlainRequest { Headers = [new("host", "two")] }.Presign(60));
        Assert.ThrowsAny<ArgumentException>(() => new PlainRequest { Scope = new("", "s3") }.Presign(60));
        Assert.Throws<FormatException>(() => new PlainRequest { Query = "%" }.Presign(60));
    }

    [Property(Arbitrary = [typeof(Arbitraries)], MaxTest = 300)]
    public void Sign_OfWhatItSigned_GivesTheSame(PlainRequest request)
    {
        var query = request.Presign(60);

        Assert.Equal(query, (request with { Query = query }).Presign(60));
        Assert.Equal(query[..(query.IndexOf("X-Amz-Algorithm", StringComparison.Ordinal))].TrimEnd('&'),
            CanonicalQuery.ToSend(request.Query, PresignedQuery.Names));
    }

    [Fact]
    public void ToString_DoesNotShowTheQuery() =>
        Assert.Equal("presigned query (not shown)", new PresignedQuery(new PlainRequest().Presign(60)).ToString());

    private static string PayloadSigned(PlainRequest request)
    {
        var trace = new SigningTrace();
        request.Presign(60, trace);
        return trace.CanonicalRequest.Split('\n')[^1];
    }
}
