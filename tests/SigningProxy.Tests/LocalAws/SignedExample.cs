using System.Text;
using SigningProxy.LocalAws;
using SigningProxy.LocalAws.Verification;

namespace SigningProxy.Tests.LocalAws;

/// <summary>A signed request that AWS publishes, with the key that signed it.</summary>
internal sealed record SignedExample(string Name, LocalKey Key, string Method, string Target, string Headers, string Body)
{
    private static readonly LocalKey Suite = new("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
    private static readonly LocalKey S3Page = new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");

    private const string EmptySha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    /// <summary>From the AWS signing guide and test suite, and from the S3 page "Signature Calculations for the Authorization Header".</summary>
    public static readonly IReadOnlyList<SignedExample> All =
    [
        new("iam ListUsers", Suite, "GET", "/?Action=ListUsers&Version=2010-05-08", $"""
            Host: iam.amazonaws.com
            Content-Type: application/x-www-form-urlencoded; charset=utf-8
            X-Amz-Date: 20150830T123600Z
            Authorization: {Authorization(Suite, "20150830/us-east-1/iam", "content-type;host;x-amz-date", "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7")}
            """, ""),
        new("get-vanilla", Suite, "GET", "/", SuiteHeaders("5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"), ""),
        new("get-vanilla-query-order-key-case", Suite, "GET", "/?Param2=value2&Param1=value1",
            SuiteHeaders("b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"), ""),
        new("get-unreserved", Suite, "GET", "/-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
            SuiteHeaders("07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f"), ""),
        new("get-slashes", Suite, "GET", "//example//", SuiteHeaders("9a624bd73a37c9a373b5312afbebe7a714a789de108f0bdfe846570885f57e84"), ""),
        new("get-relative", Suite, "GET", "/example/..", SuiteHeaders("5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"), ""),
        new("get-slash-pointless-dot", Suite, "GET", "/./example", SuiteHeaders("ef75d96142cf21edca26f06005da7988e4f8dc83a165a80865db7089db637ec5"), ""),
        new("post-vanilla", Suite, "POST", "/", SuiteHeaders("5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"), ""),
        new("S3 GET object", S3Page, "GET", "/test.txt", S3Headers(EmptySha256,
            "host;range;x-amz-content-sha256;x-amz-date", "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41", "Range: bytes=0-9"), ""),
        new("S3 PUT object", S3Page, "PUT", "/test%24file.text", S3Headers("44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072",
            "date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class", "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
            "Date: Fri, 24 May 2013 00:00:00 GMT", "x-amz-storage-class: REDUCED_REDUNDANCY"), "Welcome to Amazon S3."),
        new("S3 GET lifecycle", S3Page, "GET", "/?lifecycle", S3Headers(EmptySha256,
            "host;x-amz-content-sha256;x-amz-date", "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"), ""),
        new("S3 list objects", S3Page, "GET", "/?max-keys=2&prefix=J", S3Headers(EmptySha256,
            "host;x-amz-content-sha256;x-amz-date", "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"), ""),
    ];

    public static SignedExample Named(string name) => All.Single(example => example.Name == name);

    /// <summary>The instant it was signed at.</summary>
    public DateTimeOffset SignedAt => SigningTime.TryParse(Request().Single("x-amz-date"), out var instant)
        ? instant
        : throw new InvalidOperationException(Name);

    public ReceivedRequest Request() => new(Method, Target, [.. Headers.Split('\n').Select(Header)], Encoding.UTF8.GetBytes(Body));

    /// <summary>The same example with one header line changed; all else, the signature too, stays.</summary>
    public SignedExample WithHeader(string from, string to)
    {
        Assert.Contains(from, Headers, StringComparison.Ordinal);
        return this with { Headers = Headers.Replace(from, to, StringComparison.Ordinal) };
    }

    private static KeyValuePair<string, string> Header(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        return new(line[..colon], line[(colon + 1)..].Trim());
    }

    private static string Authorization(LocalKey key, string scope, string signedHeaders, string signature) =>
        $"AWS4-HMAC-SHA256 Credential={key.AccessKeyId}/{scope}/aws4_request, SignedHeaders={signedHeaders}, Signature={signature}";

    private static string SuiteHeaders(string signature) => $"""
        Host: example.amazonaws.com
        X-Amz-Date: 20150830T123600Z
        Authorization: {Authorization(Suite, "20150830/us-east-1/service", "host;x-amz-date", signature)}
        """;

    private static string S3Headers(string contentSha256, string signedHeaders, string signature, params string[] more) => string.Join('\n',
    [
        "Host: examplebucket.s3.amazonaws.com",
        "x-amz-date: 20130524T000000Z",
        $"x-amz-content-sha256: {contentSha256}",
        .. more,
        $"Authorization: {Authorization(S3Page, "20130524/us-east-1/s3", signedHeaders, signature)}",
    ]);
}
