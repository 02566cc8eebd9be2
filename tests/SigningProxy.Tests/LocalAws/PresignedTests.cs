using Microsoft.Extensions.Time.Testing;
using SigningProxy.LocalAws;
using SigningProxy.LocalAws.Verification;

namespace SigningProxy.Tests.LocalAws;

/// <summary>URLs that carry their signature: AWS's own example, one of another service's, and both with one thing changed.</summary>
public sealed class PresignedTests
{
    private const string Query =
        "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request"
        + "&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host"
        + "&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404";

    private static readonly LocalKey Key = new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
    private static readonly DateTimeOffset Signed = new(2013, 5, 24, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(-15 * 60)]
    [InlineData(0)]
    [InlineData(86_400)]
    public void Verify_WithinItsLifetime_IsVerified(int seconds) => Assert.IsType<Verified>(Verify(Query, seconds));

    [Theory]
    [InlineData((-15 * 60) - 1, "Request is not valid yet")]
    [InlineData(86_401, "Request has expired")]
    public void Verify_BeforeOrAfterItsLifetime_IsRefusedInS3sWords(int seconds, string message) =>
        Assert.Equal(message, AssertRefused("AccessDenied", Verify(Query, seconds)).Message);

    [Theory]
    [InlineData(61, "Signature expired: 20130524T000000Z is now earlier than 20130524T000001Z (20130524T000101Z - 1 min.)")]
    [InlineData(-901, "Signature not yet current: 20130524T000000Z is still later than 20130523T235959Z (20130523T234459Z + 15 min.)")]
    public void Verify_BeforeOrAfterItsLifetime_IsRefusedInTheOthersWords(int seconds, string message)
    {
        var query = ForSts("60");
        Assert.IsType<Verified>(Verify(query, 60));
        Assert.Equal(message, AssertRefused("SignatureDoesNotMatch", Verify(query, seconds)).Message);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("604801")]
    [InlineData("1.5")]
    [InlineData("")]
    public void Verify_WithALifetimeThatAwsDoesNotTake_IsRefused(string lifetime)
    {
        AssertRefused("IncompleteSignature", Verify(ForSts(lifetime), 0));
        AssertRefused("AuthorizationQueryParametersError", Verify(Query.Replace("86400", lifetime, StringComparison.Ordinal), 0));
    }

    [Theory]
    [InlineData("X-Amz-Date=20130524T000000Z&", "", "AuthorizationQueryParametersError")]
    [InlineData("X-Amz-Expires=86400&", "", "AuthorizationQueryParametersError")]
    [InlineData("&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404", "", "AuthorizationQueryParametersError")]
    [InlineData("X-Amz-Expires=86400&", "X-Amz-Expires=86400&X-Amz-Expires=86400&", "AuthorizationQueryParametersError")]
    [InlineData("AWS4-HMAC-SHA256", "AWS4-HMAC-SHA1", "AuthorizationQueryParametersError")]
    [InlineData("%2Fs3%2Faws4_request", "%2Fs3", "IncompleteSignature")]
    [InlineData("20130524T000000Z", "20130524", "AuthorizationQueryParametersError")]
    [InlineData("20130524T000000Z", "20130525T000000Z", "SignatureDoesNotMatch")]
    [InlineData("20130524T000000Z", "20130524T000001Z", "SignatureDoesNotMatch")]
    [InlineData("X-Amz-Expires=86400", "X-Amz-Expires=86401", "SignatureDoesNotMatch")]
    [InlineData("us-east-1", "us-east-2", "SignatureDoesNotMatch")]
    [InlineData("AKIAIOSFODNN7EXAMPLE", "AKIAOTHER", "InvalidAccessKeyId")]
    [InlineData("SignedHeaders=host", "SignedHeaders=x-a", "SignatureDoesNotMatch")]
    [InlineData("=aeee", "=beee", "SignatureDoesNotMatch")]
    [InlineData("X-Amz-Algorithm", "a=b&X-Amz-Algorithm", "SignatureDoesNotMatch")]
    [InlineData("&X-Amz-Signature", "&X-Amz-Security-Token=token&X-Amz-Signature", "SignatureDoesNotMatch")]
    public void Verify_WithOneThingChanged_IsRefused(string from, string to, string code)
    {
        Assert.Contains(from, Query, StringComparison.Ordinal);
        AssertRefused(code, Verify(Query.Replace(from, to, StringComparison.Ordinal), 0));
    }

    [Fact]
    public void Verify_WithAnAmzHeaderThatIsNotSigned_IsRefused() =>
        AssertRefused("AccessDenied", Verify(Query, 0, new KeyValuePair<string, string>("x-amz-acl", "public-read")));

    [Fact]
    public void Verify_WithAnAuthorizationHeaderToo_IsRefused() => AssertRefused("InvalidArgument", Verify(Query, 0, new KeyValuePair<string, string>(
        "Authorization", $"AWS4-HMAC-SHA256 Credential={Key.AccessKeyId}/20130524/us-east-1/s3/aws4_request, SignedHeaders=host, Signature={new string('0', 64)}")));

    /// <summary>As clients of Kubernetes prove who they are, signed with the stand-in's own calculation.</summary>
    private static string ForSts(string lifetime)
    {
        var scope = new CredentialScope("20130524", "us-east-1", "sts");
        var query = $"Action=GetCallerIdentity&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential={Key.AccessKeyId}%2F20130524%2Fus-east-1%2Fsts%2Faws4_request"
            + $"&X-Amz-Date=20130524T000000Z&X-Amz-Expires={lifetime}&X-Amz-SignedHeaders=host";
        const string Nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        var canonical = $"GET\n/test.txt\n{query}\nhost:examplebucket.s3.amazonaws.com\n\nhost\n{Nothing}";
        return $"{query}&X-Amz-Signature={SignatureCalculation.Sign(Key.Secret, scope, SignatureCalculation.StringToSign("20130524T000000Z", scope, canonical))}";
    }

    private static VerificationOutcome Verify(string query, int seconds, params KeyValuePair<string, string>[] headers) =>
        new SignatureVerifier(id => id == Key.AccessKeyId ? Key : null, UnsignedPayload.S3Family, new FakeTimeProvider(Signed.AddSeconds(seconds)))
            .Verify(new("GET", "/test.txt?" + query, [new("Host", "examplebucket.s3.amazonaws.com"), .. headers], []));

    private static Refused AssertRefused(string code, VerificationOutcome outcome)
    {
        var refused = Assert.IsType<Refused>(outcome);
        Assert.Equal(code, refused.Code);
        return refused;
    }
}
