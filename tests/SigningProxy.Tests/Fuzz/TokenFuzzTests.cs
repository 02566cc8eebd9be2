using Microsoft.Extensions.Logging.Abstractions;
using SigningProxy.Callers;
using SigningProxy.Callers.Proofs;
using SigningProxy.Callouts;
using SigningProxy.Catalog;
using Proofs = SigningProxy.Catalog.Validation.Proofs;

namespace SigningProxy.Tests.Fuzz;

public sealed class TokenFuzzTests(ITestOutputHelper output)
{
    private const string Own = "X-SigningProxy-Token";

    private static readonly (string Caller, string Token)[] Known =
        [("orders", "0123456789abcdef-orders"), ("orders", "AAAABBBBCCCCDDDD-orders-next"), ("billing", "eyJub3QiOiJhIn0.eyJqd3QiOjF9.AAAA"), ("local", "local-local-local-local")];

    private static readonly CatalogSnapshot Catalog =
        new(1, [], [], [], [], [.. Known.GroupBy(k => k.Caller).Select(k => new DeclaredCaller(k.Key, null, [.. k.Select(t => new TokenProof(Proofs.DigestOf(t.Token)))]))]);

    private static readonly AcceptedProofs[] Accepted = [AcceptedProofs.Token, AcceptedProofs.Token | AcceptedProofs.Loopback];

    [Fact]
    public async Task Tokens_WhenDamaged_ProveNobody()
    {
        var outcomes = await new FuzzRun(output, 5000).EachAsync(Make, JudgeAsync);

        Assert.Equal(["nobody", "offered none", "proved"], outcomes.Keys);
    }

    private static (FuzzedRequest Request, AcceptedProofs Accepted) Make(Random random)
    {
        var headers = new List<(string, string)>();
        for (var lines = random.Next(1, 4); lines > 0; lines--)
        {
            var (name, value) = random.Next(2) == 0 ? (Own, random.One(Known).Token) : ("Authorization", random.One("Bearer ", "bearer ", "Bearer  ", "Basic ") + random.One(Known).Token);
            // One in eight stays whole: that which is never taken shows nothing by not being taken.
            if (random.Next(8) > 0)
                value = Mutation.Of(value, random, Known[0].Token, Proofs.DigestOf(Known[0].Token), "Bearer");
            headers.Add((random.Next(20) == 0 ? Mutation.Of(name, random) : name, value));
        }
        return (new FuzzedRequest("GET", "/", headers), random.One(Accepted));
    }

    private static async Task<string> JudgeAsync((FuzzedRequest Request, AcceptedProofs Accepted) input)
    {
        var (request, accepted) = input;
        var context = request.Context(accepted);
        context.Features.Set(new Callout { Name = "N", Address = CalloutAddress.Path, Path = "/", Query = "", Snapshot = Catalog });

        await new CallerMiddleware(_ => Task.CompletedTask, [new TokenAuthenticator()], NullLogger<CallerMiddleware>.Instance).InvokeAsync(context);

        Assert.False(context.Request.Headers.ContainsKey(Own));
        if (context.Features.Get<Caller>() is not { } caller)
        {
            Assert.Equal(401, context.Response.StatusCode);
            return "nobody";
        }
        if (caller == Caller.Local)
        {
            Assert.True(accepted.HasFlag(AcceptedProofs.Loopback));
            Assert.Null(request.Joined(Own));
            Assert.DoesNotContain(request.Values("Authorization"), value => value.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase));
            return "offered none";
        }
        // However the header was read, whole tokens of this caller stand in it, and of no other.
        Assert.All(Offered(request), value => Assert.Contains(Known, k => k.Caller == caller.Name && value == k.Token));
        Assert.Equal("Token", caller.Proof);
        return "proved";
    }

    private static IEnumerable<string> Offered(FuzzedRequest request)
    {
        var bearers = request.Values("Authorization").Where(value => value.StartsWith("bearer ", StringComparison.OrdinalIgnoreCase)).Select(value => value["bearer ".Length..].Trim());
        return request.Values(Own).Concat(bearers).DefaultIfEmpty("");
    }
}
