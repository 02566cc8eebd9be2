using SigningProxy.LocalAws.Verification;

namespace SigningProxy.Tests.LocalAws;

public sealed class CanonicalTargetTests
{
    [Theory]
    [InlineData("/", "/", "/")]
    [InlineData("/a%20b", "/a%20b", "/a%2520b")]
    [InlineData("/a%2fb", "/a%2Fb", "/a%252fb")]
    [InlineData("/%7Ea%41", "/~aA", "/%257Ea%2541")]
    [InlineData("/a+b=c:d@e", "/a%2Bb%3Dc%3Ad%40e", "/a%2Bb%3Dc%3Ad%40e")]
    [InlineData("/caf%C3%A9", "/caf%C3%A9", "/caf%25C3%25A9")]
    [InlineData("//a//b//", "//a//b//", "/a/b/")]
    [InlineData("/a/./b/../c", "/a/./b/../c", "/a/c")]
    [InlineData("/a/%2e%2e/b", "/a/../b", "/a/%252e%252e/b")]
    [InlineData("/../../a", "/../../a", "/a")]
    [InlineData("/a/..", "/a/..", "/")]
    [InlineData("/a/b/..", "/a/b/..", "/a/")]
    [InlineData("/a/.", "/a/.", "/a/")]
    [InlineData("/..a/b..", "/..a/b..", "/..a/b..")]
    [InlineData("/a%zz", null, "/a%25zz")]
    [InlineData("*", null, null)]
    public void Path_EncodedOnceForS3AndTwiceForTheRest(string rawPath, string? once, string? twice)
    {
        Assert.Equal(once, CanonicalPath.Of(rawPath, PathEncoding.Once));
        Assert.Equal(twice, CanonicalPath.Of(rawPath, PathEncoding.Twice));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("acl", "acl=")]
    [InlineData("a=1&&b=2&", "a=1&b=2")]
    [InlineData("b=1&a=2&a=1&A=3", "A=3&a=1&a=2&b=1")]
    [InlineData("a-=1&a=2&a0=3", "a=2&a-=1&a0=3")]
    [InlineData("q=a+b&r=a%20b&s=a%2Bb", "q=a%20b&r=a%20b&s=a%2Bb")]
    [InlineData("k=a=b/c", "k=a%3Db%2Fc")]
    [InlineData("k=%e1%88%b4&%7e=~", "k=%E1%88%B4&~=~")]
    public void Query_DecodedEscapedAndSorted(string rawQuery, string canonical) =>
        Assert.Equal(canonical, CanonicalQuery.Of(CanonicalQuery.Parse(rawQuery)!));

    [Theory]
    [InlineData("http://host:80/a?b", "/a", "b")]
    [InlineData("http://host?b", "/", "b")]
    [InlineData("http://host", "/", "")]
    [InlineData("/a?b?c", "/a", "b?c")]
    [InlineData("/http://x", "/http://x", "")]
    public void Target_SplitsIntoPathAndQuery(string target, string path, string query)
    {
        var request = new ReceivedRequest("GET", target, [], []);
        Assert.Equal((path, query), (request.RawPath, request.RawQuery));
    }
}
