using System.Globalization;
using System.Text;
using SigningProxy.SigV4;

namespace SigningProxy.Tests.SigV4;

/// <summary>Makes requests by their meaning, and what goes over the wire for them.</summary>
internal static class MeantRequests
{
    public static readonly string[] Services =
        ["s3", "s3express", "s3-object-lambda", "s3-outposts", "dynamodb", "execute-api", "bedrock", "es", "s3tables", "sts"];

    private static readonly string[] Methods = ["GET", "PUT", "POST", "DELETE", "HEAD", "PATCH", "OPTIONS", "PROPFIND"];
    private static readonly string[] Regions = ["us-east-1", "eu-west-1", "cn-north-1", "us-gov-west-1", "ap-southeast-5", "eusc-de-east-1"];
    private static readonly string[] Secrets = [PlainRequest.SuiteSecret, "s", "ein/Geheimnis+mit=ü日😀", new string('k', 128)];

    private static readonly string[] Endpoints =
        ["https://example.amazonaws.com:8443", "https://example.amazonaws.com", "http://localhost:4566", "https://[2001:db8::1]:9000", "https://bucket.s3.eu-west-1.amazonaws.com", "http://10.0.0.1", "https://EXAMPLE.com:443"];
    private static readonly string[] PlainNames = ["acl", "prefix", "a", "A", "list-type", "X"];

    private static readonly string[] Pieces =
    [
        "a", "Zed", "42", "-", "_", ".", "~", " ", "+", "%", "/", "\\", ":", "@", "$", "&", "=", ",", ";", "?", "#", "!", "*", "'", "(", ")", "[", "]",
        "{", "}", "|", "^", "`", "\"", "<", ">", "é", "ß", "日本", "😀", "\u00a0", "%20", "%2F", "\u007f", "\u0001", "\uffee",
    ];

    private static readonly string[] HeaderNames = ["Content-Type", "Content-MD5", "X-Amz-Target", "x-amz-meta-a", "X-Amz-Meta_A", "X-AMZ-METAB", "Accept", "x", "X-1", "x.y", "If-None-Match"];
    private static readonly string[] HeaderPieces = ["a", "B c", "  ", "\t", ";", ",", "\"q   q\"", "é", "日本", "=", ":", "%20", new string('v', 400)];
    private const string NameCharacters = "abcXYZ019!#$%&'*+-.^_`|~";

    /// <summary>One, and what a caller would send for it.</summary>
    public static (MeantRequest Meant, PlainRequest Wire) Request(Random random)
    {
        var meant = Generate(random);
        return (meant, OnTheWire(meant, random));
    }

    public static MeantRequest Generate(Random random)
    {
        var (service, endpoint) = (One(random, Services), One(random, Endpoints));
        var keepsDots = SigningSettings.ForService(service).PathNormalization == PathNormalization.Off;
        var segments = Enumerable.Range(0, random.Next(5)).Select(_ => Text(random, Pieces, 1, 4));
        if (keepsDots && random.Next(3) == 0)
            segments = segments.SelectMany(segment => new[] { segment, random.Next(2) == 0 ? ".." : "." });
        return new MeantRequest(
            One(random, Methods),
            [.. segments.Where(segment => keepsDots || segment is not ("." or ".."))],
            random.Next(12) == 0 ? [.. Enumerable.Range(0, 40).Select(i => ($"p{i}", Text(random, Pieces, 0, 3)))] : [.. Enumerable.Range(0, random.Next(6)).Select(_ => (Name(random), Text(random, Pieces, 0, 3)))],
            [.. Enumerable.Range(0, random.Next(12) == 0 ? 70 : random.Next(6)).Select(_ => (HeaderName(random), Text(random, HeaderPieces, 0, 5) + (random.Next(100) == 0 ? "\u00a0" : "")))],
            // The SDK leaves a body unsigned over TLS alone.
            endpoint.StartsWith("https", StringComparison.Ordinal) && random.Next(5) == 0 ? null : Body(random),
            "AKIA" + random.Next().ToString(CultureInfo.InvariantCulture),
            One(random, Secrets),
            random.Next(2) == 0 ? null : Convert.ToBase64String(Encoding.UTF8.GetBytes(Text(random, Pieces, 1, 40))),
            endpoint,
            new CredentialScope(One(random, Regions), service),
            new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.FromHours(random.Next(-12, 13))).AddSeconds(random.Next()));
    }

    // Mostly plain, so that the order of most queries is the same before and after encoding.
    private static string Name(Random random) =>
        random.Next(9) == 0 ? Text(random, Pieces, 1, 3) : One(random, PlainNames);

    private static string HeaderName(Random random) =>
        random.Next(3) > 0 ? One(random, HeaderNames) : string.Concat(Enumerable.Range(0, random.Next(1, 20)).Select(_ => NameCharacters[random.Next(NameCharacters.Length)]));

    private static byte[] Body(Random random)
    {
        var body = new byte[random.Next(10) == 0 ? random.Next(5000) : random.Next(40)];
        random.NextBytes(body);
        return body;
    }

    private static string One(Random random, string[] choices) => choices[random.Next(choices.Length)];

    private static string Text(Random random, string[] pieces, int least, int most) =>
        string.Concat(Enumerable.Range(0, random.Next(least, most + 1)).Select(_ => One(random, pieces)));

    /// <summary>What a caller would send for it: for S3 and in queries in any spelling; elsewhere in the SDK's own, which is what it signs again.</summary>
    public static PlainRequest OnTheWire(MeantRequest meant, Random random)
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
            Host = new Uri(meant.Endpoint).Authority,
            Headers = headers,
            Payload = meant.Body is null ? PayloadHash.Unsigned : PayloadHash.Of(meant.Body),
            KeyId = meant.KeyId,
            Secret = meant.Secret,
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
