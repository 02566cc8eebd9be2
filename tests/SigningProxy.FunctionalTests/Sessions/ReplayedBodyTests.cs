using System.Security.Cryptography;
using System.Text;
using SigningProxy.FunctionalTests.Harness;
using SigningProxy.LocalAws;

namespace SigningProxy.FunctionalTests.Sessions;

public class ReplayedBodyTests
{
    private const int Spooled = 64 << 20;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0, false)]
    [InlineData(1024, false)]
    [InlineData(1 << 20, false)]
    [InlineData((1 << 20) + 1, false)]
    [InlineData(Spooled, false)]
    [InlineData(1024, true)]
    [InlineData((1 << 20) + 1, true)]
    public async Task Body_ThatIsHeld_IsSentTwiceByteForByte(int length, bool chunked)
    {
        await using var stage = await StartAsync();
        stage.Aws.Fail(LocalTarget.Destinations, LocalFault.Unauthorized, times: 1);
        var body = RandomNumberGenerator.GetBytes(length);
        var request = new HttpRequestMessage(HttpMethod.Post, "/One/x") { Content = new ByteArrayContent(body) { Headers = { ContentType = new("text/plain") } } };
        request.Headers.TransferEncodingChunked = chunked;

        var answer = await stage.SendAsync(request);

        answer.AssertReplayed();
        var hash = Convert.ToHexStringLower(SHA256.HashData(body));
        Assert.Contains(hash, answer.Text, StringComparison.Ordinal);
        var arrived = stage.Aws.Requests.Where(r => r.Target == LocalTarget.Destinations).ToList();
        Assert.Equal([(true, 401, length, hash), (true, 200, length, hash)], arrived.Select(r => (r.Verified, r.Status!.Value, (int)r.BodyLength!.Value, r.BodySha256!)));
        Assert.Equal(2, arrived.Select(r => r.AccessKeyId).Distinct().Count());
    }

    [Fact]
    public async Task Body_ThatStreamedByItsHash_IsNotSentAgain_AndTheNextCallHasTheNextSession()
    {
        await using var stage = await StartAsync();
        (await StreamAsync(stage)).AssertPlain();
        stage.Aws.RevokeSessions();
        stage.Aws.Fail(LocalTarget.Destinations, LocalFault.Unauthorized, times: 1);

        var answer = await StreamAsync(stage);

        Assert.Equal((401, "not-replayed; reason=streamed-body", """{"message":"Unauthorized"}"""), (answer.Status, answer.Replay, answer.Text));
        await Wait.UntilAsync(() => stage.Proxy.Count("Obtained a session") == 2, "the session was refreshed");
        (await StreamAsync(stage)).AssertPlain();
        Assert.Equal(new LocalCounts(AssumeRoleCalls: 2, SessionsIssued: 2, DestinationRequests: 3, DestinationRefusals: 1), stage.Aws.Counts);
    }

    [Fact]
    public async Task Body_ThatStreamedUnsigned_IsNotSentAgain_AndTheNextCallHasTheNextSession()
    {
        using var authority = new CertificateAuthority();
        using var certificate = authority.Issue("127.0.0.1");
        var pem = Path.GetTempFileName();
        await File.WriteAllTextAsync(pem, authority.Pem, Cancellation);
        await using var stage = await SessionStage.StartAsync(
            new LocalAwsOptions { Keys = [SessionCatalog.Asker], Roles = [new(SessionCatalog.Role)], Certificate = certificate },
            aws => new SessionCatalog().With("One", aws, SessionCatalog.AssumeRole(aws), "s3"),
            new Launch { Environment = new Dictionary<string, string> { ["SSL_CERT_FILE"] = pem } },
            SessionStage.CallsAlone);
        try
        {
            (await StreamAsync(stage, "UNSIGNED-PAYLOAD")).AssertPlain();
            stage.Aws.RevokeSessions();

            var answer = await StreamAsync(stage, "UNSIGNED-PAYLOAD");

            Assert.Equal((400, "not-replayed; reason=streamed-body"), (answer.Status, answer.Replay));
            Assert.Contains("<Code>ExpiredToken</Code>", answer.Text, StringComparison.Ordinal);
            await Wait.UntilAsync(() => stage.Proxy.Count("Obtained a session") == 2, "the session was refreshed");
            (await StreamAsync(stage, "UNSIGNED-PAYLOAD")).AssertPlain();
        }
        finally
        {
            File.Delete(pem);
        }
    }

    [Fact]
    public async Task Answer_ThatComesBeforeTheBodyIsTaken_IsHealedToo()
    {
        await using var aws = await LocalAwsServer.StartAsync(SessionStage.Believing(), Cancellation);
        await using var destination = new ScriptedDestination();
        await using var proxy = await ProxyProcess.StartAsync(new SessionCatalog().With("One", destination.Address, SessionCatalog.AssumeRole(aws.Address)).ToString());
        using var client = new HttpClient { BaseAddress = proxy.Address };
        var body = RandomNumberGenerator.GetBytes(8 << 20);
        var attempts = 0;
        var taken = new byte[body.Length];
        destination.Script = async (stream, cancellation) =>
        {
            if (Interlocked.Increment(ref attempts) == 1)
            {
                await ScriptedDestination.WriteAsync(stream, "HTTP/1.1 401 Unauthorized\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", cancellation);
                // What it has not taken makes the system reset the connection, once this ends.
                return;
            }
            await stream.ReadExactlyAsync(taken, cancellation);
            await ScriptedDestination.WriteAsync(stream, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\ntaken", cancellation);
        };

        using var content = new ByteArrayContent(body);
        using var answer = await client.PostAsync("/One/x", content, Cancellation);

        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal("replayed", Assert.Single(answer.Headers.GetValues("X-SigningProxy-Replay")));
        Assert.Equal("taken", await answer.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal(body, taken);
        Assert.Equal((2, 2), (attempts, (int)aws.Counts.AssumeRoleCalls));
    }

    [Fact]
    public async Task Word_OfTheDestination_DoesNotPassForOurs()
    {
        await using var aws = await LocalAwsServer.StartAsync(SessionStage.Believing(), Cancellation);
        await using var destination = new CannedDestination("HTTP/1.1 200 OK", "X-SigningProxy-Replay: replayed", "X-Theirs: kept");
        await using var proxy = await ProxyProcess.StartAsync(new SessionCatalog().With("One", destination.Address, SessionCatalog.AssumeRole(aws.Address)).ToString());

        var answer = await RawClient.GetAsync(proxy.Address, "/One/x");

        Assert.Contains("X-Theirs: kept", answer.Head, StringComparison.Ordinal);
        Assert.DoesNotContain("X-SigningProxy", answer.Head, StringComparison.OrdinalIgnoreCase);
    }

    private static Task<SessionStage> StartAsync() =>
        SessionStage.StartAsync(aws => new SessionCatalog().With("One", aws, SessionCatalog.AssumeRole(aws)), SessionStage.CallsAlone);

    /// <summary>Puts an object that streams past, under its hash or the word given for it.</summary>
    private static Task<SessionAnswer> StreamAsync(SessionStage stage, string? hash = null)
    {
        var body = Encoding.UTF8.GetBytes(new string('b', 5000));
        var request = new HttpRequestMessage(HttpMethod.Put, "/One/bucket/object") { Content = new ByteArrayContent(body) };
        request.Headers.Add("X-Amz-Content-Sha256", hash ?? Convert.ToHexStringLower(SHA256.HashData(body)));
        return stage.SendAsync(request);
    }
}
