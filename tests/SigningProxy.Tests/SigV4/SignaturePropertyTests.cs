using System.Collections.Frozen;
using FsCheck.Xunit;
using SigningProxy.SigV4;

namespace SigningProxy.Tests.SigV4;

[Properties(Arbitrary = [typeof(Arbitraries)], MaxTest = 500)]
public sealed class SignaturePropertyTests
{
    private static readonly FrozenSet<string> KeepAll = FrozenSet<string>.Empty;
    private static readonly string[] OwnHeaders = ["x-amz-content-sha256", "x-amz-security-token"];

    [Property]
    public void OrderOfHeadersAndOfQuery_DoesNotMatter(PlainRequest request, int seed)
    {
        var random = new Random(seed);
        var parameters = request.Query.Split('&');
        var headers = request.Headers.ToArray();
        random.Shuffle(parameters);
        random.Shuffle(headers);

        Assert.Equal(request.Sign(), (request with { Query = string.Join('&', parameters), Headers = headers }).Sign());
    }

    [Property]
    public void AnyChangedFact_ChangesTheSignature(PlainRequest request, int seed)
    {
        var random = new Random(seed);
        var which = random.Next(request.Headers.Count);
        PlainRequest[] changed =
        [
            request with { Method = Changed(request.Method, random) },
            request with { Path = Changed(request.Path + "a", random) },
            request with { Query = Changed(request.Query + "a", random) },
            request with { Host = Changed(request.Host, random) },
            request with { Headers = Replaced(request.Headers, which, header => header with { Name = Changed(header.Name, random) }) },
            request with { Headers = Replaced(request.Headers, which, header => header with { Value = Changed(header.Value + "a", random) }) },
            request with { Headers = [.. request.Headers.Where((_, index) => index != which)] },
            request with { Payload = Changed(request.Payload!.Value, random) },
            request with { Instant = request.Instant.AddSeconds(1) },
            request with { Instant = request.Instant.AddDays(1) },
            request with { Scope = request.Scope with { Region = Changed(request.Scope.Region, random) } },
            request with { Scope = request.Scope with { Service = Changed(request.Scope.Service, random) } },
            request with { Secret = Changed(request.Secret, random) },
        ];
        // What is changed must be what was signed before: the same text with the one letter that Changed may replace.
        PlainRequest[] before =
        [
            request, request with { Path = request.Path + "a" }, request with { Query = request.Query + "a" },
            request with { Headers = Replaced(request.Headers, which, header => header with { Value = header.Value + "a" }) },
        ];
        var signatures = before.Select(one => one.Trace().Signature).ToHashSet();

        Assert.All(changed, one => Assert.DoesNotContain(one.Trace().Signature, signatures));
    }

    [Property]
    public void AChangedToken_ChangesTheSignatureUnlessItIsAddedAfterwards(PlainRequest request)
    {
        var signature = (request with { Token = "one" }).Trace().Signature;
        var other = (request with { Token = "two" }).Trace().Signature;

        Assert.Equal(request.Settings.SessionTokenMode == SessionTokenMode.After, signature == other);
    }

    [Property]
    public void PathToSend_IsIdempotent(RawPath path)
    {
        var sent = CanonicalPath.ToSend(path.Text, PathNormalization.On);
        Assert.Same(sent, CanonicalPath.ToSend(sent, PathNormalization.On));
    }

    [Property]
    public void PathToSend_WhenNormalized_HoldsNeitherDotSegmentsNorDoubleSlashes(RawPath path)
    {
        var sent = CanonicalPath.ToSend(path.Text, PathNormalization.On);

        Assert.StartsWith("/", sent, StringComparison.Ordinal);
        Assert.DoesNotContain("//", sent, StringComparison.Ordinal);
        Assert.All(sent.Split('/'), segment => Assert.DoesNotMatch(@"^(\.|%2[eE]){1,2}$", segment));
    }

    [Property]
    public void PathToSend_WhenNormalized_IsWhatAStackOfSegmentsSays(RawPath path)
    {
        var stack = new Stack<string>();
        var last = "";
        foreach (var segment in path.Text.Split('/'))
        {
            last = segment.Replace("%2e", ".", StringComparison.OrdinalIgnoreCase);
            if (last == "..")
                stack.TryPop(out _);
            else if (last is not ("" or "."))
                stack.Push(segment);
        }
        var trailing = stack.Count > 0 && last is ("" or "." or "..") ? "/" : "";
        var expected = "/" + string.Join('/', stack.Reverse()) + trailing;

        Assert.Equal(expected, CanonicalPath.ToSend(path.Text, PathNormalization.On));
    }

    [Property]
    public void PathEncodedOnce_MeansWhatThePathMeans(RawPath path)
    {
        var request = new PlainRequest { Path = path.Text, Settings = new(PathEncoding.Once) };
        var meaning = path.Text.Split('/').Select(segment => Uri.EscapeDataString(Uri.UnescapeDataString(segment)));

        Assert.Equal(string.Join('/', meaning), request.CanonicalPath());
    }

    [Property]
    public void PathEncodedTwice_IsTheSentPathEncoded(RawPath path)
    {
        var request = new PlainRequest { Path = path.Text, Settings = new(PathEncoding.Twice) };
        Assert.Equal(string.Join('/', path.Text.Split('/').Select(Uri.EscapeDataString)), request.CanonicalPath());
    }

    [Property]
    public void QueryToSend_IsIdempotent(RawQuery query)
    {
        var sent = CanonicalQuery.ToSend(query.Text, KeepAll);
        Assert.Same(sent, CanonicalQuery.ToSend(sent, KeepAll));
    }

    [Property]
    public void QueryToSend_MeansWhatTheQueryMeans(RawQuery query)
    {
        var parameters = query.Text.Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(parameter => parameter.Split('=', 2))
            .Select(pair => (Name: Recoded(pair[0]), Value: pair.Length == 2 ? Recoded(pair[1]) : ""))
            .OrderBy(pair => pair.Name, StringComparer.Ordinal)
            .ToList();
        var sent = CanonicalQuery.ToSend(query.Text, KeepAll);
        Assert.Equal(string.Join('&', parameters.Select(pair => $"{pair.Name}={pair.Value}")), sent);

        var sorted = parameters.OrderBy(pair => pair.Name, StringComparer.Ordinal).ThenBy(pair => pair.Value, StringComparer.Ordinal);
        var canonical = string.Join('&', sorted.Select(pair => $"{pair.Name}={pair.Value}"));
        Assert.Equal(canonical, new PlainRequest { Query = query.Text }.CanonicalQuery());
        Assert.Equal(canonical, new PlainRequest { Query = sent }.CanonicalQuery());
    }

    [Property]
    public void CanonicalRequest_OfWhatIsCanonical_IsTheSame(PlainRequest request)
    {
        var once = request with { Settings = request.Settings with { PathEncoding = PathEncoding.Once } };
        var canonical = once.Trace().CanonicalRequest.Split('\n');
        var headers = once.CanonicalHeaders().Select(line => line.Split(':', 2)).Where(header => !OwnHeaders.Contains(header[0]));
        var again = once with { Path = canonical[1], Query = canonical[2], Headers = [.. headers.Select(header => new RequestHeader(header[0], header[1]))] };

        Assert.Equal(canonical, again.Trace().CanonicalRequest.Split('\n'));
    }

    private static string Recoded(string text) =>
        Uri.EscapeDataString(Uri.UnescapeDataString(text.Replace('+', ' ')));

    /// <summary>One letter or digit outside a percent triplet becomes another one.</summary>
    private static string Changed(string text, Random random)
    {
        var places = Enumerable.Range(0, text.Length)
            .Where(i => char.IsAsciiLetterOrDigit(text[i]) && !text.AsSpan(Math.Max(0, i - 2), Math.Min(2, i)).Contains('%'))
            .ToArray();
        var at = places[random.Next(places.Length)];
        return string.Concat(text.AsSpan(0, at), text[at] is 'q' or 'Q' ? "w" : "q", text.AsSpan(at + 1));
    }

    private static PayloadHash Changed(PayloadHash hash, Random random)
    {
        var bytes = Convert.FromHexString(hash.Value);
        bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        return PayloadHash.FromHash(bytes);
    }

    private static RequestHeader[] Replaced(IReadOnlyList<RequestHeader> headers, int which, Func<RequestHeader, RequestHeader> change) =>
        [.. headers.Select((header, index) => index == which ? change(header) : header)];
}
