using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using SigningProxy.Callouts;

namespace SigningProxy.Tests.Fuzz;

public sealed partial class HostFuzzTests(ITestOutputHelper output)
{
    private static readonly string[] Hosts =
        ["localhost", "localhost:8080", "Orders.localhost", "a.b.localhost:1", "127.0.0.1:8080", "[::1]:8080", "proxy.internal", "evil.example", "128.0.0.1", "[::ffff:127.0.0.1]", "169.254.169.254"];

    private static readonly string[] Pieces = [".localhost", "localhost.", ":80", "127.", "0x7f", "2130706433", "[", "]", "::1", "evil.example", "%lo", "proxy.internal"];
    private static readonly string[] BrowserHeaders = ["Origin", "Sec-Fetch-Site"];
    private static readonly string[] BrowserValues = ["none", "same-origin", "http://app.example:3000", "http://evil.example", "null", "cross-site"];

    private static readonly IOptions<CalloutsOptions> Settings =
        Options.Create(new CalloutsOptions { AllowedHosts = { "proxy.internal" }, AllowedOrigins = { "http://app.example:3000" } });

    [Fact]
    public async Task Hosts_WhenNotOfThisMachine_ComeNoFurther()
    {
        var outcomes = await new FuzzRun(output, 3000).EachAsync(Make, JudgeAsync);

        Assert.Equal(["cross_site", "host_missing", "host_not_allowed", "went on"], outcomes.Keys);
    }

    private static FuzzedRequest Make(Random random)
    {
        var headers = new List<(string, string)>();
        for (var hosts = random.Next(12) is var lines and < 2 ? lines * 2 : 1; hosts > 0; hosts--)
            headers.Add(("Host", Maybe(random.One(Hosts), random, Pieces)));
        if (random.Next(3) == 0)
            headers.Add((random.One(BrowserHeaders), Maybe(random.One(BrowserValues), random, BrowserValues)));
        return new FuzzedRequest("GET", "/", headers);
    }

    private static string Maybe(string text, Random random, string[] pieces) => random.Next(6) == 0 ? text : Mutation.Of(text, random, pieces);

    private static async Task<string> JudgeAsync(FuzzedRequest request)
    {
        var context = request.Context();
        var went = false;

        await new HostCheckMiddleware(
            _ =>
            {
                went = true;
                return Task.CompletedTask;
            },
            Settings).InvokeAsync(context);

        if (!went)
            return context.Features.Get<Refusal>()!.Kind.Code;
        Assert.Matches(OfThisMachine(), Assert.Single(request.Values("Host")));
        Assert.All(request.Values("Sec-Fetch-Site"), site => Assert.Matches("^(none|same-origin)\\z", site));
        Assert.All(request.Values("Origin"), origin => Assert.Equal("http://app.example:3000", origin, ignoreCase: true));
        return "went on";
    }

    /// <summary>What no name server answers for but that of this machine: the names kept for it, those that were listed, and the loopback's own numbers.</summary>
    [GeneratedRegex(
        """
        ^( ([^:]*\.)? localhost
         | proxy\.internal
         | (?= 0*127\b | 0x0*7f | 0*177 | 21[34]\d{7}\b ) (0x[0-9a-f]+|\d+) (\.(0x[0-9a-f]+|\d+)){0,3}
         | \[? [0-9a-f:]* : (0*1 | 127[.\d]* | 7f[0-9a-f]{2}:[0-9a-f]+) (%.*)? (\].*)?
        ) (:.*)? \z
        """,
        RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex OfThisMachine();
}
