using SigningProxy.Listeners;

namespace SigningProxy.Tests.Listeners;

public sealed class ListenAddressTests
{
    [Theory]
    [InlineData("127.0.0.1:8080", "127.0.0.1:8080", true)]
    [InlineData("127.0.0.1:0", "127.0.0.1:0", true)]
    [InlineData("localhost:8080", "localhost:8080", true)]
    [InlineData("[::1]:8080", "[::1]:8080", true)]
    [InlineData("0.0.0.0:8080", "0.0.0.0:8080", false)]
    [InlineData("[::]:65535", "[::]:65535", false)]
    [InlineData("10.1.2.3:80", "10.1.2.3:80", false)]
    [InlineData("unix:/run/signing-proxy.sock", "unix:/run/signing-proxy.sock", true)]
    [InlineData("h2c:127.0.0.1:8080", "h2c:127.0.0.1:8080", true)]
    [InlineData("h2c:localhost:8080", "h2c:localhost:8080", true)]
    [InlineData("h2c:[::]:8080", "h2c:[::]:8080", false)]
    [InlineData("h2c:unix:/run/a.sock", "h2c:unix:/run/a.sock", true)]
    public void TryParse_WhenGood_TellsWhoReachesIt(string text, string expected, bool local)
    {
        Assert.True(ListenAddress.TryParse(text, out var address));
        Assert.Equal((expected, local), (address!.ToString(), address.IsLocal));
        Assert.Equal(text.StartsWith("h2c:", StringComparison.Ordinal) ? ListenProtocol.Http2 : ListenProtocol.Http1, address.Protocol);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("8080")]
    [InlineData(":8080")]
    [InlineData("*:8080")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:")]
    [InlineData("127.0.0.1:65536")]
    [InlineData("127.0.0.1:-1")]
    [InlineData("127.0.0.1:+80")]
    [InlineData("127.0.0.1: 80")]
    [InlineData("127.0.0.1:80/")]
    [InlineData("http://127.0.0.1:80")]
    [InlineData("localhost:0")]
    [InlineData("LOCALHOST:80")]
    [InlineData("example.com:80")]
    [InlineData("::1:8080")]
    [InlineData("[127.0.0.1]:80")]
    [InlineData("[::1:80")]
    [InlineData("unix:")]
    [InlineData("unix:run/a.sock")]
    [InlineData("h2c:")]
    [InlineData("h2c:h2c:127.0.0.1:80")]
    [InlineData("H2C:127.0.0.1:80")]
    public void TryParse_WhenNoAddress_SaysSo(string? text) => Assert.False(ListenAddress.TryParse(text, out _));
}
