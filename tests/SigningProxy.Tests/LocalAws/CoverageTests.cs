using Microsoft.Extensions.Time.Testing;
using SigningProxy.LocalAws;
using SigningProxy.LocalAws.Verification;

namespace SigningProxy.Tests.LocalAws;

/// <summary>What a signature must cover, by requests signed for the purpose with the key of the stand-in's own calculation.</summary>
public sealed class CoverageTests
{
    private const string Time = "20260101T000000Z";
    private const string EmptySha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private static readonly LocalKey Key = new("AKIDTESTS", "secret");

    [Fact]
    public void Verify_WhenHostIsNotSigned_IsRefused() =>
        AssertCode("SignatureDoesNotMatch", Verify("lambda", "x-amz-date", []));

    [Fact]
    public void Verify_WhenASignedHeaderIsAbsent_IsRefused() =>
        AssertCode("SignatureDoesNotMatch", Verify("lambda", "host;x-amz-date;x-custom", []));

    [Fact]
    public void Verify_WhenAnAmzHeaderIsNotSigned_IsRefused() =>
        AssertCode("AccessDenied", Verify("lambda", "host;x-amz-date", [new("X-Amz-Meta-Owner", "me")]));

    [Fact]
    public void Verify_WhenAnotherHeaderIsNotSigned_IsVerified() =>
        Assert.IsType<Verified>(Verify("lambda", "host;x-amz-date", [new("User-Agent", "curl")]));

    [Fact]
    public void Verify_WhenHeadersRepeatAndHoldSpaces_JoinsAndFolds()
    {
        var verified = Assert.IsType<Verified>(Verify("lambda", "host;x-amz-date;x-custom", [new("X-Custom", "  a   b "), new("x-custom", "c\t d")]));
        Assert.Contains("\nx-custom:a b,c d\n", verified.CanonicalRequest, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_WhenS3GetsNoContentHash_IsRefused() => AssertCode("InvalidRequest", Verify("s3", "host;x-amz-date", []));

    [Theory]
    [InlineData("s3", "UNSIGNED-PAYLOAD", UnsignedPayload.S3Family, null)]
    [InlineData("lambda", "UNSIGNED-PAYLOAD", UnsignedPayload.S3Family, "InvalidArgument")]
    [InlineData("lambda", "UNSIGNED-PAYLOAD", UnsignedPayload.EveryService, null)]
    [InlineData("s3", EmptySha256, UnsignedPayload.S3Family, null)]
    [InlineData("lambda", EmptySha256, UnsignedPayload.S3Family, null)]
    [InlineData("s3", "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855", UnsignedPayload.S3Family, "InvalidArgument")]
    [InlineData("s3", "a3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", UnsignedPayload.S3Family, "XAmzContentSHA256Mismatch")]
    public void Verify_WhenTheContentHashIsDeclared_HoldsItAgainstServiceAndBody(string service, string hash, UnsignedPayload accepted, string? code) =>
        AssertCode(code, Verify(service, "host;x-amz-content-sha256;x-amz-date", [new("x-amz-content-sha256", hash)], accepted: accepted));

    [Theory]
    [InlineData("lambda", "token", "token", null)]
    [InlineData("lambda", "token", "other", "UnrecognizedClientException")]
    [InlineData("lambda", "token", null, "UnrecognizedClientException")]
    [InlineData("lambda", null, "token", "UnrecognizedClientException")]
    [InlineData("sts", "token", "other", "InvalidClientTokenId")]
    public void Verify_WhenTheKeyHasAToken_MustComeWithIt(string service, string? known, string? sent, string? code) =>
        AssertCode(code, sent is null
            ? Verify(service, "host;x-amz-date", [], Key with { SessionToken = known })
            : Verify(service, "host;x-amz-date;x-amz-security-token", [new("X-Amz-Security-Token", sent)], Key with { SessionToken = known }));

    [Theory]
    [InlineData("iotdevicegateway", null)]
    [InlineData("iot", "AccessDenied")]
    public void Verify_WhenTheTokenIsNotSigned_OnlyIotsGatewayTakesIt(string service, string? code) =>
        AssertCode(code, Verify(service, "host;x-amz-date", [new("X-Amz-Security-Token", "token")], Key with { SessionToken = "token" }));

    [Theory]
    [InlineData("lambda", 1, null)]
    [InlineData("lambda", 0, "ExpiredTokenException")]
    [InlineData("s3", 0, "ExpiredToken")]
    public void Verify_WhenTheKeyExpires_IsRefusedFromThatInstant(string service, int secondsLeft, string? code)
    {
        var key = Key with { Expiration = Now.AddSeconds(secondsLeft) };
        AssertCode(code, Verify(service, "host;x-amz-content-sha256;x-amz-date", [new("x-amz-content-sha256", EmptySha256)], key));
    }

    private static DateTimeOffset Now { get; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static void AssertCode(string? code, VerificationOutcome outcome) => Assert.Equal(code, (outcome as Refused)?.Code);

    private static VerificationOutcome Verify(
        string service,
        string signedHeaders,
        KeyValuePair<string, string>[] headers,
        LocalKey? key = null,
        UnsignedPayload accepted = UnsignedPayload.S3Family)
    {
        key ??= Key;
        List<KeyValuePair<string, string>> all = [new("Host", "localhost"), new("X-Amz-Date", Time), .. headers];
        var unsignedRequest = new ReceivedRequest("GET", "/", all, []);
        var hash = unsignedRequest.Single("x-amz-content-sha256") ?? EmptySha256;
        var names = signedHeaders.Split(';');
        var canonical = $"GET\n/\n\n{CanonicalHeaders.Of(unsignedRequest, names)}\n{signedHeaders}\n{hash}";
        var scope = new CredentialScope("20260101", "eu-west-1", service);
        var signature = SignatureCalculation.Sign(key.Secret, scope, SignatureCalculation.StringToSign(Time, scope, canonical));
        all.Add(new("Authorization", $"AWS4-HMAC-SHA256 Credential={key.AccessKeyId}/{scope}, SignedHeaders={signedHeaders}, Signature={signature}"));
        return new SignatureVerifier(id => id == key.AccessKeyId ? key : null, accepted, new FakeTimeProvider(Now)).Verify(new("GET", "/", all, []));
    }
}
