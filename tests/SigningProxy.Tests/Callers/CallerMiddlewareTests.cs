using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using SigningProxy.Callers;
using SigningProxy.Callers.Proofs;
using SigningProxy.Callouts;
using SigningProxy.Catalog;
using Proofs = SigningProxy.Catalog.Validation.Proofs;

namespace SigningProxy.Tests.Callers;

public sealed class CallerMiddlewareTests
{
    private const string OrdersToken = "0123456789abcdef-orders";
    private const string NextOrdersToken = "0123456789abcdef-orders-next";
    private const string BillingToken = "0123456789abcdef-billing";

    private static readonly CatalogSnapshot Catalog = new(
        1, [], [], [], [],
        [
            new DeclaredCaller("orders", null, new TokenProof(Proofs.DigestOf(OrdersToken)), new TokenProof(Proofs.DigestOf(NextOrdersToken)), new UnixPeerProof(1001, null)),
            new DeclaredCaller("billing", null, new TokenProof(Proofs.DigestOf(BillingToken))),
            new DeclaredCaller("local", null, new UnixPeerProof(1002, null)),
        ]);

    [Fact]
    public async Task Invoke_WhenReachingIsProofEnough_TheCallerIsLocal() => Assert.Equal("local by Loopback", await AskAsync(AcceptedProofs.Loopback));

    [Theory]
    [InlineData("X-SigningProxy-Token", OrdersToken, "orders by Token")]
    [InlineData("X-SigningProxy-Token", NextOrdersToken, "orders by Token")]
    [InlineData("Authorization", $"Bearer {BillingToken}", "billing by Token")]
    [InlineData("Authorization", $"bearer {BillingToken}", "billing by Token")]
    [InlineData("X-SigningProxy-Token", "0123456789abcdef", "401")]
    [InlineData("X-SigningProxy-Token", "", "401")]
    [InlineData("Authorization", $"Bearer {OrdersToken}x", "401")]
    [InlineData("Authorization", $"Basic {OrdersToken}", "401")]
    [InlineData("X-Other", OrdersToken, "401")]
    public async Task Invoke_WhenATokenIsAskedFor_TakesOneThatIsSomebodys(string header, string value, string expected) =>
        Assert.Equal(expected, await AskAsync(AcceptedProofs.Token, (header, value)));

    [Fact]
    public async Task Invoke_WhenATokenProves_ItIsOffTheRequest()
    {
        var context = Context(AcceptedProofs.Token, ("X-SigningProxy-Token", OrdersToken), ("Authorization", $"Bearer {OrdersToken}"));

        Assert.Equal("orders by Token", await AskAsync(context));
        Assert.False(context.Request.Headers.ContainsKey("X-SigningProxy-Token"));
        Assert.False(context.Request.Headers.ContainsKey("Authorization"));
    }

    [Fact]
    public async Task Invoke_WhenTwoTokensDiffer_IsRefused() =>
        Assert.Equal("401", await AskAsync(AcceptedProofs.Token, ("X-SigningProxy-Token", OrdersToken), ("Authorization", $"Bearer {BillingToken}")));

    [Fact]
    public async Task Invoke_WhenAnotherProofIsOffered_LoopbackDoesNotCount()
    {
        const AcceptedProofs both = AcceptedProofs.Loopback | AcceptedProofs.Token;

        Assert.Equal("local by Loopback", await AskAsync(both));
        Assert.Equal("orders by Token", await AskAsync(both, ("X-SigningProxy-Token", OrdersToken)));
        Assert.Equal("401", await AskAsync(both, ("X-SigningProxy-Token", "nobodys-0123456789")));
    }

    [Fact]
    public async Task Invoke_WhenTheListenerAcceptsNoSuchProof_ATokenIsNone()
    {
        Assert.Equal("401", await AskAsync(AcceptedProofs.Jwt, ("X-SigningProxy-Token", OrdersToken)));
        Assert.Equal("401", await AskAsync(AcceptedProofs.None));
    }

    [Theory]
    [InlineData(1001u, 5u, "orders")]
    [InlineData(1002u, 5u, "local")]
    [InlineData(1003u, 5u, "unix-peer:uid:1003")]
    [InlineData(0u, 0u, "unix-peer:uid:0")]
    [InlineData(65534u, 65534u, null)]
    public void UnixPeer_IsTheDeclaredCallerOrNamedByItsUser(uint uid, uint gid, string? expected) =>
        Assert.Equal(expected, UnixPeerAuthenticator.Of(uid, gid, ProofTable.Of(Catalog)).Caller?.Name);

    [Fact]
    public void Undeclared_OfTwoIssuers_AreNeverOne() => Assert.Distinct(
        [
            Caller.Undeclared("jwt", "https://a", "b:c", "Jwt").Name,
            Caller.Undeclared("jwt", "https://a:b", "c", "Jwt").Name,
            Caller.Undeclared("jwt", "https%3A//a", "b:c", "Jwt").Name,
            Caller.Undeclared("token", "https://a", "b:c", "Jwt").Name,
        ]);

    private static Task<string> AskAsync(AcceptedProofs accepted, params (string Name, string Value)[] headers) => AskAsync(Context(accepted, headers));

    private static async Task<string> AskAsync(DefaultHttpContext context)
    {
        await new CallerMiddleware(_ => Task.CompletedTask, [new UnixPeerAuthenticator(NullLogger<UnixPeerAuthenticator>.Instance), new TokenAuthenticator()], NullLogger<CallerMiddleware>.Instance)
            .InvokeAsync(context);
        return context.Features.Get<Caller>() is { } caller ? $"{caller.Name} by {caller.Proof}" : context.Response.StatusCode.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    private static DefaultHttpContext Context(AcceptedProofs accepted, params (string Name, string Value)[] headers)
    {
        var context = new DefaultHttpContext();
        foreach (var (name, value) in headers)
            context.Request.Headers[name] = value;
        context.Features.Set(new Listener(ListenerPurpose.Callouts, ListenerTransport.Tcp, accepted));
        context.Features.Set(new Callout { Name = "N", Address = CalloutAddress.Path, Path = "/", Query = "", Snapshot = Catalog });
        return context;
    }
}
