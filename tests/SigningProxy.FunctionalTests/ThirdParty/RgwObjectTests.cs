using System.Text;
using SigningProxy.FunctionalTests.Harness;

namespace SigningProxy.FunctionalTests.ThirdParty;

/// <summary>Odd keys and queries, signed with static keys: the gateway takes them, and takes none of them with another secret.</summary>
[Collection(nameof(RgwServer))]
public sealed class RgwObjectTests(RgwServer gateway)
{
    /// <summary>Keys that only S3 has, beside those of every verifier.</summary>
    public static TheoryData<string> Keys { get; } =
        [.. NpmVerifierTests.Keys.Select(row => row.Data), "raw+plus", "two//slashes", "a/./dot", "a/../dots", "cafe%CC%81", "%F0%9F%94%91", "percent%2525", "trailing/"];

    public static TheoryData<string> Queries { get; } =
        ["list-type=2&prefix=a&delimiter=%2F", "prefix=raw/slash", "prefix=a%20b&max-keys=3", "prefix=a+b", "prefix=caf%C3%A9&marker=%2B", "prefix=~%7E:@$,;", "acl", "versions&prefix=x", "z=1&a=2&B=3"];

    [Theory]
    [MemberData(nameof(Keys))]
    public async Task Objects_RightSecret_AreWrittenReadAndDeleted(string key)
    {
        gateway.Need();
        var bucket = await BucketAsync();
        Assert.Equal(200, (await SendAsync("PUT", $"/Objects{bucket}/{key}", key)).Status);
        var read = await SendAsync("GET", $"/Objects{bucket}/{key}");
        Assert.Equal((200, key), (read.Status, read.Body));
        Assert.Equal(204, (await SendAsync("DELETE", $"/Objects{bucket}/{key}")).Status);
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public async Task Objects_WrongSecret_AreRefused(string key)
    {
        gateway.Need();
        var bucket = await BucketAsync();
        Assert.Equal(403, (await SendAsync("PUT", $"/ObjectsWrong{bucket}/{key}", key)).Status);
        Assert.Equal(403, (await SendAsync("GET", $"/ObjectsWrong{bucket}/{key}")).Status);
        Assert.Equal(404, (await SendAsync("GET", $"/Objects{bucket}/{key}")).Status);
    }

    [Theory]
    [MemberData(nameof(Queries))]
    public async Task Queries_RightSecret_AreAnswered(string query)
    {
        gateway.Need();
        Assert.Equal(200, (await SendAsync("GET", $"/Objects{await BucketAsync()}?{query}")).Status);
    }

    [Theory]
    [MemberData(nameof(Queries))]
    public async Task Queries_WrongSecret_AreRefused(string query)
    {
        gateway.Need();
        Assert.Equal(403, (await SendAsync("GET", $"/ObjectsWrong{await BucketAsync()}?{query}")).Status);
    }

    private async Task<string> BucketAsync()
    {
        var bucket = $"/bucket-{Guid.NewGuid():N}";
        Assert.Equal(200, (await SendAsync("PUT", $"/Objects{bucket}")).Status);
        return bucket;
    }

    private Task<RawAnswer> SendAsync(string method, string target, string body = "") => RawClient.SendAsync(
        gateway.Proxy.Address,
        $"{method} {target} HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: {Encoding.Latin1.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}");
}
