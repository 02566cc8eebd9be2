using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using SigningProxy.Bodies;
using SigningProxy.Callers;
using SigningProxy.Callers.Proofs;
using SigningProxy.Callouts;
using SigningProxy.SigV4;
using SigningProxy.Tests.LocalAws;

namespace SigningProxy.Tests.Callers;

/// <summary>Requests that AWS's own SDK signed, as they come and with whatever may be done to them on the way.</summary>
public sealed class LocalSigV4AuthenticatorTests
{
    private const string Id = LocallySigned.Id;
    private const string Secret = LocallySigned.Secret;
    private const string WrongSignature = $"the signature by {Id} is not of this request and the key's secret";

    private readonly FakeTimeProvider _time = new(LocallySigned.Now);
    private readonly BodyOptions _bodies = new();

    [Theory]
    [InlineData("s3", "GET", "Files/bucket/a b+c/ü.txt", null)]
    [InlineData("s3", "PUT", "Files/bucket//dots/../x", "a body")]
    [InlineData("dynamodb", "POST", "Table", "{}")]
    [InlineData("execute-api", "DELETE", "Api/a b/ü", null)]
    [InlineData("execute-api", "POST", "Api/", "")]
    public async Task Judge_WhenTheSdkSigned_IsTheCallerOfTheKey(string service, string method, string path, string? body)
    {
        var (outcome, context) = await JudgeAsync(Signer(service).Request(method, path, Bytes(body), query: new Dictionary<string, string> { ["q"] = "a b&c/ü" }));

        Assert.Equal(ProofOutcome.Of(new Caller("orders", "LocalSigV4")), outcome);
        Assert.Equal(new LocalSignature(new CredentialScope("eu-west-1", service)), context.Features.Get<LocalSignature>());
        AssertTakenOff(context);
    }

    [Theory]
    [InlineData("Authorization", "Basic b3JkZXJz")]
    [InlineData("Authorization", "Bearer AWS4-HMAC-SHA256")]
    [InlineData("X-Amz-Date", "20261124T103000Z")]
    public async Task Judge_WhenNoneIsOffered_LeavesTheRequestAsItIs(string header, string value)
    {
        var (outcome, context) = await JudgeAsync(new HttpRequestMessage(HttpMethod.Get, LocallySigned.Endpoint), c => c.Request.Headers[header] = value);

        Assert.Equal(ProofOutcome.NotOffered, outcome);
        Assert.Equal(value, context.Request.Headers[header]);
    }

    public static TheoryData<string, string> Changes { get; } = new()
    {
        { "method", WrongSignature },
        { "path", WrongSignature },
        { "query", WrongSignature },
        { "host", WrongSignature },
        { "principal", WrongSignature },
        { "target", WrongSignature },
        { "token", WrongSignature },
        { "hash", WrongSignature },
        { "signature", WrongSignature },
        { "scope", WrongSignature },
        { "key", "no caller has the key LOCALNOBODY00001" },
        { "date", "X-Amz-Date is not an instant of the day in the credential scope" },
        { "more", "it does not cover the header x-amz-meta-more" },
        { "taken", "it covers the header x-amz-target, which did not come" },
        { "connection", "Connection lists the header x-amz-target, which it covers" },
        { "port", "it is for another port: a named credential's own one means another than the rest" },
        { "twice", "the Authorization header is not of the form of Signature Version 4" },
        { "form", "the Authorization header is not of the form of Signature Version 4" },
        { "presigned", "a presigned query proves nobody: the signature belongs in the Authorization header" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Judge_WhenAnythingWasChangedOnTheWay_ProvesNobody(string change, string fault)
    {
        var signed = Signer("dynamodb").Request(
            "POST", "Table", Bytes("{}"), new Dictionary<string, string> { ["X-SigningProxy-Principal"] = "Reader", ["X-Amz-Target"] = "T", ["X-Amz-Security-Token"] = "token" });

        var (outcome, context) = await JudgeAsync(signed, c => LocallySigned.Change(c, change));

        Assert.Equal(ProofOutcome.Invalid(fault), outcome);
        Assert.Null(context.Features.Get<LocalSignature>());
        AssertTakenOff(context);
    }

    [Fact]
    public async Task Judge_WhenTheSecretIsAnother_ProvesNobody() => Assert.Equal(
        ProofOutcome.Invalid(WrongSignature),
        (await JudgeAsync(new SdkSigner(LocallySigned.Endpoint, new(Id, Secret + "x"), "s3", _time).Request("GET", "Files/a"))).Outcome);

    [Theory]
    [InlineData(300, true)]
    [InlineData(-300, true)]
    [InlineData(301, false)]
    [InlineData(-301, false)]
    public async Task Judge_WithinFiveMinutesEitherWay_IsAccepted(int seconds, bool accepted)
    {
        var signed = new SdkSigner(LocallySigned.Endpoint, new(Id, Secret), "s3", new FakeTimeProvider(LocallySigned.Now.AddSeconds(seconds))).Request("GET", "Files/a");

        Assert.Equal(accepted, (await JudgeAsync(signed)).Outcome.Caller is not null);
    }

    [Fact]
    public async Task Judge_WhenTheHashIsInTheBodyAlone_HoldsTheBodyAndJudgesIt()
    {
        var (outcome, context) = await JudgeAsync(LocallySigned.WithoutHash("a body"));

        Assert.Equal("orders", outcome.Caller?.Name);
        Assert.Equal(PayloadHash.Of("a body"u8), context.Features.Get<HeldBody>()?.Hash);
        using var reader = new StreamReader(context.Request.Body);
        Assert.Equal("a body", await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Judge_WhenThatBodyIsAnother_ProvesNobody() =>
        Assert.Equal(ProofOutcome.Invalid(WrongSignature), (await JudgeAsync(LocallySigned.WithoutHash("a body"), c => c.Request.Body = new MemoryStream("A body"u8.ToArray()))).Outcome);

    [Fact]
    public async Task Judge_WhenThatBodyCannotBeHeld_SaysWhy()
    {
        (_bodies.MemoryLimitBytes, _bodies.SpoolLimitBytes) = (2, 4);

        Assert.Equal((null, "body_too_large"), await AnswerAsync(LocallySigned.WithoutHash("a body")));
    }

    [Theory]
    [InlineData("key")]
    [InlineData("date")]
    [InlineData("more")]
    [InlineData("form")]
    public async Task Judge_WhenAnythingElseIsAmiss_ReadsNoBody(string change)
    {
        var (outcome, context) = await JudgeAsync(LocallySigned.WithoutHash("a body"), c => LocallySigned.Change(c, change));

        Assert.NotNull(outcome.Fault);
        Assert.Null(context.Features.Get<HeldBody>());
        Assert.Equal(0, context.Request.Body.Position);
    }

    [Theory]
    [InlineData("UNSIGNED-PAYLOAD", false, "UNSIGNED-PAYLOAD needs TLS or a Unix socket")]
    [InlineData("UNSIGNED-PAYLOAD", true, null)]
    [InlineData("STREAMING-UNSIGNED-PAYLOAD-TRAILER", false, "UNSIGNED-PAYLOAD needs TLS or a Unix socket")]
    [InlineData("STREAMING-AWS4-HMAC-SHA256-PAYLOAD", false, null)]
    public async Task Judge_WhenTheBodyIsNotSigned_NeedsAWayThatNobodyReaches(string payload, bool socket, string? fault)
    {
        var (outcome, _) = await JudgeAsync(LocallySigned.Request("PUT", payload), c => c.Features.Set(new Listener(
            ListenerPurpose.Callouts, socket ? ListenerTransport.UnixSocket : ListenerTransport.Tcp, AcceptedProofs.LocalSigV4)));

        Assert.Equal((fault, fault is null), (outcome.Fault, outcome.Caller is not null));
    }

    private SdkSigner Signer(string service) => new(LocallySigned.Endpoint, new(Id, Secret), service, _time);

    private static byte[] Bytes(string? text) => System.Text.Encoding.UTF8.GetBytes(text ?? "");

    private async Task<(Caller? Caller, string? Answer)> AnswerAsync(HttpRequestMessage message)
    {
        var (outcome, _) = await JudgeAsync(message);
        return (outcome.Caller, outcome.Answer?.Kind.Code);
    }

    private async Task<(ProofOutcome Outcome, DefaultHttpContext Context)> JudgeAsync(HttpRequestMessage message, Action<DefaultHttpContext>? change = null)
    {
        var context = await LocallySigned.ArriveAsync(message);
        change?.Invoke(context);
        var authenticator = new LocalSigV4Authenticator(new BodyHolder(Options.Create(_bodies), NullLogger<BodyHolder>.Instance), _time);
        return (await authenticator.JudgeAsync(context, ProofTable.Of(LocallySigned.Catalog)), context);
    }

    private static void AssertTakenOff(HttpContext context) =>
        Assert.DoesNotContain(context.Request.Headers.Keys, name => name.ToLowerInvariant() is "authorization" or "x-amz-date" or "x-amz-security-token");

}
