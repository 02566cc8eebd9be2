using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using SigningProxy.Bodies;
using SigningProxy.Callers;
using SigningProxy.Callers.Proofs;
using SigningProxy.Callouts;
using SigningProxy.SigV4;
using SigningProxy.Tests.Callers;

namespace SigningProxy.Tests.Fuzz;

public sealed partial class LocalSigV4FuzzTests(ITestOutputHelper output)
{
    private static readonly FuzzedRequest[] Whole =
    [
        Signed("s3", "GET", "/Files/bucket/a%20b?prefix=x%2Fy&list-type=2", ("X-Amz-Meta-A", "v  w")),
        Signed("dynamodb", "POST", "/Table", ("X-Amz-Target", "DynamoDB_20120810.GetItem"), ("Content-Type", "application/x-amz-json-1.0")),
        Signed("execute-api", "PUT", "/Api/a/../b?x=1&x=2", ("X-SigningProxy-Principal", "Reader"), ("X-Amz-Meta-A", "1,2")),
    ];

    private static readonly (string, string)[] Additions =
    [
        ("X-Amz-Security-Token", "t"), ("x-amz-copy-source", "/secret"), ("X-SigningProxy-Principal", "Writer"), ("X-Amz-Target", "DynamoDB_20120810.DeleteTable"), ("X-Amz-Date", "20261124T103100Z"), ("Host", "localhost"),
        ("Connection", "x-amz-target, x-amz-meta-a"), ("Authorization", "Bearer x"), ("X-Amz-Content-Sha256", "UNSIGNED-PAYLOAD"), ("X-Amz-Meta-A", ""), ("X-Other", "y"),
    ];

    private static readonly string[] Pieces =
    [
        "AWS4-HMAC-SHA256", "AWS4-", "Credential=", "SignedHeaders=", "Signature=", ", ", ";", "host;x-amz-date", "/aws4_request", "20261124", "20261123T103000Z", LocallySigned.Id, "LOCALNOBODY00001", new('a', 64), PayloadHash.Empty.Value,
        "&x=3", "%2e%2e/", "/secret", "x-amz-target", "?",
    ];

    private readonly LocalSigV4Authenticator _authenticator =
        new(new BodyHolder(Options.Create(new BodyOptions()), NullLogger<BodyHolder>.Instance), new FakeTimeProvider(LocallySigned.Now));

    [Fact]
    public async Task Signatures_WhenTheRequestIsAnother_ProveNobody()
    {
        var outcomes = await new FuzzRun(output, 4000).EachAsync(Make, JudgeAsync);

        Assert.Equal(["nobody", "proved"], outcomes.Keys);
    }

    private static FuzzedRequest Make(Random random)
    {
        var request = random.One(Whole);
        for (var changes = random.Next(3); changes > 0; changes--)
            request = Changed(request, random);
        return request;
    }

    private static FuzzedRequest Changed(FuzzedRequest request, Random random)
    {
        var headers = request.Headers.ToList();
        var at = random.Next(headers.Count);
        switch (random.Next(8))
        {
            case 0:
                // Kestrel lets no other characters through.
                return request with { Method = "P" + string.Concat(Mutation.Of(request.Method, random, "GET", "UT", "DELETE").Where(char.IsAsciiLetterOrDigit)) };
            case 1 or 2:
                return request with { Target = "/" + Mutation.Of(request.Target, random, Pieces).TrimStart('/') };
            case 3:
                headers.Add(random.One(Additions));
                break;
            case 4:
                headers.RemoveAt(at);
                break;
            case 5:
                headers.Add((headers[at].Name, random.Next(2) == 0 ? headers[at].Value : Mutation.Of(headers[at].Value, random, Pieces)));
                break;
            case 6:
                at = headers.FindIndex(h => h.Name == "Authorization") is var index and >= 0 ? index : at;
                goto default;
            default:
                headers[at] = (headers[at].Name, Mutation.Of(headers[at].Value, random, Pieces));
                break;
        }
        return request with { Headers = headers.Count == 0 ? request.Headers : headers };
    }

    private async Task<string> JudgeAsync(FuzzedRequest request)
    {
        // No further than here come targets that are none, and headers of ours that come twice.
        if (RawTarget.TryParse(request.Target, out var target) is not null)
            return "nobody";
        var context = request.Context(AcceptedProofs.LocalSigV4);
        context.Features.Set<IHttpRequestBodyDetectionFeature>(new LocallySigned.Detected(false));
        context.Features.Set(new Callout { Name = "N", Address = CalloutAddress.Path, Path = target.Path, Query = target.Query, Snapshot = LocallySigned.Catalog });

        await new CallerMiddleware(_ => Task.CompletedTask, [_authenticator], NullLogger<CallerMiddleware>.Instance).InvokeAsync(context);

        if (context.Features.Get<Caller>() is not { } caller)
        {
            Assert.DoesNotContain(request, Whole);
            return "nobody";
        }
        Assert.Equal(new Caller("orders", "LocalSigV4"), caller);
        Assert.Contains(Whole, whole => MeanTheSame(whole, request));
        Assert.False(context.Request.Headers.ContainsKey("Authorization"));
        return "proved";
    }

    /// <summary>Whether nothing differs that a destination could see, but for spellings.</summary>
    private static bool MeanTheSame(FuzzedRequest whole, FuzzedRequest request) =>
        whole.Method == request.Method
        && Meaning(whole.Target) == Meaning(request.Target)
        && Spaces().Replace(request.Joined("Authorization") ?? "", " ").Replace(",", ", ", StringComparison.Ordinal).Replace(",  ", ", ", StringComparison.Ordinal) == whole.Joined("Authorization")
        && Deciding(whole).SequenceEqual(Deciding(request));

    private static IEnumerable<string> Deciding(FuzzedRequest request) =>
        from line in request.Headers
        let name = line.Name.ToLowerInvariant()
        where name is "host" or "content-type" || name.StartsWith("x-amz-", StringComparison.Ordinal) || name.StartsWith("x-signingproxy-", StringComparison.Ordinal)
        orderby name
        select $"{name}:{Spaces().Replace(line.Value, " ").Trim(' ')}";

    private static string Meaning(string target)
    {
        var parts = target.Split('?', 2);
        var query = parts.ElementAtOrDefault(1)?.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(p => Uri.UnescapeDataString(p.Replace('+', ' ')) + (p.Contains('=', StringComparison.Ordinal) ? "" : "=")) ?? [];
        return new Uri("http://localhost" + EmptySegments().Replace(parts[0], "/")).LocalPath + "?" + string.Join('&', query.Order(StringComparer.Ordinal));
    }

    private static FuzzedRequest Signed(string service, string method, string target, params (string Name, string Value)[] more)
    {
        var settings = SigningSettings.ForService(service);
        var headers = more.Prepend(("Host", "localhost:8080")).ToArray();
        var parts = target.Split('?');
        using var keys = new SessionCredentials(LocallySigned.Id, LocallySigned.Secret);
        var signature = SigV4Signer.Sign(
            new SigningRequest
            {
                Method = method,
                Path = CanonicalPath.ToSend(parts[0], settings.PathNormalization),
                Query = parts.ElementAtOrDefault(1) ?? "",
                Headers = headers.Select(h => new RequestHeader(h.Item1, h.Item2)).ToArray(),
            },
            keys, new CredentialScope("eu-west-1", service), LocallySigned.Now, settings);
        return new FuzzedRequest(method, target, [.. headers, ("Authorization", signature.Authorization), ("X-Amz-Date", signature.AmzDate), ("X-Amz-Content-Sha256", signature.ContentSha256!)]);
    }

    [GeneratedRegex("[ \t]+")]
    private static partial Regex Spaces();

    [GeneratedRegex("//+")]
    private static partial Regex EmptySegments();
}
