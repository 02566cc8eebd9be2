using SigningProxy.SigV4;

namespace SigningProxy.Tests.SigV4;

public sealed class CanonicalHeadersTests
{
    [Theory]
    [InlineData("a", "a")]
    [InlineData("", "")]
    [InlineData("   ", "")]
    [InlineData("  a  ", "a")]
    [InlineData("a  b   c", "a b c")]
    [InlineData("\ta\t\tb \t c\t", "a b c")]
    [InlineData(" \"a   b   c\" ", "\"a b c\"")]
    [InlineData("a,  b", "a, b")]
    [InlineData("A;B", "A;B")]
    [InlineData("grün 日", "grün 日")]
    public void Value_IsTrimmedAndFolded(string value, string expected) =>
        Assert.Equal([$"my-header:{expected}"], With(new RequestHeader("My-Header", value)).CanonicalHeaders());

    [Fact]
    public void DuplicateNames_AreOneLineInTheOrderGiven() =>
        Assert.Equal(
            ["my-header:b,a b,,c"],
            With(new("My-Header", "b"), new("MY-HEADER", " a  b "), new("my-header", ""), new("My-header", "c")).CanonicalHeaders());

    [Fact]
    public void Names_AreLowerCaseAndSorted()
    {
        var trace = With(new("X-Amz-Meta_A", "1"), new("X-Amz-Meta-B", "2"), new("X-Amz-MetaC", "3"), new("Content-Type", "t")).Trace();

        // An underscore comes before the lower-case letters and after the upper-case ones.
        Assert.Equal("content-type;host;x-amz-date;x-amz-meta-b;x-amz-meta_a;x-amz-metac", trace.SignedHeaders);
    }

    [Fact]
    public void Name_ThatBeginsAnother_ComesFirst() =>
        Assert.Equal("a;a-b;ab;host;x-amz-date", With(new("ab", ""), new("A-B", ""), new("a", "")).Trace().SignedHeaders);

    [Theory]
    [InlineData("x-amz-date")]
    [InlineData("X-Amz-Content-SHA256")]
    [InlineData("X-Amz-Security-Token")]
    [InlineData("Authorization")]
    public void OwnHeaders_OfTheCaller_ArePassedOver(string name)
    {
        var plain = With() with { Token = "token", Settings = new SigningSettings() };
        var laden = plain with { Headers = [new(name, "stale")] };

        Assert.Equal(plain.Trace().CanonicalRequest, laden.Trace().CanonicalRequest);
        Assert.Equal(plain.Sign(), laden.Sign());
    }

    [Fact]
    public void OwnHeaders_AreSignedUnderTheirNames()
    {
        var trace = new PlainRequest { Token = "the/token==", Settings = new SigningSettings(), Payload = PayloadHash.Unsigned }.Trace();

        Assert.Equal("host;x-amz-content-sha256;x-amz-date;x-amz-security-token", trace.SignedHeaders);
        Assert.Contains("\nx-amz-content-sha256:UNSIGNED-PAYLOAD\n", trace.CanonicalRequest, StringComparison.Ordinal);
        Assert.Contains("\nx-amz-date:20150830T123600Z\n", trace.CanonicalRequest, StringComparison.Ordinal);
        Assert.Contains("\nx-amz-security-token:the/token==\n", trace.CanonicalRequest, StringComparison.Ordinal);
        Assert.EndsWith("\nUNSIGNED-PAYLOAD", trace.CanonicalRequest, StringComparison.Ordinal);
    }

    [Fact]
    public void ManyLongHeaders_AreAllSigned()
    {
        var headers = Enumerable.Range(0, 300).Select(i => new RequestHeader($"x-amz-meta-{(i * 7) % 300:000}", new string('v', 500))).ToList();
        var expected = headers.OrderBy(h => h.Name, StringComparer.Ordinal).Select(h => $"{h.Name}:{h.Value}");

        Assert.Equal(expected, (With() with { Headers = headers }).CanonicalHeaders());
    }

    private static PlainRequest With(params RequestHeader[] headers) => new() { Headers = headers };
}
