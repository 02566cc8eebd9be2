using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace SigningProxy.FunctionalTests.Callers.Sdks;

public sealed class DotNetSdkTests(LocalKeyStage stage) : SdkTests(stage), IClassFixture<LocalKeyStage>
{
    private readonly LocalKeyStage _stage = stage;

    [Fact]
    public async Task Sdk_AtTheOwnPortOfANamedCredential_IsItsCaller()
    {
        _stage.Aws.ClearRequests();
        using var dynamodb = Table(_stage.OwnPort, LocalKeyStage.OrdersKey, LocalKeyStage.SecretOf(LocalKeyStage.OrdersKey));

        await dynamodb.ListTablesAsync(TestContext.Current.CancellationToken);

        Assert.Equal([LocalKeyStage.SentBy(LocalKeyStage.OrdersKey)], _stage.Aws.Requests.Select(r => r.AccessKeyId));
    }

    private protected override async Task<SdkAnswer> CallAsync(Uri table, Uri files, string key, string secret, string bucket, string value)
    {
        var cancellation = TestContext.Current.CancellationToken;
        try
        {
            using var dynamodb = Table(table, key, secret);
            await dynamodb.PutItemAsync("orders", new() { ["id"] = new AttributeValue(key), ["value"] = new AttributeValue(value) }, cancellation);
            var item = await dynamodb.GetItemAsync("orders", new() { ["id"] = new AttributeValue(key) }, cancellation);

            using var s3 = new AmazonS3Client(
                new BasicAWSCredentials(key, secret), new AmazonS3Config { ServiceURL = files.AbsoluteUri, AuthenticationRegion = "eu-west-1", ForcePathStyle = true, MaxErrorRetry = 0 });
            await s3.PutBucketAsync(bucket, cancellation);
            var put = new PutObjectRequest { BucketName = bucket, Key = OddKey, ContentBody = value, UseChunkEncoding = false };
            put.Metadata["of"] = value;
            await s3.PutObjectAsync(put, cancellation);
            using var read = await s3.GetObjectAsync(bucket, OddKey, cancellation);
            using var text = new StreamReader(read.ResponseStream);
            return new SdkAnswer { Item = item.Item["value"].S, Object = await text.ReadToEndAsync(cancellation) };
        }
        catch (AmazonServiceException e)
        {
            return new SdkAnswer { Status = (int)e.StatusCode, Code = e.ErrorCode };
        }
    }

    private static AmazonDynamoDBClient Table(Uri endpoint, string key, string secret) => new(
        new BasicAWSCredentials(key, secret), new AmazonDynamoDBConfig { ServiceURL = endpoint.AbsoluteUri, AuthenticationRegion = "eu-west-1", MaxErrorRetry = 0 });
}
