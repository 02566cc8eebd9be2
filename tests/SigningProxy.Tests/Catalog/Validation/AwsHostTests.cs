using SigningProxy.Catalog.Validation;

namespace SigningProxy.Tests.Catalog.Validation;

public sealed class AwsHostTests
{
    [Theory]
    [InlineData("dynamodb.eu-west-1.amazonaws.com", "dynamodb", "eu-west-1")]
    [InlineData("DynamoDB.eu-west-1.amazonaws.com", "dynamodb", "eu-west-1")]
    [InlineData("dynamodb.cn-north-1.amazonaws.com.cn", "dynamodb", "cn-north-1")]
    [InlineData("dynamodb.eusc-de-east-1.amazonaws.eu", "dynamodb", "eusc-de-east-1")]
    [InlineData("dynamodb-fips.us-gov-west-1.amazonaws.com", "dynamodb", "us-gov-west-1")]
    [InlineData("bedrock-runtime.us-east-1.amazonaws.com", "bedrock", "us-east-1")]
    [InlineData("bedrock-agent-runtime.us-east-1.amazonaws.com", "bedrock", "us-east-1")]
    [InlineData("email.eu-west-1.amazonaws.com", "ses", "eu-west-1")]
    [InlineData("abc-ats.iot.eu-west-1.amazonaws.com", "iotdata", "eu-west-1")]
    [InlineData("a1b2.execute-api.eu-west-1.amazonaws.com", "execute-api", "eu-west-1")]
    [InlineData("vpce-0a1b.execute-api.eu-west-1.vpce.amazonaws.com", "execute-api", "eu-west-1")]
    [InlineData("abc.lambda-url.eu-west-1.on.aws", "lambda", "eu-west-1")]
    [InlineData("abc.eu-west-1.aoss.amazonaws.com", "aoss", "eu-west-1")]
    [InlineData("search-x.eu-west-1.es.amazonaws.com", "es", "eu-west-1")]
    [InlineData("aps-workspaces.eu-west-1.amazonaws.com", "aps", "eu-west-1")]
    [InlineData("bucket.s3.eu-west-1.amazonaws.com", "s3", "eu-west-1")]
    [InlineData("bucket.s3.dualstack.eu-west-1.amazonaws.com", "s3", "eu-west-1")]
    [InlineData("b--use1-az4--x-s3.s3express-use1-az4.us-east-1.amazonaws.com", "s3express", "us-east-1")]
    [InlineData("db.cluster-x.eu-west-1.neptune.amazonaws.com", "neptune-db", "eu-west-1")]
    [InlineData("sqs.eu-west-1.api.aws", "sqs", "eu-west-1")]
    [InlineData("s3.amazonaws.com", "s3", null)]
    [InlineData("iam.amazonaws.com", "iam", null)]
    [InlineData("iam.us-gov.amazonaws.com", "iam", null)]
    [InlineData("s3-eu-west-1.amazonaws.com", "s3", "eu-west-1")]
    [InlineData("bucket.s3-eu-west-1.amazonaws.com", "s3", "eu-west-1")]
    [InlineData("alias.accesspoint.s3-global.amazonaws.com", "s3", null)]
    [InlineData("eu-west-1.queue.amazonaws.com", "sqs", "eu-west-1")]
    public void Parse_WhenOfAws_TellsServiceAndRegion(string host, string service, string? region)
    {
        var read = AwsHost.Parse(host);
        Assert.Equal(service, read!.SigningNames[0]);
        Assert.Equal(region, read.Region);
    }

    [Fact]
    public void Parse_WhenTheLabelIsUnknown_TellsTheRegionAlone()
    {
        var read = AwsHost.Parse("brandnew.eu-west-1.amazonaws.com");
        Assert.Empty(read!.SigningNames);
        Assert.Equal("eu-west-1", read.Region);
    }

    [Theory]
    [InlineData("example.com")]
    [InlineData("amazonaws.com")]
    [InlineData("dynamodb.eu-west-1.amazonaws.com.example.com")]
    [InlineData("evilamazonaws.com")]
    public void Parse_WhenNotOfAws_IsNull(string host) => Assert.Null(AwsHost.Parse(host));

    [Theory]
    [InlineData("sts.amazonaws.com", true)]
    [InlineData("sts.eu-west-1.amazonaws.com", true)]
    [InlineData("sts-fips.us-east-1.amazonaws.com", true)]
    [InlineData("vpce-0a.sts.eu-west-1.vpce.amazonaws.com", true)]
    [InlineData("sqs.eu-west-1.amazonaws.com", false)]
    public void IsSts_Tells(string host, bool sts) => Assert.Equal(sts, AwsHost.Parse(host)!.IsSts);
}
