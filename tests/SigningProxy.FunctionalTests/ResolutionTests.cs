using SigningProxy.FunctionalTests.Harness;
using SigningProxy.LocalAws;

namespace SigningProxy.FunctionalTests;

/// <summary>A public, a private and an object store's named credential, each with keys of its own.</summary>
public sealed class ThreeDestinations : IAsyncLifetime
{
    internal const string PublicKey = "AKIDEXAMPLE00PUBLIC";
    internal const string PrivateKey = "AKIDEXAMPLE0PRIVATE";
    internal const string FilesKey = "AKIDEXAMPLE000FILES";

    internal LocalAwsServer Aws { get; private set; } = null!;

    internal ProxyProcess Proxy { get; private set; } = null!;

    internal int OwnPort { get; private set; }

    public async ValueTask InitializeAsync()
    {
        Aws = await LocalAwsServer.StartAsync(new LocalAwsOptions
        {
            Keys = [new(PublicKey, "secret-public"), new(PrivateKey, "secret-private"), new(FilesKey, "secret-files")],
        });
        OwnPort = ProxyProcess.FreePort();
        Proxy = await ProxyProcess.StartAsync(new CatalogText()
            .With("Public", Aws.Address, PublicKey, "secret-public", fields: [$"listen: {OwnPort}"])
            .WithoutGrant("Private", Aws.Address, PrivateKey, "secret-private")
            .With("Based", new Uri(Aws.Address, "base/path/"), PublicKey, "secret-public")
            .With("Files", Aws.Address, FilesKey, "secret-files", "s3")
            .With("Wrong", Aws.Address, PublicKey, "another-secret")
            .With("Off", Aws.Address, PublicKey, "secret-public", fields: ["enabledForCallouts: false"])
            .With("Own", Aws.Address, PublicKey, "secret-public", fields: ["generateAuthorizationHeader: false"])
            .ToString());
    }

    public async ValueTask DisposeAsync()
    {
        await Proxy.DisposeAsync();
        await Aws.DisposeAsync();
    }
}

public sealed class ResolutionTests : IClassFixture<ThreeDestinations>
{
    private readonly ThreeDestinations _there;

    public ResolutionTests(ThreeDestinations there)
    {
        _there = there;
        there.Aws.ClearRequests();
    }

    [Theory]
    [InlineData("/Public/x", "localhost", "/x")]
    [InlineData("/pUBLIC/x", "localhost", "/x")]
    [InlineData("/Public", "localhost", "/")]
    [InlineData("/x/y", "Public.localhost", "/x/y")]
    [InlineData("/Private/x", "public.localhost:1", "/Private/x")]
    [InlineData("/Based/x", "localhost", "/base/path/x")]
    public async Task Name_ByPathOrHost_SignsForThatNamedCredential(string target, string host, string sent)
    {
        var answer = await RawClient.SendAsync(_there.Proxy.Address, $"GET {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");

        Assert.Equal(200, answer.Status);
        var seen = Assert.Single(_there.Aws.Requests);
        Assert.Equal((ThreeDestinations.PublicKey, true, sent), (seen.AccessKeyId, seen.Verified, seen.RawTarget));
    }

    [Fact]
    public async Task Name_ByOwnPort_LeavesTheWholePath()
    {
        var answer = await RawClient.GetAsync(new Uri($"http://127.0.0.1:{_there.OwnPort}"), "/Private/x");

        Assert.Equal(200, answer.Status);
        Assert.Equal("/Private/x", Assert.Single(_there.Aws.Requests).RawTarget);
    }

    [Theory]
    [InlineData("/Public/../Private/x", "localhost", 400)]
    [InlineData("/Public/%2e%2e/Private/x", "localhost", 400)]
    [InlineData("/Public/..%2fPrivate/x", "localhost", 400)]
    [InlineData("/Based/..", "localhost", 400)]
    [InlineData("/%50rivate/x", "localhost", 403)]
    [InlineData("/%50ublic/x", "localhost", 403)]
    [InlineData("/%50ublic", "localhost", 403)]
    [InlineData("//Private/x", "localhost", 403)]
    [InlineData("/Private/x", "localhost", 403)]
    [InlineData("/Nowhere/x", "localhost", 403)]
    [InlineData("/x", "Private.localhost", 403)]
    [InlineData("/Public/x", "Nowhere.localhost", 403)]
    [InlineData("/Off/x", "localhost", 403)]
    [InlineData("/Public/a\tb", "localhost", 400)]
    [InlineData("/Public/a\u0001b", "localhost", 400)]
    [InlineData("/Public/a\u007fb", "localhost", 400)]
    [InlineData("/Public/a\\b", "localhost", 400)]
    [InlineData("/Public/a#b", "localhost", 400)]
    [InlineData("/Public/%zz", "localhost", 400)]
    [InlineData("/Public/x?a=%4", "localhost", 400)]
    [InlineData("http://localhost/Public/x", "localhost", 400)]
    [InlineData("/Public/x", "example.com", 403)]
    [InlineData("/Public/x", "0.0.0.0", 403)]
    public async Task Target_ThatMustNotPass_IsRefusedAndNothingArrives(string target, string host, int status)
    {
        var answer = await RawClient.SendAsync(_there.Proxy.Address, $"GET {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");

        Assert.Equal(status, answer.Status);
        Assert.Empty(_there.Aws.Requests);
    }

    [Fact]
    public async Task UnknownAndForbidden_ReadAlike()
    {
        var unknown = await RawClient.GetAsync(_there.Proxy.Address, "/Privatf/x");
        var forbidden = await RawClient.GetAsync(_there.Proxy.Address, "/Private/x");

        Assert.Equal(Plain(unknown, "Privatf"), Plain(forbidden, "Private"));
        Assert.Contains("access_denied", forbidden.Body, StringComparison.Ordinal);
        Assert.Empty(_there.Aws.Requests);

        static string Plain(RawAnswer answer, string name) =>
            System.Text.RegularExpressions.Regex.Replace(answer.Head + answer.Body, "(?<=traceId\":\")[^\"]*|(?<=Date: ).*", "").Replace(name, "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site: cross-site")]
    [InlineData("Sec-Fetch-Site: same-site")]
    [InlineData("Origin: http://localhost:3000")]
    [InlineData("Origin: null")]
    [InlineData("Host: localhost")]
    [InlineData("X-SigningProxy-A: 1\r\nX-SigningProxy-A: 2")]
    public async Task Headers_OfABrowserOrRepeated_AreRefusedAndNothingArrives(string lines)
    {
        var answer = await RawClient.GetAsync(_there.Proxy.Address, "/Public/x", lines);

        Assert.InRange(answer.Status, 400, 403);
        Assert.Empty(_there.Aws.Requests);
    }

    [Fact]
    public async Task Host_MissingInHttp10_IsRefusedAndNothingArrives()
    {
        var answer = await RawClient.SendAsync(_there.Proxy.Address, "GET /Public/x HTTP/1.0\r\n\r\n");

        Assert.Equal(400, answer.Status);
        Assert.Empty(_there.Aws.Requests);
    }

    [Theory]
    [InlineData("/Public/a%2Fb", "/a%2Fb")]
    [InlineData("/Public/a%20b", "/a%20b")]
    [InlineData("/Public/a//b/./c/../d/", "/a/b/d/")]
    [InlineData("/Public/caf%C3%A9~%7E", "/caf%C3%A9~%7E")]
    [InlineData("/Public/x?b=2&a=1", "/x?a=1&b=2")]
    [InlineData("/Public/x?acl", "/x?acl=")]
    [InlineData("/Public/x?q=a+b&r=%7e%2f/", "/x?q=a%20b&r=~%2F%2F")]
    [InlineData("/Public/x?k=2&k=1", "/x?k=2&k=1")]
    [InlineData("/Public/x?X-Amz-Signature=1&X-Amz-Algorithm=2&X-Amz-Credential=3&ok=1", "/x?ok=1")]
    public async Task Target_IsSentAsItIsSigned(string target, string sent)
    {
        var answer = await RawClient.GetAsync(_there.Proxy.Address, target);

        Assert.Equal(200, answer.Status);
        var seen = Assert.Single(_there.Aws.Requests);
        Assert.Equal((true, sent), (seen.Verified, seen.RawTarget));
    }

    [Theory]
    [InlineData("/shelf/a//b/./c")]
    [InlineData("/shelf/a%2Fb+c%7Ed")]
    [InlineData("/shelf/:@$&,;=!'()*")]
    public async Task Target_OfTheS3Family_IsSentByteForByte(string path)
    {
        var answer = await RawClient.SendAsync(
            _there.Proxy.Address, $"PUT /Files{path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc");

        Assert.Equal(200, answer.Status);
        var seen = Assert.Single(_there.Aws.Requests);
        Assert.Equal((true, path), (seen.Verified, seen.RawTarget));
    }

    [Fact]
    public async Task Signature_OfTheCaller_IsReplaced()
    {
        var answer = await RawClient.GetAsync(
            _there.Proxy.Address, "/Public/x", "Authorization: AWS4-HMAC-SHA256 Credential=stale", "X-Amz-Date: 20000101T000000Z", "X-Amz-Security-Token: stale");

        Assert.Equal(200, answer.Status);
        Assert.DoesNotContain("stale", answer.Body, StringComparison.OrdinalIgnoreCase);
        Assert.True(Assert.Single(_there.Aws.Requests).Verified);
    }

    [Fact]
    public async Task Headers_ThatConnectionNames_StayOnThisHop()
    {
        using var client = new HttpClient { BaseAddress = _there.Proxy.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/Public/x");
        request.Headers.Add("Connection", "X-Amz-Hop");
        request.Headers.Add("X-Amz-Hop", "1");
        request.Headers.Add("X-Amz-Kept", "1");

        var answer = await (await client.SendAsync(request, TestContext.Current.CancellationToken)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.DoesNotContain("X-Amz-Hop", answer, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("x-amz-kept:1", answer, StringComparison.Ordinal);
        Assert.True(Assert.Single(_there.Aws.Requests).Verified);
    }

    [Fact]
    public async Task GenerateAuthorizationHeader_Off_SendsTheCallersOwn()
    {
        await RawClient.GetAsync(_there.Proxy.Address, "/Own/a//b?z=1&a=+", "Authorization: AWS4-HMAC-SHA256 Credential=X/20200101/r/s/aws4_request, SignedHeaders=host, Signature=0");

        var seen = Assert.Single(_there.Aws.Requests);
        Assert.Equal((false, "/a//b?z=1&a=+"), (seen.Verified, seen.RawTarget));
    }

    [Fact]
    public async Task Secret_ThatIsWrong_IsRefusedByTheDestination()
    {
        var answer = await RawClient.GetAsync(_there.Proxy.Address, "/Wrong/x");

        Assert.Equal(403, answer.Status);
        Assert.False(Assert.Single(_there.Aws.Requests).Verified);
    }
}
