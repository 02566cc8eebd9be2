using FsCheck.Xunit;
using SigningProxy.SigV4;

namespace SigningProxy.Tests.SigV4;

public sealed class SigV4ATests
{
    private static readonly PlainRequest Vanilla = new() { Scope = CredentialScope.Across("us-east-1", "service") };

    // What aws-crt 1.33 signed of the suite's requests: its signatures hold for our string to sign.
    [Theory]
    [InlineData(
        null, "host;x-amz-date;x-amz-region-set",
        "3045022014c417837f7296f130362e49b1eefbd22e19983f3ca642c9fcdc7074a048e749022100ab0a3eca18933a2aa7dcb4fbd1a07ae92ae25c0563e944647c724f7e0880d18d")]
    [InlineData(
        "6e86291e8372ff2a2260956d9b8aae1d763fbf315fa00fa31553b73ebf194267", "host;x-amz-date;x-amz-region-set;x-amz-security-token",
        "3045022100ca9c90d516eab1f759dc258ca2b74f11e1d0e1b01c32116c16979cb0cf1e3d35022016a02544d3b336f2eb4617e1ae5bf21061f9e9a747a9e9b3a7f8baab4e3118aa")]
    public void Sign_SignsWhatAwsCrtSigned(string? token, string signedHeaders, string signature)
    {
        var trace = new SigningTrace();
        var headers = (Vanilla with { Token = token }).Sign(trace);

        Assert.Equal("20150830/service/aws4_request", trace.Scope);
        Assert.True(SigV4AKey.Verifies(trace.StringToSign, signature), "The signature of aws-crt.");
        Assert.True(SigV4AKey.Verifies(trace.StringToSign, trace.Signature), "Our signature.");
        Assert.False(SigV4AKey.Verifies(trace.StringToSign + " ", trace.Signature), "Our signature of another text.");
        Assert.Equal(trace.Signature, headers.Signature);
        Assert.Equal(
            $"AWS4-ECDSA-P256-SHA256 Credential=AKIDEXAMPLE/20150830/service/aws4_request, SignedHeaders={signedHeaders}, Signature={trace.Signature}",
            headers.Authorization);
        Assert.Equal("us-east-1", headers.RegionSet);
        Assert.Equal(token, headers.SecurityToken);
    }

    // Likewise.
    [Fact]
    public void Presign_SignsWhatAwsCrtSigned()
    {
        var trace = new SigningTrace();
        var query = Vanilla.Presign(3600, trace);

        Assert.True(
            SigV4AKey.Verifies(
                trace.StringToSign,
                "30450220136f9091be54bd2bb67762176106f9a4ce8f60d2bfa0c9b4054cda5ced853356022100df3a4b4df3da7bb7aea16f616d027fc8f1bf3e0ccc133d18ba9a7b88b5082146"),
            "The signature of aws-crt.");
        Assert.True(SigV4AKey.Verifies(trace.StringToSign, trace.Signature), "Our signature.");
        Assert.Equal(
            "X-Amz-Algorithm=AWS4-ECDSA-P256-SHA256&X-Amz-Credential=AKIDEXAMPLE%2F20150830%2Fservice%2Faws4_request&X-Amz-Date=20150830T123600Z"
            + $"&X-Amz-Expires=3600&X-Amz-Region-Set=us-east-1&X-Amz-SignedHeaders=host&X-Amz-Signature={trace.Signature}",
            query);
    }

    [Fact]
    public void Presign_EncodesTheRegionSet() =>
        Assert.Contains(
            "&X-Amz-Region-Set=eu-%2A%2Cus-east-1&",
            (Vanilla with { Scope = CredentialScope.Across("eu-*,us-east-1", "s3") }).Presign(60),
            StringComparison.Ordinal);

    [Fact]
    public void Sign_WhenTheRequestHoldsARegionSet_ReplacesItAcrossRegionsOnly()
    {
        var header = new RequestHeader("X-Amz-Region-Set", "caller's");

        Assert.Contains("\nx-amz-region-set:us-east-1\n", (Vanilla with { Headers = [header] }).Trace().CanonicalRequest, StringComparison.Ordinal);
        Assert.Contains("\nx-amz-region-set:caller's\n", new PlainRequest { Headers = [header] }.Trace().CanonicalRequest, StringComparison.Ordinal);
        Assert.Null(new PlainRequest { Headers = [header] }.Sign().RegionSet);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("*\r\nx: y")]
    public void Sign_WhenTheRegionSetIsNone_Refuses(string regionSet)
    {
        Assert.ThrowsAny<ArgumentException>(() => (Vanilla with { Scope = CredentialScope.Across(regionSet, "s3") }).Sign());
        Assert.ThrowsAny<ArgumentException>(() => (Vanilla with { Scope = CredentialScope.Across(regionSet, "s3") }).Presign(60));
    }

    [Fact]
    public void Sign_AfterTheCredentialsAreZeroed_Refuses()
    {
        var credentials = new SessionCredentials(Vanilla.KeyId, Vanilla.Secret);
        Vanilla.Sign(credentials);
        credentials.Dispose();

        Assert.Throws<ObjectDisposedException>(() => Vanilla.Sign(credentials));
    }

    [Fact]
    public async Task Sign_ByManyThreads_GivesSignaturesThatHold()
    {
        using var credentials = new SessionCredentials(Vanilla.KeyId, Vanilla.Secret);
        var text = Vanilla.Trace().StringToSign;

        var signatures = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(
            () => Enumerable.Range(0, 25).Select(_ => Vanilla.Sign(credentials).Signature).ToList(), TestContext.Current.CancellationToken)));

        Assert.All(signatures.SelectMany(s => s), signature => Assert.True(SigV4AKey.Verifies(text, signature)));
    }

    [Property(Arbitrary = [typeof(Arbitraries)], MaxTest = 200)]
    public void Sign_OfAnyRequest_VerifiesAndNotForAnother(PlainRequest request)
    {
        var trace = (request with { Scope = CredentialScope.Across("*", request.Scope.Service) }).Trace();
        var other = (request with { Scope = CredentialScope.Across("eu-*", request.Scope.Service) }).Trace();

        Assert.True(SigV4AKey.Verifies(trace.StringToSign, trace.Signature));
        Assert.False(SigV4AKey.Verifies(other.StringToSign, trace.Signature));
    }
}
