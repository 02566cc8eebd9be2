using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using SigningProxy.Callouts;

namespace SigningProxy.Tests.Callouts;

public sealed class HostCheckMiddlewareTests
{
    private const string WentOn = "went on";

    [Theory]
    [InlineData("localhost")]
    [InlineData("LOCALHOST:8080")]
    [InlineData("Orders.localhost:8080")]
    [InlineData("a.b.localhost")]
    [InlineData("127.0.0.1:8080")]
    [InlineData("127.9.9.9")]
    [InlineData("[::1]:8080")]
    [InlineData("proxy.internal")]
    [InlineData("PROXY.internal:99")]
    public async Task Host_WhenOfThisMachineOrListed_IsServed(string host) => Assert.Equal(WentOn, await AskAsync(("Host", host)));

    [Theory]
    [InlineData("example.com")]
    [InlineData("localhost.example.com")]
    [InlineData("notlocalhost")]
    [InlineData("localhost.")]
    [InlineData("128.0.0.1")]
    [InlineData("0.0.0.0:8080")]
    [InlineData("[::2]")]
    [InlineData("a.proxy.internal")]
    [InlineData("proxy.internal.example.com")]
    public async Task Host_WhenOfAnother_IsRefused(string host) => Assert.Equal("host_not_allowed", await AskAsync(("Host", host)));

    [Fact]
    public async Task Host_WhenMissingOrRepeated_IsRefused()
    {
        Assert.Equal("host_missing", await AskAsync());
        Assert.Equal("host_missing", await AskAsync(("Host", "")));
        Assert.Equal("host_missing", await AskAsync(("Host", "localhost"), ("Host", "localhost")));
    }

    [Theory]
    [InlineData("none", WentOn)]
    [InlineData("same-origin", WentOn)]
    [InlineData("same-site", "cross_site")]
    [InlineData("cross-site", "cross_site")]
    [InlineData("None", "cross_site")]
    [InlineData("", "cross_site")]
    public async Task FetchSite_WhenOfAnotherPage_IsRefused(string site, string expected) =>
        Assert.Equal(expected, await AskAsync(("Host", "localhost"), ("Sec-Fetch-Site", site)));

    [Fact]
    public async Task FetchSite_WhenRepeated_IsJudgedInEveryLine() =>
        Assert.Equal("cross_site", await AskAsync(("Host", "localhost"), ("Sec-Fetch-Site", "none"), ("Sec-Fetch-Site", "cross-site")));

    [Theory]
    [InlineData("http://app.example:3000", WentOn)]
    [InlineData("HTTP://APP.example:3000", WentOn)]
    [InlineData("http://app.example", "cross_site")]
    [InlineData("https://app.example:3000", "cross_site")]
    [InlineData("http://localhost:8080", "cross_site")]
    [InlineData("null", "cross_site")]
    [InlineData("", "cross_site")]
    public async Task Origin_WhenNotListed_IsRefused(string origin, string expected) =>
        Assert.Equal(expected, await AskAsync(("Host", "localhost"), ("Origin", origin)));

    [Fact]
    public async Task Origin_WhenRepeated_IsJudgedInEveryLine() =>
        Assert.Equal("cross_site", await AskAsync(("Host", "localhost"), ("Origin", "http://app.example:3000"), ("Origin", "http://evil.example")));

    [Fact]
    public async Task UnixSocket_IsNotAsked()
    {
        var socket = new Listener(ListenerPurpose.Callouts, ListenerTransport.UnixSocket);
        Assert.Equal(WentOn, await AskAsync(socket, ("Host", "example.com"), ("Origin", "http://evil.example")));
        Assert.Equal("host_not_allowed", await AskAsync(socket with { Transport = ListenerTransport.Tcp }, ("Host", "example.com")));
    }

    private static Task<string> AskAsync(params (string Name, string Value)[] headers) => AskAsync(null, headers);

    /// <returns>That the request went on, or the refusal's code.</returns>
    private static async Task<string> AskAsync(Listener? listener, params (string Name, string Value)[] headers)
    {
        var context = new DefaultHttpContext();
        context.Features.Set(listener);
        foreach (var line in headers.GroupBy(h => h.Name))
            context.Request.Headers[line.Key] = line.Select(h => h.Value).ToArray();
        var options = new CalloutsOptions { AllowedHosts = { "proxy.internal" }, AllowedOrigins = { "http://app.example:3000" } };
        string? went = null;
        await new HostCheckMiddleware(
            _ =>
            {
                went = WentOn;
                return Task.CompletedTask;
            },
            Options.Create(options)).InvokeAsync(context);
        var refused = context.Features.Get<Refusal>()?.Kind.Code;
        Assert.True(went is null != refused is null);
        return went ?? refused!;
    }
}
