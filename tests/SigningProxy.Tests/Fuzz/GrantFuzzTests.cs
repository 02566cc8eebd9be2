using System.Collections.Frozen;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using SigningProxy.Access;
using SigningProxy.Callers;
using SigningProxy.Callouts;
using SigningProxy.Catalog;
using SigningProxy.SigV4;
using SigningProxy.Tests.Catalog;

namespace SigningProxy.Tests.Fuzz;

public sealed class GrantFuzzTests(ITestOutputHelper output)
{
    private const string Operation = "DynamoDB_20120810.GetItem";
    private const string Below = "/orders/";
    private const string Exactly = "/inbox";

    private static readonly ExternalCredential External = Declared.ExternalCredential("E", Declared.Principal("Reader", 1), Declared.Principal("Writer", 2)) with
    {
        // Nothing is taken out of a path on its way, as for S3: the limit has to judge it as it came.
        Signing = SigningSettings.ForService("s3"),
    };

    private static readonly NamedCredential Named = Declared.NamedCredential("Orders", External);

    private static readonly CatalogSnapshot Catalog = new(
        1, [External], [Named],
        [
            Declared.PermissionSet(["local"], "E-Reader") with { Only = new GrantLimit { Methods = Set("GET"), Paths = [Below, Exactly] } },
            Declared.PermissionSet(["local"], "E-Writer") with { Only = new GrantLimit { Methods = Set("POST"), Operations = Set(Operation) } },
        ],
        [], []);

    private static readonly string[] Paths = ["/orders/1", "/orders/a/b%20c", "/inbox", "/inbox/x", "/orders/caf%C3%A9", "/secret", "/orders"];
    private static readonly string[] Pieces = ["/orders/", "/secret", "/..", "/.", "%2f..%2f", "%2e", "%252e", "%5c", "..\\", ";", "//", "%6frders", "%00"];
    private static readonly string[] Overrides = ["X-HTTP-Method-Override", "x-http-method", "X-METHOD-OVERRIDE"];

    [Fact]
    public async Task Requests_WhenDamaged_AreGrantedNothingBeyondTheLimit()
    {
        var outcomes = await new FuzzRun(output, 3000).EachAsync(Make, JudgeAsync);

        Assert.Equal(["Reader", "Writer", "refused"], outcomes.Keys);
    }

    private static FuzzedRequest Make(Random random)
    {
        var headers = new List<(string, string)>();
        if (random.Next(3) == 0)
            headers.Add(("X-Amz-Copy-Source", Path(random)[random.Next(2)..]));
        for (var lines = random.Next(3); lines > 0; lines--)
            headers.Add(("X-Amz-Target", random.Next(3) == 0 ? Mutation.Of(Operation, random, Operation) : Operation));
        if (random.Next(6) == 0)
            headers.Add(("X-SigningProxy-Principal", random.Next(2) == 0 ? Mutation.Of("Reader", random, "Writer") : "Writer"));
        if (random.Next(12) == 0)
            headers.Add((random.One(Overrides), "DELETE"));
        return new FuzzedRequest(random.Next(8) == 0 ? Mutation.Of("GET", random, "POST") : random.One("GET", "POST"), Path(random), headers);
    }

    private static string Path(Random random) => random.Next(4) == 0 ? random.One(Paths) : "/" + Mutation.Of(random.One(Paths), random, Pieces).TrimStart('/');

    private static async Task<string> JudgeAsync(FuzzedRequest request)
    {
        // No further than here come paths that are none.
        if (RawTarget.TryParse(request.Target, out var target) is not null)
            return "refused";
        var context = request.Context();
        context.Features.Set(Caller.Local);
        context.Features.Set(new Callout { Name = "Orders", Address = CalloutAddress.Path, Path = target.Path, Query = target.Query, NamedCredential = Named, Snapshot = Catalog });

        await new AccessMiddleware(_ => Task.CompletedTask, NullLogger<AccessMiddleware>.Instance).InvokeAsync(context);

        if (context.Features.Get<AccessDecision>() is not { } decision)
            return "refused";
        Assert.DoesNotContain(Overrides, name => request.Joined(name) is not null);
        Assert.Contains(request.Joined("X-SigningProxy-Principal"), new[] { null, decision.Principal.Name });
        if (decision.Principal.Name == "Writer")
        {
            Assert.Equal(("POST", Operation), (request.Method, request.Joined("X-Amz-Target")));
        }
        else
        {
            Assert.Equal("GET", request.Method);
            Assert.All(EveryReading(target.Path), IsWithin);
            if (request.Joined("X-Amz-Copy-Source") is { } source)
                Assert.All(EveryReading("/" + source.Split('?')[0].TrimStart('/')), IsWithin);
        }
        return decision.Principal.Name;
    }

    /// <summary>What a destination may take a path for: as it stands, decoded once or twice, with backslashes for slashes, its dot segments followed.</summary>
    private static IEnumerable<string> EveryReading(string path)
    {
        path = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(path));
        for (var decoded = 0; decoded < 3; decoded++)
        {
            yield return path;
            yield return Followed(path);
            yield return Followed(path.Replace('\\', '/'));
            path = Encoding.Latin1.GetString(Unescaped(path));
        }
    }

    private static byte[] Unescaped(string path)
    {
        var bytes = new List<byte>();
        for (var i = 0; i < path.Length; i++)
        {
            var isTriplet = path[i] == '%' && i + 2 < path.Length && char.IsAsciiHexDigit(path[i + 1]) && char.IsAsciiHexDigit(path[i + 2]);
            bytes.Add(isTriplet ? Convert.FromHexString(path.AsSpan(i + 1, 2))[0] : (byte)path[i]);
            i += isTriplet ? 2 : 0;
        }
        return [.. bytes];
    }

    private static string Followed(string path)
    {
        var kept = new Stack<string>();
        foreach (var segment in path.Split('/').Skip(1))
        {
            if (segment is not ("." or ".."))
                kept.Push(segment);
            else if (segment == "..")
                kept.TryPop(out _);
        }
        return "/" + string.Join('/', kept.Reverse());
    }

    private static void IsWithin(string path) =>
        Assert.True(path.StartsWith(Below, StringComparison.Ordinal) || path == Exactly || path.StartsWith(Exactly + "/", StringComparison.Ordinal), $"It may be read as {path}");

    private static FrozenSet<string> Set(params string[] texts) => texts.ToFrozenSet(StringComparer.Ordinal);
}
