using SigningProxy.Callouts;

namespace SigningProxy.Tests.Callouts;

public sealed class RawTargetTests
{
    [Theory]
    [InlineData("/", "/", "")]
    [InlineData("/a/b?c=d", "/a/b", "c=d")]
    [InlineData("/a?", "/a", "")]
    [InlineData("/a?b?c", "/a", "b?c")]
    [InlineData("/a%2Fb//../%5c?%00", "/a%2Fb//../%5c", "%00")]
    [InlineData("/!\"$&'()*+,-.:;<=>@[]^_`{|}~", "/!\"$&'()*+,-.:;<=>@[]^_`{|}~", "")]
    [InlineData("/?\\", "/", "\\")]
    public void TryParse_WhenGood_KeepsEveryCharacter(string target, string path, string query)
    {
        Assert.Null(RawTarget.TryParse(target, out var parsed));
        Assert.Equal(new RawTarget(path, query), parsed);
    }

    [Theory]
    [InlineData("", "must be a path")]
    [InlineData("*", "must be a path")]
    [InlineData("http://localhost/a", "must be a path")]
    [InlineData("a/b", "must be a path")]
    [InlineData("?a", "must be a path")]
    [InlineData("/a b", "must be percent-encoded")]
    [InlineData("/a\tb", "must be percent-encoded")]
    [InlineData("/a\rb", "must be percent-encoded")]
    [InlineData("/a\u0001", "must be percent-encoded")]
    [InlineData("/a\u007f", "must be percent-encoded")]
    [InlineData("/caf\u00e9", "must be percent-encoded")]
    [InlineData("/a#b", "must be percent-encoded")]
    [InlineData("/a\\b", "must be percent-encoded")]
    [InlineData("/a?b#c", "must be percent-encoded")]
    [InlineData("/a?b c", "must be percent-encoded")]
    [InlineData("/%", "percent sign")]
    [InlineData("/%2", "percent sign")]
    [InlineData("/%2g", "percent sign")]
    [InlineData("/%25%", "percent sign")]
    [InlineData("/?%zz", "percent sign")]
    public void TryParse_WhenMalformed_SaysWhy(string target, string expected)
    {
        Assert.Contains(expected, RawTarget.TryParse(target, out var parsed), StringComparison.Ordinal);
        Assert.Equal(default, parsed);
    }

    [Theory]
    [InlineData("/", false)]
    [InlineData("/a/..", false)]
    [InlineData("/a/b/../..", false)]
    [InlineData("/./a/.", false)]
    [InlineData("/...", false)]
    [InlineData("/a../b", false)]
    [InlineData("/..", true)]
    [InlineData("/../a", true)]
    [InlineData("/a/../../b", true)]
    [InlineData("/a/../b/../..", true)]
    [InlineData("/./..", true)]
    [InlineData("//..", true)]
    [InlineData("/a//../..", true)]
    [InlineData("/%2e%2e", true)]
    [InlineData("/.%2E/a", true)]
    [InlineData("/a/%2e%2e/%2e%2e/b", true)]
    [InlineData("/%2e/..", true)]
    [InlineData("/..%2fa", true)]
    [InlineData("/a%2f..%2f..", true)]
    [InlineData("/..%5Ca", true)]
    [InlineData("/a%5c..%5C..", true)]
    [InlineData("/a%2f..", false)]
    [InlineData("/a%2fb/../..", true)]
    [InlineData("/a/%2e%2e%2f..", true)]
    public void Climbs_IsReadPlainAndWithEncodedSlashes(string path, bool expected) => Assert.Equal(expected, RawTarget.Climbs(path));
}
