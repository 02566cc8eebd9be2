using SigningProxy.Callouts;
using SigningProxy.Destinations;
using SigningProxy.Forwarding;
using SigningProxy.SigV4;
using SigningProxy.Tests.Catalog;

namespace SigningProxy.Tests.Forwarding;

public sealed class OutboundTargetTests
{
    [Theory]
    [InlineData("https://h", "/", "/")]
    [InlineData("https://h/", "/a/b", "/a/b")]
    [InlineData("https://h/base", "/", "/base/")]
    [InlineData("https://h/base/", "/a", "/base/a")]
    [InlineData("https://h/base/", "//a//b/", "/base/a/b/")]
    [InlineData("https://h/base", "/a/../b/./c", "/base/b/c")]
    [InlineData("https://h/base", "/a/%2e%2e/b", "/base/b")]
    [InlineData("https://h/base/deep", "/a%2Fb", "/base/deep/a%2Fb")]
    [InlineData("https://h/base", "/a%20b", "/base/a%20b")]
    public void Path_OfAGeneralService_IsJoinedAndNormalised(string url, string path, string expected) =>
        Assert.Equal(expected, Of("execute-api", url, path, "").Path);

    [Theory]
    [InlineData("https://h", "/", "/")]
    [InlineData("https://h/bucket", "/", "/bucket/")]
    [InlineData("https://h/bucket/", "/key", "/bucket/key")]
    [InlineData("https://h/bucket/", "//key", "/bucket//key")]
    [InlineData("https://h/bucket", "/a/../b", "/bucket/a/../b")]
    [InlineData("https://h/bucket", "/a//b/./c/", "/bucket/a//b/./c/")]
    public void Path_OfS3_IsJoinedAndKept(string url, string path, string expected) => Assert.Equal(expected, Of("s3", url, path, "").Path);

    [Theory]
    [InlineData("", "")]
    [InlineData("b=2&a=1", "a=1&b=2")]
    [InlineData("a=2&a=1", "a=2&a=1")]
    [InlineData("acl", "acl=")]
    [InlineData("a=b+c", "a=b%20c")]
    [InlineData("X-Amz-Algorithm=1&x-amz-credential=2&X-AMZ-DATE=3&X-Amz-Expires=4&X-Amz-SignedHeaders=5&X-Amz-Signature=6&X-Amz-Security-Token=7&keep=8", "keep=8")]
    [InlineData("X%2DAmz%2DSignature=1&X-Amz-Other=2", "X-Amz-Other=2")]
    public void Query_IsCanonicalAndWithoutTheCallersPresigning(string query, string expected) =>
        Assert.Equal(expected, Of("s3", "https://h", "/", query).Query);

    [Fact]
    public void Target_WhenTheCallerSignsItself_GoesOutAsItCame()
    {
        var target = Of("execute-api", "https://h/base/", "//a/./b", "b=2&X-Amz-Signature=1&a", IntendedSignature.CallersOwn);

        Assert.Equal(new OutboundTarget("/base//a/./b", "b=2&X-Amz-Signature=1&a"), target);
    }

    [Theory]
    [InlineData("https://h/base", "https://h/a/../b//%7E?x=%41")]
    [InlineData("http://127.0.0.1:8080", "http://127.0.0.1:8080/a/../b//%7E?x=%41")]
    [InlineData("https://[fd00::1]:8443", "https://[fd00::1]:8443/a/../b//%7E?x=%41")]
    public void AddressAt_IsTheTargetToTheCharacter(string url, string expected)
    {
        var address = new OutboundTarget("/a/../b//%7E", "x=%41").AddressAt(new Destination(new Uri(url)));

        Assert.Equal(expected, address.AbsoluteUri);
        Assert.Equal("/a/../b//%7E?x=%41", address.PathAndQuery);
    }

    private static OutboundTarget Of(string service, string url, string path, string query, IntendedSignature signature = IntendedSignature.Generated)
    {
        var external = Declared.ExternalCredential("E") with { Signing = SigningSettings.ForService(service) };
        var named = Declared.NamedCredential("N", external, url) with { GenerateAuthorizationHeader = signature == IntendedSignature.Generated };
        var callout = new Callout { Name = "N", Address = CalloutAddress.Path, Path = path, Query = query };
        return OutboundTarget.Of(callout, named, new Destination(named.Url));
    }
}
