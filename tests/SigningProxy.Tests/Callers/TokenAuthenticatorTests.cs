using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using SigningProxy.Callers;
using SigningProxy.Callers.Proofs;
using SigningProxy.Callouts;
using SigningProxy.Catalog;
using Proofs = SigningProxy.Catalog.Validation.Proofs;

namespace SigningProxy.Tests.Callers;

public sealed class TokenAuthenticatorTests
{
    private const string Token = "0123456789abcdef-orders";
    private const string Own = "X-SigningProxy-Token";
    private const string JwtForm = "eyJhbGciOiJub25lIn0.e30.";

    private static readonly ProofTable Callers = ProofTable.Of(new CatalogSnapshot(
        1, [], [], [], [], [new DeclaredCaller("orders", null, new TokenProof(Proofs.DigestOf(Token)))]));

    private static readonly ProofOutcome Orders = ProofOutcome.Of(new Caller("orders", "Token"));
    private static readonly ProofOutcome Nobodys = ProofOutcome.Invalid("the token is nobody's");

    [Fact]
    public async Task Judge_WhenNoneIsOffered_LeavesTheRequestAsItIs()
    {
        foreach (var authorization in new string?[] { null, "", "Bearer", "Basic b3JkZXJz", "AWS4-HMAC-SHA256 Credential=x", $"BearerX {Token}" })
        {
            var (outcome, request) = await JudgeAsync(("Authorization", authorization));

            Assert.Equal(ProofOutcome.NotOffered, outcome);
            Assert.Equal(authorization, request.Headers.TryGetValue("Authorization", out var left) ? left.ToString() : null);
        }
    }

    [Fact]
    public async Task Judge_WhenTheBearerIsAJsonWebToken_LeavesItToAnotherWhereTheListenerTakesThese()
    {
        var (outcome, request) = await JudgeAsync(AcceptedProofs.Token | AcceptedProofs.Jwt, ("Authorization", $"Bearer {JwtForm}"));

        Assert.Equal(ProofOutcome.NotOffered, outcome);
        Assert.True(request.Headers.ContainsKey("Authorization"));
    }

    [Fact]
    public async Task Judge_WhenTheBearerIsAJsonWebTokenAndNobodyTakesThese_IsAWrongToken()
    {
        var (outcome, request) = await JudgeAsync(("Authorization", $"Bearer {JwtForm}"));

        Assert.NotNull(outcome.Fault);
        Assert.False(request.Headers.ContainsKey("Authorization"));
    }

    [Theory]
    [InlineData("Bearer ")]
    [InlineData("bEaReR   ")]
    public async Task Judge_WhenTheBearerIsWrittenOtherwise_ReadsItAlike(string scheme) => await IsTakenOffAsync(Orders, ("Authorization", $"{scheme}{Token} "));

    [Theory]
    [InlineData("0123456789ABCDEF-orders")]
    [InlineData("0123456789abcdef-order")]
    [InlineData(" 0123456789abcdef-orders")]
    [InlineData("0123456789abcdef-orders,0123456789abcdef-orders")]
    [InlineData("")]
    public async Task Judge_WhenTheTokenIsAnother_IsNobodys(string token) => await IsTakenOffAsync(Nobodys, (Own, token));

    [Fact]
    public async Task Judge_WhenTheDigestIsOffered_IsNobodys() => await IsTakenOffAsync(Nobodys, (Own, Proofs.DigestOf(Token)));

    [Fact]
    public async Task Judge_WhenOneHeaderComesTwice_IsNobodys()
    {
        await IsTakenOffAsync(Nobodys, (Own, new StringValues([Token, Token])));
        await IsTakenOffAsync(Nobodys, (Own, new StringValues([Token, "x"])));
        await IsTakenOffAsync(Nobodys, (Own, new StringValues(["", Token])));
    }

    [Fact]
    public async Task Judge_WhenBothHeadersHoldTheSame_IsTheCaller() => await IsTakenOffAsync(Orders, (Own, Token), ("Authorization", $"Bearer {Token}"));

    [Fact]
    public async Task Judge_WhenTheTwoDiffer_IsRefused()
    {
        await IsTakenOffAsync(ProofOutcome.Ambiguous("two tokens were offered"), (Own, Token), ("Authorization", "Bearer another-0123456789"));
        await IsTakenOffAsync(ProofOutcome.Ambiguous("two tokens were offered"), (Own, "another-0123456789"), ("Authorization", $"Bearer {Token}"));
    }

    [Fact]
    public async Task Judge_WhenABearerComesBesideAnotherAuthorization_IsRefused()
    {
        await IsTakenOffAsync(ProofOutcome.Ambiguous("several Authorization headers were sent, a bearer token among them"), ("Authorization", new StringValues([$"Bearer {Token}", $"Bearer {Token}"])));
        await IsTakenOffAsync(ProofOutcome.Ambiguous("several Authorization headers were sent, a bearer token among them"), ("Authorization", new StringValues(["Basic x", $"bearer {Token}"])), (Own, Token));
    }

    /// <summary>Whatever came of it, the proof can go no further.</summary>
    private static async Task IsTakenOffAsync(ProofOutcome expected, params (string Name, StringValues Value)[] headers)
    {
        var (outcome, request) = await JudgeAsync(headers);

        Assert.Equal(expected, outcome);
        Assert.Empty(request.Headers);
    }

    private static Task<(ProofOutcome Outcome, HttpRequest Request)> JudgeAsync(params (string Name, StringValues Value)[] headers) => JudgeAsync(AcceptedProofs.Token, headers);

    private static async Task<(ProofOutcome Outcome, HttpRequest Request)> JudgeAsync(AcceptedProofs accepted, params (string Name, StringValues Value)[] headers)
    {
        var context = new DefaultHttpContext();
        foreach (var (name, value) in headers.Where(h => h.Value.Count > 0))
            context.Request.Headers[name] = value;
        context.Features.Set(new Listener(ListenerPurpose.Callouts, ListenerTransport.Tcp, accepted));
        return (await new TokenAuthenticator().JudgeAsync(context, Callers), context.Request);
    }
}
