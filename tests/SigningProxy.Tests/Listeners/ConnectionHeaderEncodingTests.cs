using System.Text;
using SigningProxy.Listeners;

namespace SigningProxy.Tests.Listeners;

public sealed class ConnectionHeaderEncodingTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("close", "close")]
    [InlineData("Keep-Alive", "Keep-Alive")]
    [InlineData("keep-alive, Upgrade", "keep-alive, Upgrade")]
    [InlineData(" , close,", " , close,")]
    [InlineData("TE", "TE, close, keep-alive")]
    [InlineData("close, TE", "close, TE, close, keep-alive")]
    [InlineData("Upgrade, HTTP2-Settings", "Upgrade, HTTP2-Settings, keep-alive")]
    [InlineData("closed", "closed, close, keep-alive")]
    [InlineData("gr\u00fc\u00dfe", "gr\u00fc\u00dfe, close, keep-alive")]
    public void GetString_WhenOtherNamesAreListed_AddsWordsThatKeepThem(string sent, string expected) =>
        Assert.Equal(expected, ConnectionHeaderEncoding.For("Connection")!.GetString(Encoding.UTF8.GetBytes(sent)));

    [Fact]
    public void For_WhenItIsAnotherHeader_LeavesItToKestrel()
    {
        Assert.NotNull(ConnectionHeaderEncoding.For("connection"));
        Assert.Null(ConnectionHeaderEncoding.For("Proxy-Connection"));
    }
}
