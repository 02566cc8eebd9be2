using SigningProxy.Destinations;

namespace SigningProxy.Tests.Destinations;

public sealed class DestinationTests
{
    [Theory]
    [InlineData("https://api.example.com", "api.example.com", "https://api.example.com", "")]
    [InlineData("https://api.example.com:443/base/", "api.example.com", "https://api.example.com", "/base")]
    [InlineData("https://api.example.com:8443/a/b", "api.example.com:8443", "https://api.example.com:8443", "/a/b")]
    [InlineData("http://127.0.0.1:80", "127.0.0.1", "http://127.0.0.1", "")]
    [InlineData("https://[fd00::1]", "[fd00::1]", "https://[fd00::1]", "")]
    [InlineData("https://[fd00::1]:8443", "[fd00::1]:8443", "https://[fd00::1]:8443", "")]
    public void Destination_IsTakenApart(string url, string host, string origin, string basePath)
    {
        var destination = new Destination(new Uri(url));

        Assert.Equal((host, origin, basePath), (destination.Host, destination.Origin, destination.BasePath));
    }

    [Theory]
    [InlineData("https://api.example.com", true)]
    [InlineData("http://localhost:1", true)]
    [InlineData("http://127.0.0.1:1", true)]
    [InlineData("http://[::1]:1", true)]
    [InlineData("http://api.example.com", false)]
    [InlineData("http://10.0.0.1", false)]
    [InlineData("http://localhost.example.com", false)]
    public void IsSafe_OverTlsOrOnThisMachine(string url, bool expected) => Assert.Equal(expected, new Destination(new Uri(url)).IsSafe);
}
