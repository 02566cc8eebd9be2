using FsCheck;
using FsCheck.Fluent;
using SigningProxy.SigV4;

namespace SigningProxy.Tests.SigV4;

/// <summary>A raw path, odd more often than not.</summary>
public sealed record RawPath(string Text);

/// <summary>A raw query without its question mark, odd more often than not.</summary>
public sealed record RawQuery(string Text);

/// <summary>What FsCheck makes requests from: the pieces that paths, queries and headers have gone wrong over before.</summary>
public static class Arbitraries
{
    private static readonly Gen<string> Piece = Gen.Elements(
        "a", "b", "Z", "9", "-", ".", "_", "~", "%20", "%2F", "%2f", "%25", "%7E", "%41", "%2e", "%C3%A9", "%E1%88%B4", "%F0%9F%98%80",
        ":", "@", "$", ",", ";", "!", "*", "'", "(", ")", "é", "日", "😀", " ");

    private static readonly Gen<string> Segment = Gen.Frequency(
        (6, Joined("", Piece, 1, 5)),
        (1, Gen.Constant("")),
        (2, Gen.Elements(".", "..", "%2e", "%2E.", ".%2e", "%2e%2E", "...", "..a")));

    private static readonly Gen<string> QueryText = Joined("", Gen.OneOf(Piece, Gen.Elements("+", "%2B", "%26", "%3D", "/", "?")), 0, 4);

    private static readonly Gen<string> Parameter = Gen.Frequency(
        (5, QueryText.SelectMany(name => QueryText.Select(value => $"{name}={value}"))),
        (2, QueryText),
        (2, Gen.Elements("a=2", "a=1", "a", "a=", "a-=1", "a:=1", "=x", "=")));

    private static readonly Gen<string> Value = Joined("", Gen.Elements("a", "B", "9", " ", "  ", "\t", ",", ";", "\"", "é"), 1, 8);

    private static readonly Gen<RequestHeader[]> Headers =
        from names in Gen.Shuffle(["Content-Type", "x-amz-target", "X-Amz-Meta_A", "x-amz-meta-a", "X-AMZ-METAB", "a", "Z-Last"])
        from count in Gen.Choose(1, 7)
        from values in Gen.ArrayOf(Value, count)
        select names.Zip(values, (name, value) => new RequestHeader(name, value)).ToArray();

    private static readonly Gen<PlainRequest> Request =
        from path in Joined("/", Segment, 0, 5)
        from query in Joined("&", Parameter, 0, 6)
        from headers in Headers
        from method in Gen.Elements("GET", "PUT", "POST", "DELETE", "PROPFIND")
        from body in Gen.Choose(0, 999)
        from day in Gen.Choose(0, 30_000)
        from service in Gen.Elements("s3", "dynamodb", "execute-api", "iotdevicegateway")
        from token in Gen.Elements(null, "token", "tok/en+==")
        select new PlainRequest
        {
            Method = method,
            Path = "/" + path,
            Query = query,
            Headers = headers,
            Payload = PayloadHash.Of([(byte)body, (byte)(body >> 8)]),
            Token = token,
            Scope = new("eu-west-1", service),
            Instant = DateTimeOffset.UnixEpoch.AddDays(day).AddSeconds(day),
            Settings = SigningSettings.ForService(service),
        };

    public static Arbitrary<RawPath> Paths() => Joined("/", Segment, 0, 6).Select(text => new RawPath("/" + text)).ToArbitrary();

    public static Arbitrary<RawQuery> Queries() => Joined("&", Parameter, 0, 8).Select(text => new RawQuery(text)).ToArbitrary();

    public static Arbitrary<PlainRequest> Requests() => Request.ToArbitrary();

    private static Gen<string> Joined(string separator, Gen<string> part, int least, int most) =>
        from count in Gen.Choose(least, most)
        from parts in Gen.ArrayOf(part, count)
        select string.Join(separator, parts);
}
