using System.Text;
using SigningProxy.LocalAws.Verification;

namespace SigningProxy.Tests.LocalAws;

/// <summary>A signed request as it goes over the wire, to be changed on the way.</summary>
internal sealed record WireText(string Method, string Path, string Query, IReadOnlyList<KeyValuePair<string, string>> Headers, byte[] Body)
{
    public ReceivedRequest Received() => new(Method, Query.Length == 0 ? Path : $"{Path}?{Query}", Headers, Body);

    /// <summary>The request with a letter or digit of each part changed into one that means something else; the parts that hold none are left out.</summary>
    /// <param name="random">Which one.</param>
    /// <param name="withBody">Whether to change the body too.</param>
    public IEnumerable<WireText> EachWithOneByteChanged(Random random, bool withBody)
    {
        if (Changed(Method, random) is { } method)
            yield return this with { Method = method };
        if (Changed(Path, random) is { } path)
            yield return this with { Path = path };
        if (Changed(Query, random) is { } query)
            yield return this with { Query = query };
        for (var i = 0; i < Headers.Count; i++)
        {
            if (Changed(Headers[i].Key, random) is { } name)
                yield return this with { Headers = [.. Headers.Take(i), new(name, Headers[i].Value), .. Headers.Skip(i + 1)] };
            if (Changed(Headers[i].Value, random) is { } value)
                yield return this with { Headers = [.. Headers.Take(i), new(Headers[i].Key, value), .. Headers.Skip(i + 1)] };
        }
        if (!withBody)
            yield break;
        var body = Body.ToArray();
        body[random.Next(body.Length)] ^= (byte)(1 << random.Next(8));
        yield return this with { Body = body };
    }

    public override string ToString() => $"{Method} {Path}?{Query}\n{string.Join('\n', Headers.Select(header => $"{header.Key}: {header.Value}"))}\n\n{Convert.ToHexString(Body)}";

    // Within a percent triplet another hexadecimal digit, and outside of one another letter or digit, never the other case of the same.
    private static string? Changed(string text, Random random)
    {
        var places = Enumerable.Range(0, text.Length).Where(i => char.IsAsciiLetterOrDigit(text[i])).ToArray();
        if (places.Length == 0)
            return null;
        var at = places[random.Next(places.Length)];
        var letters = char.IsAsciiHexDigit(text[at]) ? "0123456789abcdef" : "abcdefghijklmnopqrstuvwxyz";
        var index = letters.IndexOf(char.ToLowerInvariant(text[at]), StringComparison.Ordinal);
        return new StringBuilder(text) { [at] = letters[(index + random.Next(1, letters.Length)) % letters.Length] }.ToString();
    }
}
