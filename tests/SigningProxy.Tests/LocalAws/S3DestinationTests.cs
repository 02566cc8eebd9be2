using System.Net;
using System.Xml.Linq;

namespace SigningProxy.Tests.LocalAws;

public sealed class S3DestinationTests(RunningLocalAws aws) : IClassFixture<RunningLocalAws>
{
    private static readonly XNamespace Namespace = "http://s3.amazonaws.com/doc/2006-03-01/";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("plain.txt")]
    [InlineData("a b+c~d")]
    [InlineData("//double//slash//")]
    [InlineData("dots/./../x")]
    [InlineData("ünï/日本")]
    [InlineData("%41 100%")]
    [InlineData("q?h#f&a=b;c:d@e!$'()*,")]
    [InlineData("control\u0001\t")]
    public async Task Object_WhateverItsKey_RoundTripsByteForByte(string key)
    {
        using var put = await SendAsync("PUT", "keys/" + key, "content"u8.ToArray());
        Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        using var got = await SendAsync("GET", "keys/" + key);
        Assert.Equal("content", await got.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal("\"9a0364b9e99bb480dd25e1f0284c8555\"", got.Headers.ETag?.Tag);
        var listed = await ListAsync("keys", ("encoding-type", "url"));
        Assert.Contains(key, listed.Descendants(Namespace + "Key").Select(element => Uri.UnescapeDataString(element.Value)));
    }

    [Fact]
    public async Task Object_KeepsTypeAndMetadata_AndHeadTellsItsLength()
    {
        var headers = new Dictionary<string, string> { ["Content-Type"] = "text/x-demo", ["x-amz-meta-owner"] = "me" };
        using var put = await aws.SendAsync(aws.Signer("s3").Request("PUT", "meta/object", "12345"u8.ToArray(), headers));
        using var head = await SendAsync("HEAD", "meta/object");
        Assert.Equal(5, head.Content.Headers.ContentLength);
        Assert.Equal("text/x-demo", head.Content.Headers.ContentType?.ToString());
        Assert.Equal("me", Assert.Single(head.Headers.GetValues("x-amz-meta-owner")));
        Assert.Equal(aws.Time.GetUtcNow(), head.Content.Headers.LastModified);
    }

    [Fact]
    public async Task Object_WhenDeleted_IsGone()
    {
        using var put = await SendAsync("PUT", "gone/object", [1]);
        using var deleted = await SendAsync("DELETE", "gone/object");
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        await AssertErrorAsync(HttpStatusCode.NotFound, "NoSuchKey", SendAsync("GET", "gone/object"));
    }

    [Fact]
    public async Task Bucket_WhenCreated_IsListedEmpty()
    {
        await AssertErrorAsync(HttpStatusCode.NotFound, "NoSuchBucket", SendAsync("GET", "fresh"));
        using var created = await SendAsync("PUT", "fresh");
        Assert.Equal(HttpStatusCode.OK, created.StatusCode);
        Assert.Empty((await ListAsync("fresh")).Descendants(Namespace + "Contents"));
        using var buckets = await SendAsync("GET", "");
        Assert.Contains("<Name>fresh</Name>", await buckets.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Listing_WithPrefixAndDelimiter_ShowsKeysAndFolders()
    {
        foreach (var key in (string[])["a/1", "a/b/2", "a/b/3", "c"])
        {
            using var put = await SendAsync("PUT", "folders/" + key, [1]);
        }

        var listing = await ListAsync("folders", ("prefix", "a/"), ("delimiter", "/"));
        Assert.Equal(["a/1"], listing.Descendants(Namespace + "Key").Select(element => element.Value));
        Assert.Equal(["a/b/"], listing.Descendants(Namespace + "CommonPrefixes").Select(element => element.Value));
        Assert.Equal("2", listing.Element(Namespace + "KeyCount")?.Value);
    }

    [Theory]
    [InlineData("acl")]
    [InlineData("uploads")]
    public Task Object_WhenASubresourceIsAsked_IsNotImplemented(string name) => AssertErrorAsync(
        HttpStatusCode.NotImplemented, "NotImplemented", aws.SendAsync(aws.Signer("s3").Request("GET", "b/k", query: new Dictionary<string, string> { [name] = "x" })));

    [Fact]
    public async Task Object_WhenUnsigned_IsNotStored()
    {
        using var put = await aws.SendAsync("PUT", "/unsigned/object");
        Assert.Equal(HttpStatusCode.Forbidden, put.StatusCode);
        await AssertErrorAsync(HttpStatusCode.NotFound, "NoSuchBucket", SendAsync("GET", "unsigned/object"));
    }

    private static async Task AssertErrorAsync(HttpStatusCode status, string code, Task<HttpResponseMessage> sending)
    {
        using var response = await sending;
        Assert.Equal(status, response.StatusCode);
        Assert.Contains($"<Code>{code}</Code>", await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    private Task<HttpResponseMessage> SendAsync(string method, string path, byte[]? body = null) =>
        aws.SendAsync(aws.Signer("s3").Request(method, path, body));

    private async Task<XElement> ListAsync(string bucket, params (string Name, string Value)[] query)
    {
        var all = new Dictionary<string, string>(query.Select(parameter => KeyValuePair.Create(parameter.Name, parameter.Value))) { ["list-type"] = "2" };
        using var response = await aws.SendAsync(aws.Signer("s3").Request("GET", bucket, query: all));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return XElement.Parse(await response.Content.ReadAsStringAsync(Cancellation));
    }
}
