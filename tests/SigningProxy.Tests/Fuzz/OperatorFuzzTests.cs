using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SigningProxy.Callouts;
using SigningProxy.Operations;

namespace SigningProxy.Tests.Fuzz;

public sealed class OperatorFuzzTests : IDisposable
{
    private const string Token = "operator-0123456789abcdef";

    private readonly string _file = Path.GetTempFileName();
    private readonly ITestOutputHelper _output;

    public OperatorFuzzTests(ITestOutputHelper output)
    {
        _output = output;
        File.WriteAllText(_file, Token + "\n");
    }

    [Fact]
    public async Task Proofs_WhenDamaged_AreNoOperators()
    {
        var went = false;
        var middleware = new OperatorMiddleware(
            _ =>
            {
                went = true;
                return Task.CompletedTask;
            },
            Options.Create(new OperatorOptions { TokenFile = _file }), NullLogger<OperatorMiddleware>.Instance);

        var outcomes = await new FuzzRun(_output, 1000).EachAsync(Make, async request =>
        {
            went = false;
            var context = request.Context();
            context.Features.Set(new Listener(ListenerPurpose.Operations, ListenerTransport.Tcp));
            context.Request.Path = new PathString(request.Target);

            await middleware.InvokeAsync(context);

            if (!went)
                return context.Features.Get<Refusal>()!.Kind.Code;
            if (request.Target.StartsWith("/health", StringComparison.Ordinal))
                return "open";
            Assert.Matches($"(?i)^bearer\\s+(?-i:{Token})\\s*\\z", Assert.Single(request.Values("Authorization")));
            return "proved";
        });

        Assert.Equal(["open", "operator_unproved", "proved"], outcomes.Keys);
    }

    public void Dispose() => File.Delete(_file);

    private static FuzzedRequest Make(Random random)
    {
        var headers = new List<(string, string)>();
        for (var lines = random.Next(10) == 0 ? 2 * random.Next(2) : 1; lines > 0; lines--)
            headers.Add(("Authorization", random.Next(4) == 0 ? $"Bearer {Token}" : Mutation.Of($"Bearer {Token}", random, Token, "Bearer", ",", Token[..8])));
        return new FuzzedRequest("GET", random.Next(2) == 0 ? "/sessions" : "/" + Mutation.Of("health/live", random, "sessions", "/health/../sessions").TrimStart('/'), headers);
    }
}
