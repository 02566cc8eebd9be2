using FsCheck.Xunit;
using SigningProxy.Callers.Proofs;
using SigningProxy.SigV4;

namespace SigningProxy.Tests.Callers;

public sealed class SigV4AuthorizationTests
{
    private const string Hex = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    private const string Good = $"AWS4-HMAC-SHA256 Credential=LOCALORDERS00001/20261124/eu-west-1/dynamodb/aws4_request, SignedHeaders=host;x-amz-date, Signature={Hex}";

    [Theory]
    [InlineData(Good)]
    [InlineData($"AWS4-HMAC-SHA256 Credential=LOCALORDERS00001/20261124/eu-west-1/dynamodb/aws4_request,SignedHeaders=host;x-amz-date,Signature={Hex}")]
    public void Parse_WhenAnSdkWroteIt_TakesItApart(string text)
    {
        var claim = SigV4Authorization.Parse(text)!;

        Assert.Equal(("LOCALORDERS00001", "20261124", new CredentialScope("eu-west-1", "dynamodb"), Hex), (claim.AccessKeyId, claim.Date, claim.Scope, claim.Signature));
        Assert.Equal(["host", "x-amz-date"], claim.SignedHeaders);
        Assert.DoesNotContain(Hex, claim.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AWS4-HMAC-SHA256", "AWS4-HMAC-SHA512")]
    [InlineData("AWS4-HMAC-SHA256", "aws4-hmac-sha256")]
    [InlineData("AWS4-HMAC-SHA256", "AWS4-ECDSA-P256-SHA256")]
    [InlineData("SHA256 Credential", "SHA256  Credential")]
    [InlineData("SHA256 Credential", "SHA256 credential")]
    [InlineData("Credential=", "")]
    [InlineData("LOCALORDERS00001", "")]
    [InlineData("LOCALORDERS00001", "LOCAL/ORDERS")]
    [InlineData("LOCALORDERS00001", "LOCAL ORDERS0001")]
    [InlineData("LOCALORDERS00001", "LÖCALORDERS00001")]
    [InlineData("20261124", "2026112")]
    [InlineData("20261124", "202611244")]
    [InlineData("20261124", "2026112x")]
    [InlineData("20261124", "２０２６１１２４")]
    [InlineData("/eu-west-1", "")]
    [InlineData("/eu-west-1", "/")]
    [InlineData("/eu-west-1", "/EU-WEST-1")]
    [InlineData("/eu-west-1", "/eu west")]
    [InlineData("dynamodb", "dynamodb/")]
    [InlineData("dynamodb", "dynamo.db")]
    [InlineData("aws4_request", "aws5_request")]
    [InlineData("aws4_request", "aws4_requests")]
    [InlineData("aws4_request, ", "aws4_request ")]
    [InlineData("SignedHeaders=", "SignedHeaders:")]
    [InlineData("host;x-amz-date", "")]
    [InlineData("host;x-amz-date", "host;")]
    [InlineData("host;x-amz-date", ";host")]
    [InlineData("host;x-amz-date", "host;host")]
    [InlineData("host;x-amz-date", "x-amz-date;host")]
    [InlineData("host;x-amz-date", "Host;x-amz-date")]
    [InlineData("host;x-amz-date", "host; x-amz-date")]
    [InlineData("host;x-amz-date", "host;x-amz-daté")]
    [InlineData(", Signature", " Signature")]
    [InlineData("Signature=0", "Signature=")]
    [InlineData("Signature=0", "Signature=00")]
    [InlineData("Signature=0", "Signature=A")]
    [InlineData("Signature=0", "Signature=g")]
    [InlineData("Signature=", "Signature=,Signature=")]
    [InlineData(", SignedHeaders=host;x-amz-date", ", SignedHeaders=host, SignedHeaders=host;x-amz-date")]
    public void Parse_WhenItIsOfAnotherForm_IsNull(string good, string bad)
    {
        var text = Good.Replace(good, bad, StringComparison.Ordinal);

        Assert.NotEqual(Good, text);
        Assert.Null(SigV4Authorization.Parse(text));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("AWS4-HMAC-SHA256")]
    [InlineData("AWS4-HMAC-SHA256 Credential=")]
    [InlineData($" {Good}")]
    [InlineData($"{Good} ")]
    [InlineData($"{Good}, x=y")]
    [InlineData($"{Good}, {Good}")]
    public void Parse_WhenItIsLessOrMore_IsNull(string text) => Assert.Null(SigV4Authorization.Parse(text));

    [Fact]
    public void Parse_WhenPartsAreTooLong_IsNull()
    {
        Assert.Null(SigV4Authorization.Parse(Good.Replace("dynamodb", new string('a', 129), StringComparison.Ordinal)));
        Assert.Null(SigV4Authorization.Parse(Good.Replace("host;", string.Concat(Enumerable.Range(100, 130).Select(i => $"h{i};")), StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("AWS4-HMAC-SHA256 Credential=x", true)]
    [InlineData("aws4-", true)]
    [InlineData(" AWS4-ECDSA-P256-SHA256", true)]
    [InlineData("AWS3 x", false)]
    [InlineData("Bearer AWS4-HMAC-SHA256", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void IsClaimed_WhenTheSchemeIsOfAws_IsTrue(string? header, bool expected) => Assert.Equal(expected, SigV4Authorization.IsClaimed(header));

    /// <summary>Whatever is changed of a good one, it is refused or reads as what is written there.</summary>
    [Property(MaxTest = 2000)]
    public void Parse_OfAnyText_IsExactOrNull(int at, int length, string? put)
    {
        var start = (int)((uint)at % Good.Length);
        var end = Math.Min(Good.Length, start + (int)((uint)length % 9));
        var text = Good[..start] + put + Good[end..];

        if (SigV4Authorization.Parse(text) is { } claim)
        {
            var written = $"AWS4-HMAC-SHA256 Credential={claim.AccessKeyId}/{claim.Date}/{claim.Scope.Region}/{claim.Scope.Service}/aws4_request, SignedHeaders={string.Join(';', claim.SignedHeaders)}, Signature={claim.Signature}";
            Assert.Equal(written.Replace(", ", ",", StringComparison.Ordinal), text.Replace(" S", "S", StringComparison.Ordinal).Replace(" S", "S", StringComparison.Ordinal));
        }
    }
}
