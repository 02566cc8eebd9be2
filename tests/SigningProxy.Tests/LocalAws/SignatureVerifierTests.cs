using Microsoft.Extensions.Time.Testing;
using SigningProxy.LocalAws;
using SigningProxy.LocalAws.Verification;

namespace SigningProxy.Tests.LocalAws;

public sealed class SignatureVerifierTests
{
    public static TheoryData<string> Examples => [.. SignedExample.All.Select(example => example.Name)];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Verify_WhenAwsPublishedTheSignature_IsVerified(string name)
    {
        var example = SignedExample.Named(name);
        var verified = Assert.IsType<Verified>(Verify(example));
        Assert.Equal(example.Key.AccessKeyId, verified.AccessKeyId);
    }

    [Fact]
    public void Verify_WhenVerified_TellsTheCalculation()
    {
        var verified = Assert.IsType<Verified>(Verify(SignedExample.Named("iam ListUsers")));
        Assert.Equal("20150830/us-east-1/iam/aws4_request", verified.Scope.ToString());
        Assert.Equal(["content-type", "host", "x-amz-date"], verified.SignedHeaders);
        Assert.Equal("""
            GET
            /
            Action=ListUsers&Version=2010-05-08
            content-type:application/x-www-form-urlencoded; charset=utf-8
            host:iam.amazonaws.com
            x-amz-date:20150830T123600Z

            content-type;host;x-amz-date
            e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
            """, verified.CanonicalRequest);
        Assert.Equal("""
            AWS4-HMAC-SHA256
            20150830T123600Z
            20150830/us-east-1/iam/aws4_request
            f536975d06c0309214f805bb90ccff089219ecd68b2577efef23edd43b7e1a59
            """, verified.StringToSign);
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void Verify_WhenMethodPathQueryOrBodyWasChanged_IsRefused(string name)
    {
        var example = SignedExample.Named(name);
        AssertRefused("SignatureDoesNotMatch", Verify(example with { Method = "DELETE" }));
        AssertRefused("SignatureDoesNotMatch", Verify(example with { Target = "/x" + example.Target }));
        AssertRefused("SignatureDoesNotMatch", Verify(example with { Target = example.Target + (example.Target.Contains('?') ? "&x=1" : "?x=1") }));
        var declared = example.Request().Single("x-amz-content-sha256") is not null;
        AssertRefused(declared ? "XAmzContentSHA256Mismatch" : "SignatureDoesNotMatch", Verify(example with { Body = example.Body + "x" }));
    }

    [Theory]
    [InlineData("Host: iam.amazonaws.com", "Host: sts.amazonaws.com", "SignatureDoesNotMatch")]
    [InlineData("charset=utf-8", "charset=utf-16", "SignatureDoesNotMatch")]
    [InlineData("X-Amz-Date: 20150830T123600Z", "X-Amz-Date: 20150830T123601Z", "SignatureDoesNotMatch")]
    [InlineData("us-east-1", "us-east-2", "SignatureDoesNotMatch")]
    [InlineData("/iam/", "/sts/", "SignatureDoesNotMatch")]
    [InlineData("AKIDEXAMPLE/", "AKIDOTHER/", "UnrecognizedClientException")]
    [InlineData("AKIDEXAMPLE/20150830", "AKIDEXAMPLE/20150831", "SignatureDoesNotMatch")]
    [InlineData("Signature=5d", "Signature=5e", "SignatureDoesNotMatch")]
    [InlineData("SignedHeaders=content-type;host;", "SignedHeaders=host;", "SignatureDoesNotMatch")]
    public void Verify_WhenAHeaderWasChanged_IsRefused(string from, string to, string code) =>
        AssertRefused(code, Verify(SignedExample.Named("iam ListUsers").WithHeader(from, to)));

    [Fact]
    public void Verify_WhenTheSecretIsAnother_TellsWhatShouldHaveBeenSigned()
    {
        var example = SignedExample.Named("get-vanilla");
        var refused = AssertRefused("SignatureDoesNotMatch", Verify(example with { Key = example.Key with { Secret = "another" } }));
        Assert.StartsWith("GET\n/\n\nhost:example.amazonaws.com\n", refused.CanonicalRequest, StringComparison.Ordinal);
        Assert.StartsWith("AWS4-HMAC-SHA256\n20150830T123600Z\n", refused.StringToSign, StringComparison.Ordinal);
        Assert.Equal("AKIDEXAMPLE", refused.AccessKeyId);
    }

    [Fact]
    public void Verify_WhenTheKeyIsForAnotherRegionOrService_IsRefused()
    {
        var example = SignedExample.Named("iam ListUsers");
        Assert.IsType<Verified>(Verify(example with { Key = example.Key with { Region = "us-east-1", Service = "iam" } }));
        AssertRefused("SignatureDoesNotMatch", Verify(example with { Key = example.Key with { Region = "eu-west-1" } }));
        AssertRefused("SignatureDoesNotMatch", Verify(example with { Key = example.Key with { Service = "sts" } }));
    }

    [Fact]
    public void Verify_WhenS3DoesNotKnowTheKey_AnswersInS3sWords()
    {
        var example = SignedExample.Named("S3 GET object").WithHeader("AKIAIOSFODNN7EXAMPLE", "AKIAOTHER");
        AssertRefused("InvalidAccessKeyId", Verify(example));
    }

    [Theory]
    [InlineData(-15 * 60)]
    [InlineData(15 * 60)]
    public void Verify_WhenTheClockDiffersByFifteenMinutes_IsVerified(int seconds)
    {
        var example = SignedExample.Named("get-vanilla");
        Assert.IsType<Verified>(Verify(example, now: example.SignedAt.AddSeconds(seconds)));
    }

    [Theory]
    [InlineData("get-vanilla", (-15 * 60) - 1, "SignatureDoesNotMatch", "Signature not yet current: 20150830T123600Z is still later than 20150830T123559Z (20150830T122059Z + 15 min.)")]
    [InlineData("get-vanilla", (15 * 60) + 1, "SignatureDoesNotMatch", "Signature expired: 20150830T123600Z is now earlier than 20150830T123601Z (20150830T125101Z - 15 min.)")]
    [InlineData("S3 GET object", (15 * 60) + 1, "RequestTimeTooSkewed", "The difference between the request time and the current time is too large.")]
    public void Verify_WhenTheClockDiffersByMore_IsRefusedAsTheServiceDoes(string name, int seconds, string code, string message)
    {
        var example = SignedExample.Named(name);
        Assert.Equal(message, AssertRefused(code, Verify(example, now: example.SignedAt.AddSeconds(seconds))).Message);
    }

    [Fact]
    public void Verify_WhenThereIsNoAuthorization_SaysSo()
    {
        var request = new ReceivedRequest("GET", "/", [new("Host", "example.amazonaws.com")], []);
        AssertRefused("MissingAuthenticationToken", Verifier(SignedExample.Named("get-vanilla").Key, TimeProvider.System).Verify(request));
    }

    [Theory]
    [InlineData("/?X-Amz-Signature=0")]
    [InlineData("/?x=1&X-Amz-Credential=AKIDEXAMPLE")]
    [InlineData("/?X%2DAmz-Algorithm=AWS4-HMAC-SHA256")]
    [InlineData("/?x-amz-security-token=token")]
    public void Verify_WhenTheQuerySignsTheRequestToo_IsRefused(string target) =>
        AssertRefused("InvalidArgument", Verify(SignedExample.Named("get-vanilla") with { Target = target }));

    [Theory]
    [InlineData("S3 GET object", "/test.tx%zz", "InvalidURI")]
    [InlineData("get-vanilla", "*", "InvalidURI")]
    [InlineData("get-vanilla", "/?a=%f", "MalformedQueryString")]
    public void Verify_WhenTheTargetCannotBeRead_IsRefused(string name, string target, string code) =>
        AssertRefused(code, Verify(SignedExample.Named(name) with { Target = target }));

    private static VerificationOutcome Verify(SignedExample example, DateTimeOffset? now = null) =>
        Verifier(example.Key, new FakeTimeProvider(now ?? SignedExample.Named(example.Name).SignedAt)).Verify(example.Request());

    private static SignatureVerifier Verifier(LocalKey key, TimeProvider time) => new(id => id == key.AccessKeyId ? key : null, UnsignedPayload.S3Family, time);

    private static Refused AssertRefused(string code, VerificationOutcome outcome)
    {
        var refused = Assert.IsType<Refused>(outcome);
        Assert.Equal(code, refused.Code);
        return refused;
    }
}
