using SigningProxy.Listeners;

namespace SigningProxy.Tests.Listeners;

public sealed class TakenPortsTests
{
    [Theory]
    [InlineData("127.0.0.1:9101", true)]
    [InlineData("[::1]:9101", true)]
    [InlineData("localhost:9101", true)]
    [InlineData("h2c:localhost:9101", true)]
    [InlineData("https:0.0.0.0:9101 by Token", true)]
    [InlineData("https:[::]:9101 by Token", true)]
    [InlineData("127.0.0.2:9101", false)]
    [InlineData("https:192.0.2.1:9101 by Token", false)]
    [InlineData("127.0.0.1:0", false)]
    [InlineData("unix:/run/callouts.sock", false)]
    public void Listener_TakesThePortsOfTheLoopbackAddressesThatItIsAt(string address, bool takes)
    {
        var taken = TakenPorts.Of(new ListenerOptions { Callouts = { address }, Operations = "off" }.WithSettings());

        Assert.Equal(takes ? [KeyValuePair.Create(9101, $"SigningProxy:Listeners:Callouts, \"{address}\"")] : [], taken);
    }

    [Fact]
    public void Defaults_TakeTheirs() => Assert.Equal([8080, 9080], TakenPorts.Of(new ListenerOptions().WithSettings()).Keys.Order());
}
