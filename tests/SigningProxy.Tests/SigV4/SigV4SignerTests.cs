using SigningProxy.SigV4;

namespace SigningProxy.Tests.SigV4;

public sealed class SigV4SignerTests
{
    private const string Form = "application/x-www-form-urlencoded";
    private const string Unreserved = "-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const string SuiteToken =
        "AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQWLWsKWHGBuFqwAeMicRXmxfpSPfIeoIYRqTflfKD8YUuwthAx7mSEI/qkPpKPi"
        + "/kMcGdQrmGdeehM4IC1NtBmUpp2wUE8phUZampKsburEDy0KPkyQDYwT7WZ0wq5VSXDvp75YU9HFvlRd8Tx6q6fE8YQcHNVXAkiY9q6d+xo0rKwT38xVqr7ZD0u0iPPk"
        + "UL64lIZbqBAz+scqKmlzm8FDrypNC9Yjc8fPOLn9FX9KSYvKTr4rvx3iSIlTJabIQwj2ICCR/oLxBA==";

    private static readonly DateTimeOffset S3Instant = new(2013, 5, 24, 0, 0, 0, TimeSpan.Zero);

    // The public AWS Signature Version 4 test suite.
    public static TheoryData<string, string, string, string, string> SuiteRequests => new()
    {
        { "get-vanilla", "GET", "/", "", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31" },
        { "get-vanilla-empty-query-key", "GET", "/", "Param1=value1", "a67d582fa61cc504c4bae71f336f98b97f1ea3c7a6bfe1b6e45aec72011b9aeb" },
        { "get-vanilla-query-order-key", "GET", "/", "Param1=value2&Param1=Value1", "eedbc4e291e521cf13422ffca22be7d2eb8146eecf653089df300a15b2382bd1" },
        { "get-vanilla-query-order-value", "GET", "/", "Param1=value2&Param1=value1", "5772eed61e12b33fae39ee5e7012498b51d56abc0abb7c60486157bd471c4694" },
        { "get-vanilla-query-order-key-case", "GET", "/", "Param2=value2&Param1=value1", "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500" },
        { "get-vanilla-query-unreserved", "GET", "/", $"{Unreserved}={Unreserved}", "9c3e54bfcdf0b19771a7f523ee5669cdf59bc7cc0884027167c21bb143a40197" },
        { "get-vanilla-utf8-query", "GET", "/", "ሴ=bar", "2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04" },
        { "get-unreserved", "GET", "/" + Unreserved, "", "07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f" },
        { "get-utf8", "GET", "/ሴ", "", "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85" },
        { "get-space", "GET", "/example space/", "", "652487583200325589f1fba4c7e578f72c47cb61beeca81406b39ddec1366741" },
        { "get-relative", "GET", "/example/..", "", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31" },
        { "get-relative-relative", "GET", "/example1/example2/../..", "", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31" },
        { "get-slash", "GET", "//", "", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31" },
        { "get-slash-dot-slash", "GET", "/./", "", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31" },
        { "get-slash-pointless-dot", "GET", "/./example", "", "ef75d96142cf21edca26f06005da7988e4f8dc83a165a80865db7089db637ec5" },
        { "get-slashes", "GET", "//example//", "", "9a624bd73a37c9a373b5312afbebe7a714a789de108f0bdfe846570885f57e84" },
        { "post-vanilla", "POST", "/", "", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b" },
        { "post-vanilla-query", "POST", "/", "Param1=value1", "28038455d6de14eafc1f9222cf5aa6f1a96197d7deb8263271d420d138af7f11" },
    };

    public static TheoryData<string, string, string[], string> SuiteHeaders => new()
    {
        { "get-header-key-duplicate", "GET", ["My-Header1", "value2", "My-Header1", "value2", "My-Header1", "value1"], "c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea" },
        { "get-header-value-order", "GET", ["My-Header1", "value4", "My-Header1", "value1", "My-Header1", "value3", "My-Header1", "value2"], "08c7e5a9acfcfeb3ab6b2185e75ce8b1deb5e634ec47601a50643f830c755c01" },
        { "get-header-value-trim", "GET", ["My-Header1", " value1", "My-Header2", " \"a   b   c\""], "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736" },
        { "post-header-key-sort", "POST", ["My-Header1", "value1"], "c5410059b04c1ee005303aed430f6e6645f61f4dc9e1461ec8f8916fdf18852c" },
        { "post-header-value-case", "POST", ["My-Header1", "VALUE1"], "cdbc9802e29d2942e5e10b5bccfdd67c5f22c7c4e8ae67b53629efa58b974b7d" },
    };

    [Theory]
    [MemberData(nameof(SuiteRequests))]
    public void Sign_GivesTheSuitesSignature(string name, string method, string path, string query, string signature)
    {
        var sent = CanonicalPath.ToSend(path, PathNormalization.On);
        Assert.True(signature == new PlainRequest { Method = method, Path = sent, Query = query }.Trace().Signature, name);
    }

    [Theory]
    [MemberData(nameof(SuiteHeaders))]
    public void Sign_WithHeaders_GivesTheSuitesSignature(string name, string method, string[] namesAndValues, string signature)
    {
        var headers = namesAndValues.Chunk(2).Select(pair => new RequestHeader(pair[0], pair[1])).ToList();
        Assert.True(signature == new PlainRequest { Method = method, Headers = headers }.Trace().Signature, name);
    }

    [Theory]
    [InlineData(Form, "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a")]
    [InlineData(Form + "; charset=utf8", "1a72ec8f64bd914b0e42e42607c7fbce7fb2c7465f63e3092b3b0d39fa77a6fe")]
    public void Sign_OfAForm_GivesTheSuitesSignature(string contentType, string signature) =>
        Assert.Equal(signature, new PlainRequest
        {
            Method = "POST",
            Headers = [new("Content-Type", contentType)],
            Payload = PayloadHash.Of("Param1=value1"u8),
        }.Trace().Signature);

    [Theory]
    [InlineData(SessionTokenMode.Signed, "85d96828115b5dc0cfc3bd16ad9e210dd772bbebba041836c64533a82be05ead")]
    [InlineData(SessionTokenMode.After, "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b")]
    public void Sign_WithASessionToken_SignsItOrAddsItAfterwards(SessionTokenMode mode, string signature)
    {
        var trace = new SigningTrace();
        var headers = new PlainRequest
        {
            Method = "POST",
            Token = SuiteToken,
            Settings = PlainRequest.Suite with { SessionTokenMode = mode },
        }.Sign(trace);

        Assert.Equal(signature, trace.Signature);
        Assert.Equal(SuiteToken, headers.SecurityToken);
    }

    // AWS IAM User Guide, "Create a signed AWS API request", ListUsers.
    [Fact]
    public void Sign_OfListUsers_GivesTheDocumentedIntermediates()
    {
        var trace = new SigningTrace();
        var signature = new PlainRequest
        {
            Query = "Action=ListUsers&Version=2010-05-08",
            Host = "iam.amazonaws.com",
            Headers = [new("Content-Type", Form + "; charset=utf-8")],
            Scope = new("us-east-1", "iam"),
        }.Sign(trace);

        Assert.Equal(
            """
            GET
            /
            Action=ListUsers&Version=2010-05-08
            content-type:application/x-www-form-urlencoded; charset=utf-8
            host:iam.amazonaws.com
            x-amz-date:20150830T123600Z

            content-type;host;x-amz-date
            e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
            """,
            trace.CanonicalRequest);
        Assert.Equal(
            """
            AWS4-HMAC-SHA256
            20150830T123600Z
            20150830/us-east-1/iam/aws4_request
            f536975d06c0309214f805bb90ccff089219ecd68b2577efef23edd43b7e1a59
            """,
            trace.StringToSign);
        Assert.Equal("content-type;host;x-amz-date", trace.SignedHeaders);
        Assert.Equal("20150830/us-east-1/iam/aws4_request", trace.Scope);
        Assert.Equal("5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7", trace.Signature);
        Assert.Equal(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, SignedHeaders=content-type;host;x-amz-date, "
            + "Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7",
            signature.Authorization);
        Assert.Equal("20150830T123600Z", signature.AmzDate);
        Assert.Null(signature.ContentSha256);
        Assert.Null(signature.SecurityToken);
    }

    // Amazon S3 API Reference, "Signature Calculations for the Authorization Header: Transferring Payload in a Single Chunk".
    [Theory]
    [InlineData("/test.txt", "", "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41", "Range", "bytes=0-9")]
    [InlineData("/", "lifecycle", "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543")]
    [InlineData("/", "max-keys=2&prefix=J", "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7")]
    public void Sign_OfAnS3Get_GivesTheDocumentedSignature(string path, string query, string signature, params string[] header) =>
        Assert.Equal(signature, (S3(path, header) with { Query = query }).Trace().Signature);

    [Fact]
    public void Sign_OfAnS3Put_GivesTheDocumentedSignature() =>
        Assert.Equal(
            "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
            (S3("/test$file.text", "Date", "Fri, 24 May 2013 00:00:00 GMT", "x-amz-storage-class", "REDUCED_REDUNDANCY") with
            {
                Method = "PUT",
                Payload = PayloadHash.Of("Welcome to Amazon S3."u8),
            }).Trace().Signature);

    [Fact]
    public void Sign_IsAsOfTheUtcInstant()
    {
        var utc = new PlainRequest { Instant = new(2015, 8, 31, 3, 6, 0, TimeSpan.Zero) };
        var elsewhere = new PlainRequest { Instant = new(2015, 8, 30, 20, 6, 0, TimeSpan.FromHours(-7)) };

        Assert.Equal("20150831T030600Z", elsewhere.Sign().AmzDate);
        Assert.Equal(utc.Sign(), elsewhere.Sign());
    }

    [Fact]
    public void Sign_WhenThePayloadHashTravels_ReturnsIt() =>
        Assert.Equal("UNSIGNED-PAYLOAD", new PlainRequest { Payload = PayloadHash.Unsigned, Settings = new() }.Sign().ContentSha256);

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Sign_WhenThereIsNotExactlyOneHost_Refuses(int hosts)
    {
        var headers = Enumerable.Repeat(new RequestHeader("HOST", "h"), hosts).ToArray();
        var refusal = Assert.Throws<ArgumentException>("request", () => Sign("GET", "/", headers));
        Assert.Contains($"these hold {hosts}", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "v")]
    [InlineData("naïve", "v")]
    [InlineData("name", "a\nhost:evil")]
    [InlineData("name", "a\rb")]
    public void Sign_WhenNoHttpMessageCouldHoldTheHeader_Refuses(string name, string value) =>
        Assert.Throws<ArgumentException>("request", () => Sign("GET", "/", new("host", "h"), new(name, value)));

    [Theory]
    [InlineData("GET", "")]
    [InlineData("GET", "a")]
    [InlineData("", "/")]
    public void Sign_WhenMethodOrPathIsMissing_Refuses(string method, string path) =>
        Assert.ThrowsAny<ArgumentException>(() => Sign(method, path, new RequestHeader("host", "h")));

    [Theory]
    [InlineData("", "s3")]
    [InlineData("eu-west-1", "")]
    public void Sign_WhenTheScopeIsBlank_Refuses(string region, string service) =>
        Assert.ThrowsAny<ArgumentException>(() => new PlainRequest { Scope = new(region, service) }.Sign());

    private static PlainRequest S3(string path, params string[] headers) => new()
    {
        Path = path,
        Host = "examplebucket.s3.amazonaws.com",
        Headers = [.. headers.Chunk(2).Select(pair => new RequestHeader(pair[0], pair[1]))],
        KeyId = "AKIAIOSFODNN7EXAMPLE",
        Secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        Scope = new("us-east-1", "s3"),
        Instant = S3Instant,
        Settings = SigningSettings.ForService("s3"),
    };

    private static void Sign(string method, string path, params RequestHeader[] headers)
    {
        using var credentials = new SessionCredentials("id", "secret");
        SigV4Signer.Sign(
            new SigningRequest { Method = method, Path = path, Query = "", Headers = headers },
            credentials, new("eu-west-1", "s3"), S3Instant, new SigningSettings());
    }
}
