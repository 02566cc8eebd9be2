using System.Text;
using SigningProxy.SigV4;

namespace SigningProxy.Tests.SigV4;

/// <summary>Thousands of requests, each signed here from its wire form and by the AWS SDK from its meaning: the results must be equal.</summary>
public sealed class AwsSdkOracleTests(ITestOutputHelper output)
{
    private const int Seed = 20150830;
    private const int Requests = 6000;

    private static readonly string[] Services =
        ["s3", "s3express", "s3-object-lambda", "s3-outposts", "dynamodb", "execute-api", "bedrock", "es", "s3tables"];

    private static readonly string[] Methods = ["GET", "PUT", "POST", "DELETE", "HEAD"];
    private static readonly string[] Regions = ["us-east-1", "eu-west-1", "cn-north-1"];
    private static readonly string[] PlainNames = ["acl", "prefix", "a", "A", "list-type", "X"];

    private static readonly string[] Pieces =
    [
        "a", "Zed", "42", "-", "_", ".", "~", " ", "+", "%", "/", "\\", ":", "@", "$", "&", "=", ",", ";", "?", "#", "!", "*", "'", "(", ")", "[", "]",
        "{", "}", "|", "^", "`", "\"", "<", ">", "é", "ß", "日本", "😀", "\u00a0", "%20", "%2F", "\u007f", "\u0001", "\uffee",
    ];

    private static readonly string[] HeaderNames = ["Content-Type", "Content-MD5", "X-Amz-Target", "x-amz-meta-a", "X-Amz-Meta_A", "X-AMZ-METAB", "Accept"];
    private static readonly string[] HeaderPieces = ["a", "B c", "  ", "\t", ";", ",", "\"q   q\"", "é", "="];

    // Where the SDK and AWS's documents part, with the document that this signer follows.
    private static readonly (string Why, Func<MeantRequest, bool> Applies)[] Differences =
    [
        ("The SDK sorts parameters by their decoded text; AWS says to encode first and to sort the result (Create a canonical request, step 4).",
            SortsOtherwiseWhenEncoded),
    ];

    [Fact]
    public void Sign_OfEveryGeneratedRequest_IsAsTheAwsSdkSigns()
    {
        var random = new Random(Seed);
        var oracle = new AwsSdkOracle();
        var compared = Services.ToDictionary(service => service, _ => 0);

        for (var i = 0; i < Requests; i++)
        {
            var meant = Generate(random);
            var wire = OnTheWire(meant, random);
            if (Differences.Any(difference => difference.Applies(meant)))
                continue;
            var trace = new SigningTrace();
            var authorization = wire.Sign(trace).Authorization;
            var (canonicalRequest, sdkAuthorization) = oracle.Sign(meant);

            Assert.Equal(canonicalRequest, trace.CanonicalRequest);
            Assert.Equal(sdkAuthorization, authorization);
            compared[meant.Scope.Service]++;
        }

        output.WriteLine(string.Join(", ", compared.Select(count => $"{count.Key}: {count.Value}")));
        Assert.All(compared, count => Assert.InRange(count.Value, 400, Requests));
    }

    [Fact]
    public void Differences_AreRealOnes()
    {
        var meant = Generate(new Random(Seed)) with { Parameters = [("a:", ""), ("a-", "")] };
        var wire = OnTheWire(meant, new Random(Seed));

        Assert.All(Differences, difference => Assert.True(difference.Applies(meant), difference.Why));
        Assert.Contains("\na-=&a%3A=\n", new AwsSdkOracle().Sign(meant).CanonicalRequest, StringComparison.Ordinal);
        Assert.Equal("a%3A=&a-=", wire.CanonicalQuery());
    }

    private static bool SortsOtherwiseWhenEncoded(MeantRequest meant)
    {
        var decoded = meant.Parameters.OrderBy(p => p.Name, StringComparer.Ordinal).ThenBy(p => p.Value, StringComparer.Ordinal);
        var encoded = meant.Parameters
            .OrderBy(p => Uri.EscapeDataString(p.Name), StringComparer.Ordinal)
            .ThenBy(p => Uri.EscapeDataString(p.Value), StringComparer.Ordinal);
        return !decoded.SequenceEqual(encoded);
    }

    private static MeantRequest Generate(Random random)
    {
        var service = One(random, Services);
        var keepsDots = SigningSettings.ForService(service).PathNormalization == PathNormalization.Off;
        var segments = Enumerable.Range(0, random.Next(5)).Select(_ => Text(random, Pieces, 1, 4));
        if (keepsDots && random.Next(3) == 0)
            segments = segments.SelectMany(segment => new[] { segment, random.Next(2) == 0 ? ".." : "." });
        return new MeantRequest(
            One(random, Methods),
            [.. segments.Where(segment => keepsDots || segment is not ("." or ".."))],
            [.. Enumerable.Range(0, random.Next(5)).Select(_ => (Name(random), Text(random, Pieces, 0, 3)))],
            [.. Enumerable.Range(0, random.Next(5)).Select(_ => (One(random, HeaderNames), Text(random, HeaderPieces, 0, 5)))],
            random.Next(5) == 0 ? null : Encoding.UTF8.GetBytes(Text(random, Pieces, 0, 9)),
            random.Next(2) == 0 ? null : Convert.ToBase64String(Encoding.UTF8.GetBytes(Text(random, Pieces, 1, 40))),
            new CredentialScope(One(random, Regions), service),
            new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.FromHours(random.Next(-12, 13))).AddSeconds(random.Next()));
    }

    // Mostly plain, so that the order of most queries is the same before and after encoding.
    private static string Name(Random random) =>
        random.Next(4) == 0 ? Text(random, Pieces, 1, 3) : One(random, PlainNames);

    private static string One(Random random, string[] choices) => choices[random.Next(choices.Length)];

    private static string Text(Random random, string[] pieces, int least, int most) =>
        string.Concat(Enumerable.Range(0, random.Next(least, most + 1)).Select(_ => One(random, pieces)));

    /// <summary>What a caller would send for it: for S3 and in queries in any spelling; elsewhere in the SDK's own, which is what it signs again.</summary>
    private static PlainRequest OnTheWire(MeantRequest meant, Random random)
    {
        var settings = SigningSettings.ForService(meant.Scope.Service);
        var path = meant.Segments.Select(segment =>
            settings.PathEncoding == PathEncoding.Once ? Spelled(segment, random, "%20") : Uri.EscapeDataString(segment));
        var query = meant.Parameters.Select(p => Spelled(p.Name, random, "+") + "=" + Spelled(p.Value, random, "+")).ToArray();
        var headers = meant.Headers.Select(h => new RequestHeader(random.Next(2) == 0 ? h.Name : h.Name.ToUpperInvariant(), h.Value)).ToArray();
        random.Shuffle(query);
        return new PlainRequest
        {
            Method = meant.Method,
            Path = CanonicalPath.ToSend("/" + string.Join('/', path), settings.PathNormalization),
            Query = string.Join('&', query),
            Host = AwsSdkOracle.Host,
            Headers = headers,
            Payload = meant.Body is null ? PayloadHash.Unsigned : PayloadHash.Of(meant.Body),
            Token = meant.Token,
            Scope = meant.Scope,
            Instant = meant.Instant,
            Settings = settings,
        };
    }

    private static string Spelled(string text, Random random, string space)
    {
        var spelled = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            var literal = rune.ToString();
            var escaped = string.Concat(Encoding.UTF8.GetBytes(literal).Select(b => random.Next(2) == 0 ? $"%{b:X2}" : $"%{b:x2}"));
            spelled.Append(literal switch
            {
                " " when random.Next(2) == 0 => space,
                "%" or "&" or "=" or "+" or " " or "/" => escaped,
                _ => random.Next(3) == 0 ? literal : escaped,
            });
        }
        return spelled.ToString();
    }
}
