using SigningProxy.Sessions;
using SigningProxy.SigV4;

namespace SigningProxy.Tests.Sessions;

public sealed class AwsEndpointsTests
{
    [Theory]
    [InlineData("eu-west-1", false, "https://sts.eu-west-1.amazonaws.com/")]
    [InlineData("us-east-1", false, "https://sts.us-east-1.amazonaws.com/")]
    [InlineData("cn-north-1", false, "https://sts.cn-north-1.amazonaws.com.cn/")]
    [InlineData("cn-northwest-1", false, "https://sts.cn-northwest-1.amazonaws.com.cn/")]
    [InlineData("us-gov-west-1", false, "https://sts.us-gov-west-1.amazonaws.com/")]
    [InlineData("eusc-de-east-1", false, "https://sts.eusc-de-east-1.amazonaws.eu/")]
    [InlineData("us-east-2", true, "https://sts-fips.us-east-2.amazonaws.com/")]
    [InlineData("us-gov-west-1", true, "https://sts.us-gov-west-1.amazonaws.com/")]
    [InlineData("us-gov-east-1", true, "https://sts.us-gov-east-1.amazonaws.com/")]
    public void Sts_InARegion_IsWhereAwsServesIt(string region, bool fips, string url) => Assert.Equal(url, AwsEndpoints.Sts(region, fips).AbsoluteUri);

    [Theory]
    [InlineData("eu-central-1", "eu-central-1")]
    [InlineData(null, "eu-west-1")]
    public void StsRegion_IsItsOwnOrTheDestinations(string? own, string region)
    {
        var externalCredential = Example.ExternalCredential() with { Scope = new CredentialScope("eu-west-1", "dynamodb"), Sts = new() { Region = own } };

        Assert.Equal(region, AwsEndpoints.StsRegion(externalCredential));
    }
}
