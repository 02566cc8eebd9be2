using System.Collections.Frozen;
using SigningProxy.SigV4;

namespace SigningProxy.Tests.SigV4;

public sealed class CanonicalQueryTests
{
    private static readonly FrozenSet<string> KeepAll = FrozenSet<string>.Empty;

    private static readonly FrozenSet<string> Presigned =
        new[] { "X-Amz-Algorithm", "X-Amz-Signature" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    [Theory]
    [InlineData("", "")]
    [InlineData("acl", "acl=")]
    [InlineData("acl=", "acl=")]
    [InlineData("&&", "")]
    [InlineData("&a=1&&b=2&", "a=1&b=2")]
    [InlineData("=x", "=x")]
    [InlineData("=", "=")]
    [InlineData("a=b=c", "a=b%3Dc")]
    [InlineData("a=1+2", "a=1%202")]
    [InlineData("a+b=c", "a%20b=c")]
    [InlineData("a=1%2B2", "a=1%2B2")]
    [InlineData("a=1%2b2", "a=1%2B2")]
    [InlineData("a=%7E%41", "a=~A")]
    [InlineData("prefix=a/b:c@d", "prefix=a%2Fb%3Ac%40d")]
    [InlineData("a=?", "a=%3F")]
    [InlineData("a=%26%3D%23", "a=%26%3D%23")]
    [InlineData("ሴ=bar", "%E1%88%B4=bar")]
    [InlineData("a=😀", "a=%F0%9F%98%80")]
    [InlineData("a=%FF", "a=%FF")]
    [InlineData("b=1&a=2", "a=2&b=1")]
    [InlineData("b&B&a&A", "A=&B=&a=&b=")]
    [InlineData("a-b=1&a=2&a.b=3", "a=2&a-b=1&a.b=3")]
    [InlineData("a:=1&a-=2", "a%3A=1&a-=2")]
    public void BothForms_AgreeOnEscapesAndOnTheOrderOfNames(string query, string expected)
    {
        Assert.Equal(expected, CanonicalQuery.ToSend(query, KeepAll));
        Assert.Equal(expected, new PlainRequest { Query = query }.CanonicalQuery());
    }

    [Theory]
    [InlineData("a=2&a=1", "a=2&a=1", "a=1&a=2")]
    [InlineData("a=&a", "a=&a=", "a=&a=")]
    [InlineData("a=b&a=B&a", "a=b&a=B&a=", "a=&a=B&a=b")]
    [InlineData("b=2&a=z&b=1&a=y", "a=z&a=y&b=2&b=1", "a=y&a=z&b=1&b=2")]
    [InlineData("a=%2F&a=-", "a=%2F&a=-", "a=%2F&a=-")]
    [InlineData("a=-&a=%2F", "a=-&a=%2F", "a=%2F&a=-")]
    public void ValuesOfOneName_KeepTheirOrderOnTheWireAndAreSortedToSign(string query, string sent, string signed)
    {
        Assert.Equal(sent, CanonicalQuery.ToSend(query, KeepAll));
        Assert.Equal(signed, new PlainRequest { Query = query }.CanonicalQuery());
        Assert.Equal(signed, new PlainRequest { Query = sent }.CanonicalQuery());
    }

    [Fact]
    public void ToSend_WhenOneNameComesOften_KeepsTheOrderOfItsValues()
    {
        // Longer than what the sort does by insertion, which would be stable by chance.
        var query = string.Join('&', Enumerable.Range(0, 200).Select(i => $"a={i * 7919 % 200}"));
        Assert.Equal(query, CanonicalQuery.ToSend(query, KeepAll));
    }

    [Theory]
    [InlineData("X-Amz-Signature=abc&a=1", "a=1")]
    [InlineData("a=1&x-amz-signature=abc&X-AMZ-ALGORITHM", "a=1")]
    [InlineData("X%2DAmz%2DSignature=abc", "")]
    [InlineData("X-Amz-Signature2=abc", "X-Amz-Signature2=abc")]
    [InlineData("a=X-Amz-Signature", "a=X-Amz-Signature")]
    public void ToSend_LeavesOutWhatIsOnTheDropList(string query, string expected) =>
        Assert.Equal(expected, CanonicalQuery.ToSend(query, Presigned));

    [Fact]
    public void ToSend_WhenAlreadyCanonical_ReturnsTheSameString()
    {
        var query = "a=2&a=1&b=%20";
        Assert.Same(query, CanonicalQuery.ToSend(query, KeepAll));
    }

    [Theory]
    [InlineData("%")]
    [InlineData("a=%4")]
    [InlineData("a%zz=1")]
    [InlineData("a=%&b=1")]
    [InlineData("a=%2&41")]
    public void BothForms_WhenMalformed_AreRefused(string query)
    {
        Assert.Throws<FormatException>(() => CanonicalQuery.ToSend(query, KeepAll));
        Assert.Throws<FormatException>(() => new PlainRequest { Query = query }.Sign());
    }

    [Fact]
    public void BothForms_WhenHalfOfASurrogatePairIsLeft_AreRefused()
    {
        Assert.Throws<FormatException>(() => CanonicalQuery.ToSend("a=\udc00", KeepAll));
        Assert.Throws<FormatException>(() => new PlainRequest { Query = "a=\udc00" }.Sign());
    }

    [Fact]
    public void BothForms_TakeLongQueries()
    {
        var query = string.Join('&', Enumerable.Range(100, 900).Select(i => $"n{i}=€€€"));
        var expected = query.Replace("€", "%E2%82%AC", StringComparison.Ordinal);
        Assert.Equal(expected, CanonicalQuery.ToSend(query, KeepAll));
        Assert.Equal(expected, new PlainRequest { Query = query }.CanonicalQuery());
    }
}
