using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using SigningProxy.LocalAws;

namespace SigningProxy.Tests.LocalAws;

public sealed class LocalAwsServerTests(RunningLocalAws aws) : IClassFixture<RunningLocalAws>
{
    private const string EmptySha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private const string BodySha256 = "230d8358dc8e8890b4c58deeb62912ee2f20357ae92a5cc861b98e68fe31acb5";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    [InlineData("PATCH")]
    [InlineData("HEAD")]
    public async Task AnyService_WhenSigned_IsVerifiedWhateverTheMethod(string method)
    {
        using var response = await aws.SendAsync(aws.Signer("execute-api").Request(method, "orders/a b/ü+~", query: new Dictionary<string, string> { ["q"] = "1 +2&/é" }));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(RunningLocalAws.Key.AccessKeyId, Assert.Single(response.Headers.GetValues("x-local-aws-verified")));
        Assert.Equal("20260228/eu-west-1/execute-api/aws4_request", Assert.Single(response.Headers.GetValues("x-local-aws-scope")));
    }

    [Fact]
    public async Task Echo_TellsWhatWasReceivedAndSigned()
    {
        var headers = new Dictionary<string, string> { ["Content-Type"] = "application/json", ["X-Amz-Target"] = "Ping" };
        using var response = await aws.SendAsync(aws.Signer("bedrock").Request("POST", "model/x:1/invoke", "{}"u8.ToArray(), headers));
        using var echo = await JsonAsync(response);
        var root = echo.RootElement;
        Assert.True(root.GetProperty("verified").GetBoolean());
        Assert.Equal("AKIDTESTS", root.GetProperty("accessKeyId").GetString());
        Assert.Equal("bedrock", root.GetProperty("scope").GetProperty("service").GetString());
        Assert.Equal("POST", root.GetProperty("method").GetString());
        Assert.Equal("/model/x%3A1/invoke", root.GetProperty("rawTarget").GetString());
        Assert.Equal(2, root.GetProperty("bodyLength").GetInt32());
        Assert.Equal("44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a", root.GetProperty("bodySha256").GetString());
        Assert.Equal("/model/x%253A1/invoke", root.GetProperty("canonicalRequest")[1].GetString());
        Assert.Contains("x-amz-target", root.GetProperty("signedHeaders").EnumerateArray().Select(name => name.GetString()));
    }

    [Fact]
    public async Task Echo_WhenTheKeyIsTemporary_ShowsNeitherTokenNorSignature()
    {
        var key = new LocalKey("ASIATEMPORARY", "secret", "the-session-token");
        await using var server = await LocalAwsServer.StartAsync(new() { Keys = [key], TimeProvider = aws.Time }, Cancellation);
        var request = new SdkSigner(server.Address, key, "lambda", aws.Time).Request("GET", "x");
        var signature = request.Headers.GetValues("Authorization").Single().Split("Signature=")[1];
        using var response = await aws.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.DoesNotContain("the-session-token", text, StringComparison.Ordinal);
        Assert.DoesNotContain(signature, text, StringComparison.Ordinal);
        Assert.Contains("x-amz-security-token:(redacted)", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lambda", HttpStatusCode.Forbidden, "\"__type\":\"SignatureDoesNotMatch\"")]
    [InlineData("dynamodb", HttpStatusCode.BadRequest, "\"__type\":\"SignatureDoesNotMatch\"")]
    [InlineData("s3", HttpStatusCode.Forbidden, "<Error><Code>SignatureDoesNotMatch</Code>")]
    public async Task WrongSecret_IsRefusedInTheServicesShapeWithTheCalculation(string service, HttpStatusCode status, string shape)
    {
        var signer = new SdkSigner(aws.Server.Address, RunningLocalAws.Key with { Secret = "wrong" }, service, aws.Time);
        using var response = await aws.SendAsync(signer.Request("GET", "some/path"));
        var text = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.Equal(status, response.StatusCode);
        Assert.Contains(shape, text, StringComparison.Ordinal);
        Assert.Contains("/some/path", text, StringComparison.Ordinal);
        Assert.Contains($"20260228/eu-west-1/{service}/aws4_request", text, StringComparison.Ordinal);
        Assert.False(response.Headers.Contains("x-local-aws-verified"));
    }

    [Fact]
    public async Task Unsigned_IsRefused()
    {
        using var response = await aws.SendAsync("GET", "/anything");
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal("MissingAuthenticationToken", Assert.Single(response.Headers.GetValues("x-amzn-errortype")));
    }

    [Fact]
    public async Task Requests_TellsRefusedAndVerifiedOnesInOrder_AndCanBeCleared()
    {
        await using var server = await LocalAwsServer.StartAsync(new() { Keys = [RunningLocalAws.Key], TimeProvider = aws.Time }, Cancellation);
        using var health = await aws.SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(server.Address, "_local/health")));
        Assert.Equal("ok\n", await health.Content.ReadAsStringAsync(Cancellation));
        using var unsigned = await aws.SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(server.Address, "a%2Fb?c")));
        using var signed = await aws.SendAsync(new SdkSigner(server.Address, RunningLocalAws.Key, "lambda", aws.Time).Request("PUT", "x", "body"u8.ToArray()));
        var host = server.Address.Authority;
        SeenRequest[] expected =
        [
            new("GET", "/a%2Fb?c", null, false, "MissingAuthenticationToken", host) { Status = 403, BodyLength = 0, BodySha256 = EmptySha256 },
            new("PUT", "/x", RunningLocalAws.Key.AccessKeyId, true, null, host) { Status = 200, BodyLength = 4, BodySha256 = BodySha256 },
        ];
        Assert.Equal(expected, server.Requests);

        var requests = new Uri(server.Address, "_local/requests");
        using var listed = await aws.SendAsync(new HttpRequestMessage(HttpMethod.Get, requests));
        using var json = await JsonAsync(listed);
        Assert.Equal(["/a%2Fb?c", "/x"], json.RootElement.GetProperty("requests").EnumerateArray().Select(seen => seen.GetProperty("rawTarget").GetString()));

        using var cleared = await aws.SendAsync(new HttpRequestMessage(HttpMethod.Delete, requests));
        Assert.Equal(HttpStatusCode.NoContent, cleared.StatusCode);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Requests_WhenThereWereMany_KeepsTheLatestHundred()
    {
        await using var server = await LocalAwsServer.StartAsync(new(), Cancellation);
        for (var i = 0; i < 103; i++)
        {
            using var response = await aws.SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(server.Address, $"{i}")));
        }

        Assert.Equal(100, server.Requests.Count);
        Assert.Equal("/3", server.Requests[0].RawTarget);
        Assert.Equal("/102", server.Requests[^1].RawTarget);
    }

    [Fact]
    public async Task RawTarget_WhenOdd_IsTakenAsItCame()
    {
        using var client = new TcpClient();
        await client.ConnectAsync(aws.Server.Address.Host, aws.Server.Address.Port, Cancellation);
        await client.GetStream().WriteAsync("GET /a/../%2e%2e//_local/health?+x HTTP/1.1\r\nHost: odd\r\nConnection: close\r\n\r\n"u8.ToArray(), Cancellation);
        using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
        Assert.StartsWith("HTTP/1.1 403", await reader.ReadToEndAsync(Cancellation), StringComparison.Ordinal);
        Assert.Contains(aws.Server.Requests, seen => seen is { RawTarget: "/a/../%2e%2e//_local/health?+x", Host: "odd" });
    }

    [Fact]
    public async Task StartAsync_WhenThePortIsTaken_SaysWhich()
    {
        var port = aws.Server.Address.Port;
        var exception = await Assert.ThrowsAsync<IOException>(() => LocalAwsServer.StartAsync(new() { Port = port }, Cancellation));
        Assert.Equal($"Port {port} on 127.0.0.1 is in use by another program.", exception.Message);
    }

    [Fact]
    public void LocalKey_WhenPrinted_ShowsItsIdAlone() =>
        Assert.Equal("AKID", new LocalKey("AKID", "secret", "token").ToString());

    private static async Task<JsonDocument> JsonAsync(HttpResponseMessage response) =>
        JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancellation));
}
