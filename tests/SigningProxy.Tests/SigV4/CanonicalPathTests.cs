using SigningProxy.SigV4;

namespace SigningProxy.Tests.SigV4;

public sealed class CanonicalPathTests
{
    [Theory]
    [InlineData("/", "/")]
    [InlineData("/a", "/a")]
    [InlineData("/a/", "/a/")]
    [InlineData("//", "/")]
    [InlineData("///", "/")]
    [InlineData("/a//b", "/a/b")]
    [InlineData("/a//", "/a/")]
    [InlineData("//a", "/a")]
    [InlineData("/.", "/")]
    [InlineData("/..", "/")]
    [InlineData("/./", "/")]
    [InlineData("/../../a", "/a")]
    [InlineData("/a/.", "/a/")]
    [InlineData("/a/..", "/")]
    [InlineData("/a/b/..", "/a/")]
    [InlineData("/a/./b", "/a/b")]
    [InlineData("/a/../b", "/b")]
    [InlineData("/a//../b", "/b")]
    [InlineData("/a/%2e%2E/b", "/b")]
    [InlineData("/a/.%2e/b", "/b")]
    [InlineData("/a/%2E/b", "/a/b")]
    [InlineData("/...", "/...")]
    [InlineData("/a/..b/.c", "/a/..b/.c")]
    [InlineData("/a%2Fb/..", "/")]
    [InlineData("/a%20b", "/a%20b")]
    [InlineData("/a:b@c$&,;=+~", "/a:b@c$&,;=+~")]
    public void ToSend_WhenNormalizationIsOn_HoldsNeitherDotsNorDoubleSlashes(string path, string expected) =>
        Assert.Equal(expected, CanonicalPath.ToSend(path, PathNormalization.On));

    [Theory]
    [InlineData("//a/./b/../c//%2e%2e/")]
    [InlineData("/")]
    [InlineData("/a%2fb")]
    public void ToSend_WhenNormalizationIsOff_ReturnsTheSameString(string path) =>
        Assert.Same(path, CanonicalPath.ToSend(path, PathNormalization.Off));

    [Fact]
    public void ToSend_WhenNothingNeedsNormalizing_ReturnsTheSameString()
    {
        var path = "/a/b%20c/d..e/";
        Assert.Same(path, CanonicalPath.ToSend(path, PathNormalization.On));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("*")]
    [InlineData("http://host/a")]
    [InlineData("/%")]
    [InlineData("/a%2")]
    [InlineData("/a%zz")]
    [InlineData("/%2e%2g/..")]
    public void ToSend_WhenMalformed_Refuses(string path)
    {
        Assert.Throws<FormatException>(() => CanonicalPath.ToSend(path, PathNormalization.On));
        Assert.Throws<FormatException>(() => CanonicalPath.ToSend(path, PathNormalization.Off));
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData(".", 1)]
    [InlineData("%2e", 1)]
    [InlineData("..", 2)]
    [InlineData("%2E.", 2)]
    [InlineData(".%2e", 2)]
    [InlineData("%2e%2E", 2)]
    [InlineData("...", 0)]
    [InlineData("..a", 0)]
    [InlineData("a.", 0)]
    [InlineData("%252e", 0)]
    public void Dots_CountsPlainAndEncodedOnes(string segment, int expected) =>
        Assert.Equal(expected, CanonicalPath.Dots(segment));

    // Once: what AWS documents for S3. Twice: the path as sent, encoded again.
    [Theory]
    [InlineData("/", "/", "/")]
    [InlineData("/a%20b", "/a%20b", "/a%2520b")]
    [InlineData("/a b", "/a%20b", "/a%20b")]
    [InlineData("/a%2Fb", "/a%2Fb", "/a%252Fb")]
    [InlineData("/a%2fb", "/a%2Fb", "/a%252fb")]
    [InlineData("//a//", "//a//", "//a//")]
    [InlineData("/./a/..", "/./a/..", "/./a/..")]
    [InlineData("/%2e%2e", "/..", "/%252e%252e")]
    [InlineData("/:@$&,;=", "/%3A%40%24%26%2C%3B%3D", "/%3A%40%24%26%2C%3B%3D")]
    [InlineData("/%3A%40", "/%3A%40", "/%253A%2540")]
    [InlineData("/a+b", "/a%2Bb", "/a%2Bb")]
    [InlineData("/a%2Bb", "/a%2Bb", "/a%252Bb")]
    [InlineData("/~a-._", "/~a-._", "/~a-._")]
    [InlineData("/%7Ea", "/~a", "/%257Ea")]
    [InlineData("/%41", "/A", "/%2541")]
    [InlineData("/%25", "/%25", "/%2525")]
    [InlineData("/ሴ", "/%E1%88%B4", "/%E1%88%B4")]
    [InlineData("/%E1%88%B4", "/%E1%88%B4", "/%25E1%2588%25B4")]
    [InlineData("/😀", "/%F0%9F%98%80", "/%F0%9F%98%80")]
    [InlineData("/%FF%00", "/%FF%00", "/%25FF%2500")]
    [InlineData("/a[b]{c}|^`\"<>", "/a%5Bb%5D%7Bc%7D%7C%5E%60%22%3C%3E", "/a%5Bb%5D%7Bc%7D%7C%5E%60%22%3C%3E")]
    [InlineData("/*'()!", "/%2A%27%28%29%21", "/%2A%27%28%29%21")]
    public void CanonicalForm_IsEncodedOnceOrTwice(string path, string once, string twice)
    {
        Assert.Equal(once, Signed(path, PathEncoding.Once).CanonicalPath());
        Assert.Equal(twice, Signed(path, PathEncoding.Twice).CanonicalPath());
    }

    [Theory]
    [InlineData("/%")]
    [InlineData("/%4")]
    [InlineData("/%4g")]
    [InlineData("/a%%41")]
    public void CanonicalForm_WhenAPercentTripletIsMalformed_IsRefusedInBothEncodings(string path)
    {
        Assert.Throws<FormatException>(() => Signed(path, PathEncoding.Once).Sign());
        Assert.Throws<FormatException>(() => Signed(path, PathEncoding.Twice).Sign());
    }

    [Fact]
    public void CanonicalForm_WhenHalfOfASurrogatePairIsLeft_IsRefused() =>
        Assert.Throws<FormatException>(() => Signed("/\ud83d", PathEncoding.Twice).Sign());

    private static PlainRequest Signed(string path, PathEncoding encoding) =>
        new() { Path = path, Settings = PlainRequest.Suite with { PathEncoding = encoding } };
}
