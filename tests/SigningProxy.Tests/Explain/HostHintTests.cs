using SigningProxy.Explain;

namespace SigningProxy.Tests.Explain;

public sealed class HostHintTests
{
    [Theory]
    [InlineData("dynamodb.eu-west-1.amazonaws.com", "dynamodb", "eu-west-1")]
    [InlineData("dynamodb.eu-west-1.amazonaws.com:443", "dynamodb", "eu-west-1")]
    [InlineData("bucket.s3.eu-west-1.amazonaws.com", "s3", "eu-west-1")]
    [InlineData("bucket.s3-eu-west-1.amazonaws.com", "s3", "eu-west-1")]
    [InlineData("bucket.s3.amazonaws.com", "s3", "us-east-1")]
    [InlineData("a1b2.execute-api.eu-west-1.amazonaws.com", "execute-api", "eu-west-1")]
    [InlineData("abc.lambda-url.eu-west-1.on.aws", "lambda", "eu-west-1")]
    [InlineData("abc.eu-west-1.aoss.amazonaws.com", "aoss", "eu-west-1")]
    [InlineData("iam.amazonaws.com", "iam", "us-east-1")]
    [InlineData("sts.amazonaws.com", "sts", "us-east-1")]
    [InlineData("iam.us-gov.amazonaws.com", "iam", "us-gov-west-1")]
    [InlineData("dynamodb.us-gov-west-1.amazonaws.com", "dynamodb", "us-gov-west-1")]
    [InlineData("dynamodb.cn-north-1.amazonaws.com.cn", "dynamodb", "cn-north-1")]
    [InlineData("sts.amazonaws.com.cn", "sts", "cn-north-1")]
    [InlineData("dynamodb.eusc-de-east-1.amazonaws.eu", "dynamodb", "eusc-de-east-1")]
    [InlineData("cognito-idp.eu-west-1.amazonaws.com", "cognito-idp", "eu-west-1")]
    [InlineData("alias.accesspoint.s3-global.amazonaws.com", "s3", "us-east-1")]
    [InlineData("example.com", null, null)]
    [InlineData("localhost:8080", null, null)]
    public void Of_TellsServiceAndRegion(string host, string? service, string? region)
    {
        var hint = HostHint.Of(host);

        Assert.Equal((service, region), (hint.Service, hint.Region));
    }

    [Theory]
    [InlineData("iam.amazonaws.com", "global endpoints sign for us-east-1")]
    [InlineData("cognito-idp.eu-west-1.amazonaws.com", "\"cognito-idp\" is the host's own label")]
    [InlineData("abc-ats.iot.eu-west-1.amazonaws.com", "may also sign as iotdevicegateway or")]
    [InlineData("alias.accesspoint.s3-global.amazonaws.com", "--algorithm sigv4a")]
    [InlineData("dynamodb.eu-west-1.amazonaws.com", null)]
    public void Of_TellsWhatMayBeOtherwise(string host, string? doubt) => Assert.Contains(doubt ?? "", HostHint.Of(host).Doubt ?? "", StringComparison.Ordinal);
}
