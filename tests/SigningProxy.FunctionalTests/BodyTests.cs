using System.Net;
using System.Security.Cryptography;
using System.Text;
using SigningProxy.FunctionalTests.Harness;
using SigningProxy.LocalAws;

namespace SigningProxy.FunctionalTests;

public sealed class SmallLimits : IAsyncLifetime
{
    internal const int Memory = 1000;
    internal const int Spool = 100_000;

    internal LocalAwsServer Aws { get; private set; } = null!;

    internal ProxyProcess Proxy { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Aws = await LocalAwsServer.StartAsync(new LocalAwsOptions { Keys = [new("AKIDEXAMPLE0000BODY", "secret-body")] });
        Proxy = await ProxyProcess.StartAsync(
            new CatalogText().With("Echo", Aws.Address, "AKIDEXAMPLE0000BODY", "secret-body").WithoutGrant("Closed", Aws.Address, "AKIDEXAMPLE0000BODY", "secret-body").ToString(),
            "--set", $"SigningProxy:Bodies:MemoryLimitBytes={Memory}",
            "--set", $"SigningProxy:Bodies:SpoolLimitBytes={Spool}",
            "--set", $"SigningProxy:Bodies:TotalMemoryBytes={32 * 1024}",
            "--set", $"SigningProxy:Bodies:TotalSpoolBytes={Spool}");
    }

    public async ValueTask DisposeAsync()
    {
        await Proxy.DisposeAsync();
        await Aws.DisposeAsync();
    }
}

public sealed class BodyTests : IClassFixture<SmallLimits>
{
    private readonly SmallLimits _there;

    public BodyTests(SmallLimits there)
    {
        _there = there;
        there.Aws.ClearRequests();
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(SmallLimits.Memory, false)]
    [InlineData(SmallLimits.Memory + 1, false)]
    [InlineData(SmallLimits.Spool, false)]
    [InlineData(1, true)]
    [InlineData(SmallLimits.Memory + 1, true)]
    [InlineData(SmallLimits.Spool, true)]
    public async Task Body_WithinTheLimits_ArrivesSignedAndByteForByte(int length, bool chunked)
    {
        var body = RandomNumberGenerator.GetBytes(length);

        var (status, answer) = await SendAsync("/Echo/x", body, chunked);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains(Convert.ToHexStringLower(SHA256.HashData(body)), answer, StringComparison.Ordinal);
        Assert.True(Assert.Single(_there.Aws.Requests).Verified);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Body_BeyondTheLimit_IsRefusedAndNothingArrives(bool chunked)
    {
        var (status, answer) = await SendAsync("/Echo/x", new byte[SmallLimits.Spool + 1], chunked);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
        Assert.Contains("body_too_large", answer, StringComparison.Ordinal);
        Assert.Empty(_there.Aws.Requests);
    }

    [Theory]
    [InlineData("/Echo/x", SmallLimits.Spool + 1, 413)]
    [InlineData("/Closed/x", 10, 403)]
    [InlineData("/Nowhere/x", 10, 403)]
    public async Task Body_ThatIsRefused_IsNotAskedFor(string target, int length, int status)
    {
        var answer = await RawClient.SendAsync(
            _there.Proxy.Address, $"POST {target} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {length}\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n");

        // The first status line would be 100 if the body had been asked for.
        Assert.Equal(status, answer.Status);
        Assert.Empty(_there.Aws.Requests);
    }

    [Fact]
    public async Task Body_BeyondTheLimitWithItsHash_Streams()
    {
        var body = RandomNumberGenerator.GetBytes(SmallLimits.Spool * 3);

        var (status, _) = await SendAsync("/Echo/x", body, chunked: false, Convert.ToHexString(SHA256.HashData(body)));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.True(Assert.Single(_there.Aws.Requests).Verified);
    }

    [Theory]
    [InlineData("STREAMING-AWS4-HMAC-SHA256-PAYLOAD", 501)]
    [InlineData("STREAMING-UNSIGNED-PAYLOAD-TRAILER", 501)]
    [InlineData("abc", 400)]
    [InlineData("", 400)]
    public async Task ContentSha256_ThatCannotBeHonoured_IsRefusedAndNothingArrives(string given, int status)
    {
        var (answered, _) = await SendAsync("/Echo/x", [1, 2, 3], chunked: false, given);

        Assert.Equal(status, (int)answered);
        Assert.Empty(_there.Aws.Requests);
    }

    [Fact]
    public async Task ContentSha256_NotThatOfAHeldBody_IsRefusedAndNothingArrives()
    {
        var (status, answer) = await SendAsync("/Echo/x", [1, 2, 3], chunked: true, new string('0', 64));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("content_sha256_mismatch", answer, StringComparison.Ordinal);
        Assert.Empty(_there.Aws.Requests);
    }

    [Fact]
    public async Task UnsignedPayload_OverPlainHttp_IsHashedAllTheSame()
    {
        var (status, answer) = await SendAsync("/Echo/x", [1, 2, 3], chunked: false, "UNSIGNED-PAYLOAD");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.DoesNotContain("UNSIGNED-PAYLOAD", answer, StringComparison.Ordinal);
        Assert.True(Assert.Single(_there.Aws.Requests).Verified);
    }

    [Fact]
    public async Task Body_CutShort_IsRefusedAndNothingArrives()
    {
        using (var socket = new System.Net.Sockets.TcpClient(_there.Proxy.Address.Host, _there.Proxy.Address.Port))
            await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes("POST /Echo/cut HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nabc"), Cancellation);
        // Answered after the cut one was given up or would have been sent on.
        await SendAsync("/Echo/after", [1], chunked: false);

        Assert.DoesNotContain(_there.Aws.Requests, r => r.RawTarget == "/cut");
    }

    [Fact]
    public async Task Room_TakenByAnother_IsToldWithRetryAfterAndNothingArrives()
    {
        using var holder = new System.Net.Sockets.TcpClient(_there.Proxy.Address.Host, _there.Proxy.Address.Port);
        var head = $"POST /Echo/held HTTP/1.1\r\nHost: localhost\r\nContent-Length: {SmallLimits.Spool}\r\nExpect: 100-continue\r\n\r\n";
        await holder.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head), Cancellation);
        // 100 Continue says that its room has been taken.
        var first = new byte[12];
        await holder.GetStream().ReadExactlyAsync(first, Cancellation);
        Assert.Equal("HTTP/1.1 100", Encoding.ASCII.GetString(first));

        var answer = await RawClient.SendAsync(
            _there.Proxy.Address, $"POST /Echo/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: {SmallLimits.Spool}\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n");

        Assert.Equal(503, answer.Status);
        Assert.Contains("Retry-After: 1", answer.Head, StringComparison.Ordinal);
        Assert.Empty(_there.Aws.Requests);

        holder.Dispose();
        await Wait.UntilAsync(
            async () => (await SendAsync("/Echo/x", new byte[SmallLimits.Spool], chunked: false)).Status == HttpStatusCode.OK, "the room of a caller who went away is free");
    }

    [Fact]
    public async Task Room_IsFreeOnceTheAnswerBegins()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var destination = new ScriptedDestination
        {
            Script = async (stream, cancellation) =>
            {
                await stream.ReadExactlyAsync(new byte[SmallLimits.Spool], cancellation);
                await ScriptedDestination.WriteAsync(stream, "HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nhalf", cancellation);
                await gate.Task.WaitAsync(cancellation);
                await ScriptedDestination.WriteAsync(stream, "half", cancellation);
            },
        };
        await using var proxy = await ProxyProcess.StartAsync(
            new CatalogText().With("Slow", destination.Address, "AKIDEXAMPLE0000BODY", "secret-body").ToString(),
            "--set", $"SigningProxy:Bodies:MemoryLimitBytes={SmallLimits.Memory}", "--set", $"SigningProxy:Bodies:SpoolLimitBytes={SmallLimits.Spool}", "--set", $"SigningProxy:Bodies:TotalSpoolBytes={SmallLimits.Spool}");
        using var client = new HttpClient { BaseAddress = proxy.Address };
        using var limit = Wait.Limit();

        using var first = await BeginAsync();
        // There is room for one body, and the answer to the first has not ended.
        using var second = await BeginAsync();
        gate.SetResult();

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first.StatusCode, second.StatusCode));
        Assert.Equal("halfhalf", await first.Content.ReadAsStringAsync(limit.Token));

        async Task<HttpResponseMessage> BeginAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Put, "/Slow/x") { Content = new ByteArrayContent(new byte[SmallLimits.Spool]) };
            return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
        }
    }

    private async Task<(HttpStatusCode Status, string Body)> SendAsync(string target, byte[] body, bool chunked, string? sha256 = null)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_there.Proxy.Address, target)) { Content = new ByteArrayContent(body) };
        request.Headers.TransferEncodingChunked = chunked;
        if (sha256 is not null)
            request.Headers.TryAddWithoutValidation("X-Amz-Content-Sha256", sha256);
        using var answer = await client.SendAsync(request, Cancellation);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
    }
}
