using System.Buffers.Text;
using System.Net;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SigningProxy.Callers;
using SigningProxy.Callers.Jwt;
using SigningProxy.Callers.Proofs;
using SigningProxy.Callouts;
using SigningProxy.Catalog;

namespace SigningProxy.Tests.Fuzz;

public sealed class JwtFuzzTests : IDisposable
{
    private static readonly CatalogSnapshot Catalog = new(
        1, [], [], [], [],
        [new DeclaredCaller("orders-service", null, new JwtProof(JwtIssuer.Name, null, "orders")), new DeclaredCaller("billing-service", null, new JwtProof(JwtIssuer.Name, null, "billing"))]);

    private static readonly string[] Headers =
    [
        """{"alg":"none"}""", """{"alg":"nOnE","typ":"JWT"}""", """{"alg":"HS256","kid":"rsa"}""", """{"alg":"ES256","kid":"ec"}""", """{"alg":"RS256","kid":"rsa"}""", """{"alg":"PS256","kid":"ec"}""",
        """{"alg":"ES256","jwk":{"kty":"EC","crv":"P-256","x":"AA","y":"AA"}}""", """{"alg":"ES256","jku":"https://evil.example/keys","kid":"../../dev/null"}""", """{"alg":"ES256","crit":["b64"],"b64":false}""",
        """{"alg":"dir","enc":"A128GCM","zip":"DEF"}""", """{"alg":"RSA-OAEP","enc":"A256CBC-HS512"}""", """{"alg":7}""", """{"alg":null}""", """{"alg":["ES256"]}""", """{"typ":"JWT"}""", "{}", "[]", "null", "\"x\"", "{", "",
        """{"alg":"ES256","kid":7,"x5c":["x"],"x5t":[]}""", """{"alg":"ES256","alg":"none"}""", """{"alg":"ES256","typ":{},"cty":"JWT"}""",
    ];

    private static readonly string[] Pieces = [".", "..", "=", "eyJ", "eyJhbGciOiJub25lIn0", "e30", "bnVsbA", "W10", "_", "-", "/", "+", "AAAA"];

    private static readonly string[] Subjects = ["orders", "billing", "local"];

    private readonly string _keySet = Path.GetTempFileName();
    private readonly ITestOutputHelper _output;
    private readonly JwtIssuer _issuer = new();
    private readonly JwtAuthenticator _authenticator;
    private readonly string[] _whole;

    public JwtFuzzTests(ITestOutputHelper output)
    {
        _output = output;
        File.WriteAllText(_keySet, _issuer.KeySet());
        var options = new JwtOptions { Issuers = { new IssuerOptions { Issuer = JwtIssuer.Name, Audience = JwtIssuer.Audience, JwksFile = _keySet } } };
        _authenticator = new JwtAuthenticator(Options.Create(options), new WebProxy());
        _whole = [.. Subjects.Select(subject => _issuer.Issue(JwtClaims.Good(subject), ClaimWorth.Good))];
    }

    [Fact]
    public async Task Jwts_WhenDamagedOrForged_ProveNobody()
    {
        var outcomes = await new FuzzRun(_output, 4000).EachAsync(Make, JudgeAsync);

        Assert.Equal(["nobody", "proved"], outcomes.Keys);
    }

    public void Dispose()
    {
        _authenticator.Dispose();
        _issuer.Dispose();
        File.Delete(_keySet);
    }

    private FuzzedRequest Make(Random random) => new("GET", "/", ("Authorization", "Bearer " + Token(random)));

    private string Token(Random random)
    {
        switch (random.Next(10))
        {
            case 0:
                var (claims, worth) = JwtClaims.Any(random);
                return _issuer.Issue(claims, worth);
            case 1 or 2:
                return _issuer.Forge(Maybe(random.One(Headers), random, Headers), JwtClaims.Any(random).Json, random);
            case 3:
                // Parts of two tokens, or too many.
                return string.Join('.', Enumerable.Range(0, random.One(2, 3, 3, 3, 4, 5)).Select(i => random.One(random.One(_whole).Split('.'))));
            case 4 or 5:
                // Other claims under a signature that was good.
                var parts = random.One(_whole).Split('.');
                var at = random.Next(2);
                parts[at] = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Mutation.Of(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[at])), random, "orders", "billing", "\"", "\":")));
                return string.Join('.', parts);
            case 6:
                return random.One(_whole);
            default:
                return Mutation.Of(random.One(_whole), random, Pieces);
        }
    }

    private static string Maybe(string text, Random random, string[] pieces) => random.Next(3) > 0 ? text : Mutation.Of(text, random, pieces);

    private async Task<string> JudgeAsync(FuzzedRequest request)
    {
        var context = request.Context(AcceptedProofs.Jwt);
        context.Features.Set(new Callout { Name = "N", Address = CalloutAddress.Path, Path = "/", Query = "", Snapshot = Catalog });

        await new CallerMiddleware(_ => Task.CompletedTask, [_authenticator], NullLogger<CallerMiddleware>.Instance).InvokeAsync(context);

        Assert.False(context.Request.Headers.ContainsKey("Authorization"));
        var parts = request.Values("Authorization")[0]["Bearer ".Length..].Trim().Split('.');
        var (issued, worth) = _issuer.Issued.GetValueOrDefault(string.Join('.', parts.Take(2)), ("", ClaimWorth.Bad));
        if (context.Features.Get<Caller>() is not { } caller)
        {
            Assert.Equal(401, context.Response.StatusCode);
            Assert.False(worth == ClaimWorth.Good && issued == string.Join('.', parts), "A token that holds was refused.");
            return "nobody";
        }
        // A signature covers header and claims as they are written, so what is taken was signed to the letter.
        Assert.Equal(3, parts.Length);
        Assert.NotEqual(ClaimWorth.Bad, worth);
        if (!caller.Name.StartsWith($"jwt:{JwtIssuer.Name.Replace(":", "%3A", StringComparison.Ordinal)}:", StringComparison.Ordinal))
            Assert.Contains($"\"sub\":\"{caller.Name.Replace("-service", "", StringComparison.Ordinal)}\"", Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[1])), StringComparison.Ordinal);
        return "proved";
    }
}
