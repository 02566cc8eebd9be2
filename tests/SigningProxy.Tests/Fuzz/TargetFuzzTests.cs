using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using SigningProxy.Callouts;
using SigningProxy.Catalog;
using SigningProxy.Tests.Catalog;

namespace SigningProxy.Tests.Fuzz;

public sealed partial class TargetFuzzTests(ITestOutputHelper output)
{
    private static readonly ExternalCredential External = Declared.ExternalCredential("E");

    private static readonly CurrentCatalog Catalog = Of(new CatalogSnapshot(
        1, [External], [Declared.NamedCredential("Orders", External) with { ListenPort = 9101 }, Declared.NamedCredential("Files", External)], [], [], []));

    private static readonly string[] Targets =
        ["/Orders", "/Orders/", "/Orders/a/b?c=d&e", "/files/%2e%2e/x", "/Files/a%2Fb//c/./d/../e?x=%20+y", "/other/Orders/..", "/Files?Orders", "/Orders/caf%C3%A9;v=1"];

    private static readonly string[] Pieces = ["/Orders", "/Files", "Orders", "/..", "/.", "%2f..", "%2e%2e", "?", "http://localhost/Orders", "%4frders", "%5c..", "//"];
    private static readonly string[] Hosts = ["localhost", "Files.localhost", "orders.LOCALHOST:80", "127.0.0.1:8080", "other.localhost"];
    private static readonly string[] Reserved = ["X-SigningProxy-Token", "x-signingproxy-principal", "X-SIGNINGPROXY-ANY", "X-SigningProxyToken", "X-Amz-Date"];

    [Fact]
    public async Task Targets_WhenDamaged_NeverMeanAnotherName()
    {
        var outcomes = await new FuzzRun(output, 4000).EachAsync(Make, JudgeAsync);

        Assert.Equal(["Host", "None", "Path", "path_climbs", "reserved_header", "target_malformed"], outcomes.Keys);
    }

    private static FuzzedRequest Make(Random random)
    {
        var headers = new List<(string, string)> { ("Host", random.Next(10) == 0 ? Mutation.Of(random.One(Hosts), random, Hosts) : random.One(Hosts)) };
        for (var lines = random.Next(4) == 0 ? random.Next(1, 4) : 0; lines > 0; lines--)
            headers.Add((random.One(Reserved), random.One("", "a")));
        return new FuzzedRequest(
            random.Next(20) == 0 ? Mutation.Of("CONNECT", random) : "GET", random.Next(6) == 0 ? random.One(Targets) : Mutation.Of(random.One(Targets), random, Pieces), headers);
    }

    private static async Task<string> JudgeAsync(FuzzedRequest request)
    {
        var context = request.Context();

        await new CalloutMiddleware(_ => Task.CompletedTask, Catalog).InvokeAsync(context);

        if (context.Features.Get<Callout>() is not { } callout)
            return context.Features.Get<Refusal>()!.Kind.Code;
        Assert.Matches(Sendable(), request.Target);
        Assert.False(HttpMethods.IsConnect(request.Method));
        Assert.DoesNotContain(Reserved[..3], name => request.Values(name).Length > 1);
        Assert.False(LeadsOut(callout.Path) || LeadsOut(EncodedSlash().Replace(callout.Path, "/")), "It leads above its root.");
        // What was read is the target itself, to the character, and the name stands where it was read.
        var rest = request.Target.Contains('?', StringComparison.Ordinal) ? $"{callout.Path}?{callout.Query}" : callout.Path;
        switch (callout.Address)
        {
            case CalloutAddress.Path:
                Assert.Matches("(?i)^(orders|files)\\z", callout.Name);
                Assert.Equal(request.Target, request.Target.StartsWith($"/{callout.Name}/", StringComparison.Ordinal) ? $"/{callout.Name}{rest}" : $"/{callout.Name}{rest[1..]}");
                break;
            case CalloutAddress.Host:
                Assert.Matches("(?i)^(orders|files)\\z", callout.Name);
                Assert.StartsWith(callout.Name + ".localhost", request.Joined("Host"), StringComparison.OrdinalIgnoreCase);
                Assert.Equal(request.Target, rest);
                break;
            default:
                Assert.Equal(request.Target, callout.WholePath + rest[callout.Path.Length..]);
                Assert.DoesNotMatch("(?i)^/(orders|files)([/?]|\\z)", request.Joined("Host")!.Contains(".localhost", StringComparison.OrdinalIgnoreCase) ? "" : request.Target);
                break;
        }
        return callout.Address.ToString();
    }

    /// <summary>Walks the path as a file system would.</summary>
    private static bool LeadsOut(string path)
    {
        var depth = 0;
        foreach (var segment in EncodedDot().Replace(path, ".").Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            depth += segment switch { "." => 0, ".." => -1, _ => 1 };
            if (depth < 0)
                return true;
        }
        return false;
    }

    private static CurrentCatalog Of(CatalogSnapshot snapshot)
    {
        var catalog = new CurrentCatalog();
        catalog.Publish(snapshot);
        return catalog;
    }

    [GeneratedRegex(@"^/([!""$&-\[\]-~]|%[0-9A-Fa-f]{2})*(\?([!""$&-~]|%[0-9A-Fa-f]{2})*)?\z")]
    private static partial Regex Sendable();

    [GeneratedRegex("%2f|%5c", RegexOptions.IgnoreCase)]
    private static partial Regex EncodedSlash();

    [GeneratedRegex("%2e", RegexOptions.IgnoreCase)]
    private static partial Regex EncodedDot();
}
