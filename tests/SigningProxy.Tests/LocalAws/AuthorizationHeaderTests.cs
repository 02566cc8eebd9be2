using SigningProxy.LocalAws.Verification;

namespace SigningProxy.Tests.LocalAws;

public sealed class AuthorizationHeaderTests
{
    private const string Credential = "Credential=AKID/20260101/eu-west-1/s3/aws4_request";
    private const string Signature = "Signature=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData($"AWS4-HMAC-SHA256 {Credential}, SignedHeaders=host;x-amz-date, {Signature}")]
    [InlineData($"AWS4-HMAC-SHA256 {Credential},SignedHeaders=host;x-amz-date,{Signature}")]
    [InlineData($"AWS4-HMAC-SHA256 {Signature}, SignedHeaders=host;x-amz-date, {Credential}")]
    public void TryParse_WhenWellFormed_ReadsEachPart(string value)
    {
        Assert.True(AuthorizationHeader.TryParse(value, out var header, out _));
        Assert.Equal("AKID", header.AccessKeyId);
        Assert.Equal(new CredentialScope("20260101", "eu-west-1", "s3"), header.Scope);
        Assert.Equal(["host", "x-amz-date"], header.SignedHeaders);
        Assert.Equal(Signature["Signature=".Length..], header.Signature);
    }

    [Theory]
    [InlineData("Basic dXNlcjpwYXNz", "must start with")]
    [InlineData($"AWS4-ECDSA-P256-SHA256 {Credential}, SignedHeaders=host, {Signature}", "exactly four parts")]
    [InlineData($"AWS4-HMAC-SHA256 {Credential}, SignedHeaders=host", "'Signature'")]
    [InlineData($"AWS4-HMAC-SHA256 SignedHeaders=host, {Signature}", "'Credential'")]
    [InlineData($"AWS4-HMAC-SHA256 {Credential}, {Credential}, SignedHeaders=host, {Signature}", "each once")]
    [InlineData($"AWS4-HMAC-SHA256 {Credential}, SignedHeaders=host, {Signature}, Extra=1", "nothing else")]
    [InlineData($"AWS4-HMAC-SHA256 {Credential}, SignedHeaders=host, {Signature},", "nothing else")]
    [InlineData($"AWS4-HMAC-SHA256 {Credential}, SignedHeaders=, {Signature}", "SignedHeaders")]
    [InlineData($"AWS4-HMAC-SHA256 {Credential}, SignedHeaders=x-amz-date;host, {Signature}", "sorted")]
    [InlineData($"AWS4-HMAC-SHA256 {Credential}, SignedHeaders=host;host, {Signature}", "each once")]
    [InlineData($"AWS4-HMAC-SHA256 {Credential}, SignedHeaders=Host, {Signature}", "lower-case")]
    [InlineData($"AWS4-HMAC-SHA256 {Credential}/more, SignedHeaders=host, {Signature}", "five parts")]
    [InlineData($"AWS4-HMAC-SHA256 Credential=AKID/2026-1-1/eu-west-1/s3/aws4_request, SignedHeaders=host, {Signature}", "five parts")]
    [InlineData($"AWS4-HMAC-SHA256 Credential=AKID/20260101//s3/aws4_request, SignedHeaders=host, {Signature}", "five parts")]
    [InlineData($"AWS4-HMAC-SHA256 Credential=AKID/20260101/eu-west-1/s3/aws3_request, SignedHeaders=host, {Signature}", "five parts")]
    [InlineData($"AWS4-HMAC-SHA256 {Credential}, SignedHeaders=host, Signature=0123", "64")]
    [InlineData($"AWS4-HMAC-SHA256 {Credential}, SignedHeaders=host, Signature=0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef", "lower-case")]
    public void TryParse_WhenMalformed_SaysHow(string value, string says)
    {
        Assert.False(AuthorizationHeader.TryParse(value, out _, out var fault));
        Assert.Contains(says, fault, StringComparison.Ordinal);
    }
}
