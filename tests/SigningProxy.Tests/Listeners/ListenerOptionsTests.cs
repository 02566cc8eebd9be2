using SigningProxy.Listeners;

namespace SigningProxy.Tests.Listeners;

public sealed class ListenerOptionsTests
{
    [Fact]
    public void Defaults_ListenOnTheLoopbackAlone()
    {
        var options = new ListenerOptions();

        Assert.Equal(["localhost:8080"], options.CalloutAddresses().Select(a => a.ToString()));
        Assert.Equal("127.0.0.1:9080", options.OperationsAddress()?.ToString());
        Assert.Equal("0600", options.SocketMode);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, options.Mode());
        Assert.Equal("", options.SocketGroup);
        Assert.Empty(options.Faults());
    }

    [Fact]
    public void Callouts_WhenNamed_TakeThePlaceOfTheDefault() =>
        Assert.Equal(["unix:/run/a.sock", "127.0.0.1:1"], new ListenerOptions { Callouts = { "unix:/run/a.sock", "127.0.0.1:1" } }.CalloutAddresses().Select(a => a.ToString()));

    [Fact]
    public void Operations_WhenOff_IsNoAddressAndNoFault()
    {
        var options = new ListenerOptions { Operations = "off" };

        Assert.Null(options.OperationsAddress());
        Assert.Empty(options.Faults());
    }

    [Theory]
    [InlineData("Off")]
    [InlineData("")]
    [InlineData("9080")]
    [InlineData("h2c:127.0.0.1:9080")]
    public void Operations_WhenNoAddress_IsAFault(string text) => Assert.Single(new ListenerOptions { Operations = text }.Faults());

    [Theory]
    [InlineData("", true)]
    [InlineData("off", true)]
    [InlineData("unix:/run/operator.sock", true)]
    [InlineData("unix:relative", false)]
    [InlineData("h2c:unix:/run/operator.sock", false)]
    [InlineData("127.0.0.1:9081", false)]
    [InlineData("/run/operator.sock", false)]
    public void Operator_IsAUnixSocket(string text, bool good) => Assert.Equal(good, !new ListenerOptions { Operator = text }.Faults().Any());

    [Theory]
    [InlineData("660", true)]
    [InlineData("0660", true)]
    [InlineData("66", false)]
    [InlineData("00660", false)]
    [InlineData("0680", false)]
    [InlineData("-660", false)]
    [InlineData("rw-", false)]
    [InlineData("", false)]
    public void SocketMode_IsThreeOrFourOctalDigits(string mode, bool good) => Assert.Equal(good, !new ListenerOptions { SocketMode = mode }.Faults().Any());

    [Theory]
    [InlineData("root", true)]
    [InlineData("0", true)]
    [InlineData("4294967295", true)]
    [InlineData("4294967296", false)]
    [InlineData("no such group", false)]
    public void SocketGroup_IsANameOrANumber(string group, bool good) => Assert.Equal(good, !new ListenerOptions { SocketGroup = group }.Faults().Any());
}
