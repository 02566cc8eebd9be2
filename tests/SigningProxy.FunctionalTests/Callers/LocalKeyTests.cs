using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using SigningProxy.FunctionalTests.Harness;
using SigningProxy.SigV4;

namespace SigningProxy.FunctionalTests.Callers;

/// <summary>What a local signature covers, and what becomes of it, on the wire.</summary>
public sealed class LocalKeyTests(LocalKeyStage stage) : IClassFixture<LocalKeyStage>
{
    private static readonly string Orders = LocalKeyStage.SentBy(LocalKeyStage.OrdersKey);
    private static readonly string Billing = LocalKeyStage.SentBy(LocalKeyStage.BillingKey);
    private static readonly string BodyHash = PayloadHash.Of("a body"u8).Value;

    [Theory]
    [InlineData("", "", 200)]
    [InlineData("\r\nX-Amz-Date", "\r\nX-SigningProxy-Principal: Orders\r\nX-Amz-Date", 401)]
    [InlineData("\r\nX-Amz-Date", "\r\nX-Amz-Target: T\r\nX-Amz-Date", 401)]
    [InlineData("/Api/x", "/Api/y", 401)]
    [InlineData("/Api/x", "/Bare/x", 401)]
    [InlineData("/Api/x", "/Api/x?a=b", 401)]
    [InlineData("/Api/x", "/Table/../Api/x", 400)]
    [InlineData("/Api/x", "/Absent/../Api/x", 400)]
    [InlineData("POST", "PUT", 401)]
    [InlineData("a body", "A body", 401)]
    [InlineData("Host: localhost", "Host: 127.0.0.1", 401)]
    [InlineData("execute-api", "s3", 401)]
    [InlineData(LocalKeyStage.BillingKey, LocalKeyStage.OrdersKey, 401)]
    [InlineData(LocalKeyStage.BillingKey, "LOCALNOBODY00001", 401)]
    public async Task CapturedRequest_ChangedByAnything_IsRefused(string captured, string changed, int status)
    {
        var text = new LocalRequest { Key = LocalKeyStage.BillingKey }.Text();

        Assert.Equal((status, status == 200 ? Billing : null), await SendAsync(captured.Length == 0 ? text : text.Replace(captured, changed, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(4, 200)]
    [InlineData(-4, 200)]
    [InlineData(6, 401)]
    [InlineData(-6, 401)]
    public async Task Signature_PastTheWindow_IsRefused(int minutes, int status) =>
        Assert.Equal((status, status == 200 ? Orders : null), await SendAsync(new LocalRequest { Age = TimeSpan.FromMinutes(minutes) }.Text()));

    [Fact]
    public async Task CapturedRequest_AtAnotherPort_IsRefused()
    {
        var text = new LocalRequest { Target = "/Ported/x" }.Text();

        stage.Aws.ClearRequests();
        Assert.Equal(401, (await RawClient.SendAsync(stage.OwnPort, text)).Status);
        Assert.Empty(stage.Aws.Requests);
    }

    [Fact]
    public async Task Principal_ThatIsAskedFor_MustBeSigned()
    {
        Assert.Equal((200, Billing), await SendAsync(new LocalRequest { Headers = [("X-SigningProxy-Principal", "Billing")] }.Text()));
        Assert.Equal((403, null), await SendAsync(new LocalRequest { Key = LocalKeyStage.BillingKey, Headers = [("X-SigningProxy-Principal", "Orders")] }.Text()));
    }

    [Fact]
    public async Task Scope_OfAnotherDestination_ReadsAsANameThatDoesNotExist()
    {
        var there = await RawClient.SendAsync(stage.Address, new LocalRequest { Target = "/Table/x" }.Text());
        var region = await RawClient.SendAsync(stage.Address, new LocalRequest { Region = "eu-west-2", Target = "/Api/x" }.Text());
        var absent = await RawClient.SendAsync(stage.Address, new LocalRequest { Target = "/Absent/x" }.Text());

        Assert.Equal(403, absent.Status);
        Assert.Equal(Without("Absent", absent), Without("Table", there));
        Assert.Equal(Without("Absent", absent), Without("Api", region));
        await stage.Proxy.WritesAsync("Refused orders: it signed for execute-api in eu-west-1, and the named credential Table is for dynamodb in eu-west-1.");
        await stage.Proxy.WritesAsync("Refused orders: it signed for execute-api in eu-west-2, and the named credential Api is for execute-api in eu-west-1.");
    }

    [Fact]
    public async Task Proofs_OfTwoCallers_AreRefused_AndOfOneAreNot()
    {
        Assert.Equal((200, Orders), await SendAsync(new LocalRequest { Headers = [("X-SigningProxy-Token", LocalKeyStage.OrdersToken)] }.Text()));
        Assert.Equal((401, null), await SendAsync(new LocalRequest { Headers = [("X-SigningProxy-Token", LocalKeyStage.BillingToken)] }.Text()));
        Assert.Equal((401, null), await SendAsync(new LocalRequest().Text().Replace("Connection", $"X-SigningProxy-Token: {LocalKeyStage.OrdersToken}\r\nConnection", StringComparison.Ordinal)));
        Assert.Equal((200, Orders), await SendAsync($"GET /Api/x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-SigningProxy-Token: {LocalKeyStage.OrdersToken}\r\n\r\n"));
        Assert.Equal((401, null), await SendAsync("GET /Api/x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
    }

    [Fact]
    public async Task SessionToken_IsIgnoredWhereItIsSigned_AndRefusedElse()
    {
        Assert.Equal((200, Orders), await SendAsync(new LocalRequest { SessionToken = "x" }.Text()));
        Assert.Equal((401, null), await SendAsync(new LocalRequest().Text().Replace("Connection", "X-Amz-Security-Token: x\r\nConnection", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task PresignedQuery_IsNoProof() =>
        Assert.Equal((401, null), await SendAsync("GET /Api/x?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=00 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));

    [Fact]
    public async Task Proof_IsNeverForwarded_AlsoWhereNothingOfOursIsSigned()
    {
        stage.Bare.Heads.Clear();
        Assert.Equal(200, (await RawClient.SendAsync(stage.Address, new LocalRequest { Target = "/Bare/x", Payload = BodyHash }.Text())).Status);

        var head = Assert.Single(stage.Bare.Heads);
        Assert.All(
            (string[])["Authorization:", "X-Amz-Date:", "X-Kept", "AWS4-HMAC", LocalKeyStage.OrdersKey], text => Assert.DoesNotContain(text, head, StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("given", 400)]
    [InlineData("", 401)]
    public async Task Body_ThatIsAnother_IsRefusedAlsoWhereNothingOfOursIsSigned(string hash, int status)
    {
        var request = new LocalRequest { Target = "/Bare/x", Payload = hash.Length > 0 ? BodyHash : null };

        stage.Bare.Heads.Clear();
        Assert.Equal(status, (await RawClient.SendAsync(stage.Address, request.Text().Replace("a body", "A body", StringComparison.Ordinal))).Status);
        Assert.Empty(stage.Bare.Heads);
    }

    [Fact]
    public async Task Body_ThatStreamsUnderTheSignedHash_IsRefusedByTheDestination()
    {
        var text = new LocalRequest { Payload = BodyHash }.Text();

        Assert.Equal((200, Orders), await SendAsync(text));
        stage.Aws.ClearRequests();
        Assert.NotEqual(200, (await RawClient.SendAsync(stage.Address, text.Replace("a body", "A body", StringComparison.Ordinal))).Status);
        Assert.DoesNotContain(stage.Aws.Requests, r => r.Verified);
    }

    [Theory]
    [InlineData("UNSIGNED-PAYLOAD", 401)]
    [InlineData("STREAMING-UNSIGNED-PAYLOAD-TRAILER", 401)]
    [InlineData("STREAMING-AWS4-HMAC-SHA256-PAYLOAD", 501)]
    public async Task Body_ThatIsNotSignedAsOne_IsRefusedOnPlainTcp(string payload, int status) =>
        Assert.Equal((status, null), await SendAsync(new LocalRequest { Payload = payload }.Text()));

    [Fact]
    public async Task Body_ThatIsNotSigned_IsTakenOverTls()
    {
        stage.Aws.ClearRequests();
        using var socket = new TcpClient(stage.ByTls.Host, stage.ByTls.Port);
        await using var tls = new SslStream(socket.GetStream(), leaveInnerStreamOpen: false, (_, shown, _, _) => shown is not null);
        await tls.AuthenticateAsClientAsync("localhost");

        Assert.Equal(200, (await RawClient.ExchangeAsync(tls, Encoding.Latin1.GetBytes(new LocalRequest { Payload = "UNSIGNED-PAYLOAD" }.Text()))).Status);
        Assert.Equal([Orders], stage.Aws.Requests.Select(r => r.AccessKeyId));
    }

    [Fact]
    public async Task Body_ThatIsTooLargeToBeHeld_IsTold_ToAKeyThatIsKnown()
    {
        var text = new LocalRequest().Text().Replace("Content-Length: 6", "Content-Length: 999999999", StringComparison.Ordinal);

        Assert.Equal((413, null), await SendAsync(text));
        Assert.Equal((401, null), await SendAsync(text.Replace(LocalKeyStage.OrdersKey, "LOCALNOBODY00001", StringComparison.Ordinal)));
    }

    private static string Without(string name, RawAnswer answer) => string.Join(
        '\n', $"{answer.Head}\n{answer.Body}".Replace(name, "NAME", StringComparison.Ordinal).Split('\n', ',').Where(part =>
            !part.Contains("traceId", StringComparison.Ordinal) && !part.StartsWith("Date:", StringComparison.Ordinal) && !part.Contains(" GMT", StringComparison.Ordinal)
            && !part.StartsWith("Content-Length:", StringComparison.Ordinal)));

    /// <summary>The status, and the key that signed what arrived at the destination; null where nothing did.</summary>
    private async Task<(int Status, string? Key)> SendAsync(string text)
    {
        stage.Aws.ClearRequests();
        var answer = await RawClient.SendAsync(stage.Address, text);
        return (answer.Status, stage.Aws.Requests.SingleOrDefault()?.AccessKeyId);
    }
}
