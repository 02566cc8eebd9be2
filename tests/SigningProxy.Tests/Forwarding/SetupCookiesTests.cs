using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using SigningProxy.Forwarding;

namespace SigningProxy.Tests.Forwarding;

public sealed class SetupCookiesTests
{
    [Theory]
    [InlineData("a=1; b=\"x\"; c", "a=1; b=\"x\"; c")]
    [InlineData("__Host-SigningProxy-Setup=x", null)]
    [InlineData("a=1; __Host-SigningProxy-Setup=x; b=2", "a=1; b=2")]
    [InlineData("__Host-SigningProxy-Setup=x; a=1", "a=1")]
    [InlineData("a=1;__Host-SigningProxy-Setup=x", "a=1")]
    [InlineData("a=1; __host-signingproxy-setup=x;", "a=1;")]
    [InlineData("__Host-SigningProxy-SetupC1=x; __Host-SigningProxy-SetupC2=y; __Host-SigningProxy-Setup-Oidc=z; a=1", "a=1")]
    [InlineData("a=__Host-SigningProxy-Setup; b=2", "a=__Host-SigningProxy-Setup; b=2")]
    [InlineData("__Host-SigningProxy-Setup", null)]
    [InlineData("a=1;  \t__Host-SigningProxy-Setup =x", "a=1")]
    [InlineData("=__Host-SigningProxy-Setup=x; a=1", "a=1")]
    public void TakeOff_LeavesAllOthersAsTheyCame(string line, string? left)
    {
        var headers = new HeaderDictionary { ["Cookie"] = line };
        SetupCookies.TakeOff(headers);
        Assert.Equal(left ?? "", headers["Cookie"].ToString());
        Assert.Equal(left is not null, headers.ContainsKey("Cookie"));
    }

    [Fact]
    public void TakeOff_LooksIntoEveryLine()
    {
        var headers = new HeaderDictionary { ["Cookie"] = new StringValues(["a=1", "__Host-SigningProxy-Setup=x", "b=2; __Host-SigningProxy-SetupC1=x"]) };
        SetupCookies.TakeOff(headers);
        Assert.Equal(["a=1", "b=2"], headers["Cookie"].ToArray());
    }

    [Theory]
    [InlineData("__Host-SigningProxy-Setup=x; Path=/; Secure", false)]
    [InlineData("__HOST-SigningProxy-SetupC1=x", false)]
    [InlineData("__Host-SigningProxy-Setup-Oidc=", false)]
    [InlineData("=__Host-SigningProxy-Setup=x", false)]
    [InlineData("  __Host-SigningProxy-Setup=x", false)]
    [InlineData("session=__Host-SigningProxy-Setup", true)]
    [InlineData("__Host-Other=1", true)]
    public void Drop_LeavesOnlyWhatIsNotSetups(string line, bool stays)
    {
        var headers = new HeaderDictionary { ["Set-Cookie"] = new StringValues(["first=1; Path=/", line]) };
        SetupCookies.Drop(headers);
        string[] left = stays ? ["first=1; Path=/", line] : ["first=1; Path=/"];
        Assert.Equal(left, headers["Set-Cookie"].ToArray());
    }

    [Fact]
    public void TakeOff_WithoutCookies_AllocatesNothing()
    {
        var headers = new HeaderDictionary { ["Host"] = "localhost" };
        SetupCookies.TakeOff(headers);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            SetupCookies.TakeOff(headers);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
