namespace SigningProxy.FunctionalTests.Callers.Sdks;

/// <summary>What one of AWS's SDKs does with a local key pair and no code of the proxy's: write and read an item, a bucket and an object.</summary>
public abstract class SdkTests(LocalKeyStage stage)
{
    private protected const string OddKey = "a b+c/ü.txt";

    [Theory]
    [InlineData(LocalKeyStage.OrdersKey)]
    [InlineData(LocalKeyStage.BillingKey)]
    public async Task Sdk_WithItsLocalKey_IsItsCaller_AndItsPrincipalSigns(string key)
    {
        stage.Aws.ClearRequests();

        Assert.Equal(new SdkAnswer { Item = $"of {key}", Object = $"of {key}" }, await CallAsync(stage.Address, key, LocalKeyStage.SecretOf(key)));

        Assert.Equal(
            ["POST /", "POST /", "PUT ", "PUT ", "GET "],
            stage.Aws.Requests.Select(r => r.Method == "POST" ? $"POST {r.RawTarget}" : $"{r.Method} "));
        Assert.All(stage.Aws.Requests, r => Assert.Equal((LocalKeyStage.SentBy(key), true), (r.AccessKeyId, r.Verified)));
        Assert.DoesNotContain(LocalKeyStage.SecretOf(key), stage.Proxy.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(LocalKeyStage.OrdersKey, LocalKeyStage.BillingKey)]
    [InlineData("LOCALNOBODY00001", LocalKeyStage.OrdersKey)]
    public async Task Sdk_WithAnothersSecret_IsRefused(string key, string secretOf)
    {
        stage.Aws.ClearRequests();

        Assert.Equal(new SdkAnswer { Status = 401, Code = "UnrecognizedClientException" }, await CallAsync(stage.Address, key, LocalKeyStage.SecretOf(secretOf)));

        Assert.Empty(stage.Aws.Requests);
    }

    private protected abstract Task<SdkAnswer> CallAsync(Uri table, Uri files, string key, string secret, string bucket, string value);

    private Task<SdkAnswer> CallAsync(Uri proxy, string key, string secret) =>
        CallAsync(new Uri(proxy, "/Table"), new Uri(proxy, "/Files"), key, secret, $"bucket-{Guid.NewGuid():N}", $"of {key}");
}

/// <summary>What came of it: what was read, or the status and AWS's code of the refusal.</summary>
internal sealed record SdkAnswer
{
    public string? Item { get; init; }

    public string? Object { get; init; }

    public int? Status { get; init; }

    public string? Code { get; init; }
}
