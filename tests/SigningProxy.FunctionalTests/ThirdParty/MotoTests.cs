using SigningProxy.FunctionalTests.Harness;

namespace SigningProxy.FunctionalTests.ThirdParty;

/// <summary>External IDs, as another's STS judges them, and sessions, as another's IAM does.</summary>
public sealed class MotoTests(MotoServer moto) : IClassFixture<MotoServer>
{
    [Fact]
    public async Task ExternalId_WhenRight_GivesASessionThatMayDoWhatTheRoleMay()
    {
        moto.Need();
        await using var proxy = await ProxyProcess.StartAsync(moto.Catalog("dynamodb", MotoServer.ExternalId));

        var may = await TablesAsync(proxy, "ListTables", "{}");
        Assert.Equal((200, """{"TableNames":[]}"""), (may.Status, may.Body.Replace(" ", "", StringComparison.Ordinal)));
        var mayNot = await TablesAsync(proxy, "DescribeTable", """{"TableName":"x"}""");
        Assert.NotEqual(200, mayNot.Status);
        Assert.Contains("arn:aws:sts::123456789012:assumed-role/target/SigningProxy-One is not authorized to perform: dynamodb:DescribeTable", mayNot.Body, StringComparison.Ordinal);
        await proxy.WritesAsync("Obtained a session for Role-One");
    }

    [Fact]
    public async Task ExternalId_WhenWrong_IsAProblemForTheCallerAndStsSaysWhyInTheLog()
    {
        moto.Need();
        await using var proxy = await ProxyProcess.StartAsync(moto.Catalog("s3", "another-ext"));

        var answer = await BucketAsync(proxy, "of-the-wrong-external-id");

        Assert.Equal(503, answer.Status);
        Assert.Contains("application/problem+json", answer.Head, StringComparison.Ordinal);
        Assert.Contains("\"code\":\"session_unavailable\"", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("not authorized", answer.Body, StringComparison.Ordinal);
        await proxy.WritesAsync(
            $"STS at {moto.Address} refused with 403 AccessDenied: User: arn:aws:iam::123456789012:user/proxy is not authorized to perform: sts:AssumeRole");

        await using var right = await ProxyProcess.StartAsync(moto.Catalog("s3", MotoServer.ExternalId));
        Assert.Equal(200, (await BucketAsync(right, "of-the-right-external-id")).Status);
        await Wait.UntilAsync(() => moto.Log.Contains("PUT /of-the-right-external-id ", StringComparison.Ordinal), "moto logs the request that came last");
        Assert.DoesNotContain("/of-the-wrong-external-id", moto.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signature_OfAWrongSecret_IsRefused()
    {
        // What the tests above stand on: moto verifies.
        moto.Need();
        await using var proxy = await ProxyProcess.StartAsync(moto.KeyCatalog("dynamodb", "not-the-secret"));
        var answer = await TablesAsync(proxy, "ListTables", "{}");
        Assert.NotEqual(200, answer.Status);
        Assert.Contains("signature", answer.Body, StringComparison.OrdinalIgnoreCase);
    }

    private static Task<RawAnswer> TablesAsync(ProxyProcess proxy, string operation, string body) => RawClient.SendAsync(
        proxy.Address,
        $"POST /Target/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-amz-json-1.0\r\nX-Amz-Target: DynamoDB_20120810.{operation}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}");

    private static Task<RawAnswer> BucketAsync(ProxyProcess proxy, string name) =>
        RawClient.SendAsync(proxy.Address, $"PUT /Target/{name} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
}
