using System.Net;
using SigningProxy.Destinations;

namespace SigningProxy.Tests.Destinations;

public sealed class EnvironmentProxyTests
{
    private static readonly Uri ProxyAddress = new("http://proxy.example:3128");

    private readonly EnvironmentProxy _proxy = new(new WebProxy(ProxyAddress, BypassOnLocal: false, BypassList: [@"^https://internal\.example"]));

    [Theory]
    [InlineData("https://dynamodb.eu-west-1.amazonaws.com/", true)]
    [InlineData("https://internal.example/", false)]
    [InlineData("http://api.example.com/", false)]
    [InlineData("https://localhost:8443/", false)]
    [InlineData("https://127.0.0.1:8443/", false)]
    [InlineData("https://[::1]:8443/", false)]
    [InlineData("http://127.0.0.1:8080/", false)]
    public void GetProxy_IsForTlsBeyondThisMachineAlone(string destination, bool proxied)
    {
        var uri = new Uri(destination);

        Assert.Equal(proxied, !_proxy.IsBypassed(uri));
        Assert.Equal(proxied ? ProxyAddress : null, _proxy.GetProxy(uri));
    }
}
