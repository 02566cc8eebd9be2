using System.Net;
using SigningProxy.FunctionalTests.Harness;

namespace SigningProxy.FunctionalTests.ThirdParty;

/// <summary>What leaves the proxy is accepted by verifiers that are not ours, and refused where the catalog's secret is wrong.</summary>
public sealed class NpmVerifierTests(NpmVerifiers verifiers) : IClassFixture<NpmVerifiers>
{
    public static TheoryData<string, string> General { get; } = new(
        from method in (string[])["GET", "PUT", "POST", "DELETE"]
        from target in (string[])
        [
            "/", "/a/b/", "/a%20b", "/a%2Fb", "/a//b/./c/../d", "/caf%C3%A9", "/:@$&,;=", "/~%7E", "/x?b=2&a=1", "/x?acl", "/x?q=a%20b&r=%2F%2B", "/x?k=2&k=1&j=",
        ]
        select (method, target));

    public static TheoryData<string> Keys { get; } =
        ["plain", "with%20space", "caf%C3%A9", "a%2Bb", ":@$&,;=", "dots/.hidden", "deep/er/key", "a~b%7Ec"];

    [Theory]
    [MemberData(nameof(General))]
    public async Task General_RightSecret_IsAccepted(string method, string target)
    {
        verifiers.Need();
        Assert.Equal(200, (await SendAsync(method, $"/General{target}")).Status);
    }

    [Theory]
    [MemberData(nameof(General))]
    public async Task General_WrongSecret_IsRefused(string method, string target)
    {
        verifiers.Need();
        Assert.Equal(403, (await SendAsync(method, $"/GeneralWrong{target}")).Status);
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public async Task Objects_RightSecret_AreWrittenReadAndDeleted(string key)
    {
        verifiers.Need();
        var bucket = $"/Objects/bucket-{Guid.NewGuid():N}";
        Assert.Equal(200, (await SendAsync("PUT", bucket)).Status);
        Assert.Equal(200, (await SendAsync("PUT", $"{bucket}/{key}", "a body")).Status);
        var read = await SendAsync("GET", $"{bucket}/{key}");
        Assert.Equal((200, "a body"), (read.Status, read.Body));
        Assert.Equal(200, (await SendAsync("GET", $"{bucket}?list-type=2&prefix=&delimiter=%2F")).Status);
        Assert.Equal(204, (await SendAsync("DELETE", $"{bucket}/{key}")).Status);
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public async Task Objects_WrongSecret_AreRefused(string key)
    {
        verifiers.Need();
        Assert.Equal(403, (await SendAsync("PUT", $"/ObjectsWrong/bucket/{key}", "a body")).Status);
        Assert.Equal((int)HttpStatusCode.Forbidden, (await SendAsync("GET", $"/ObjectsWrong/bucket/{key}")).Status);
    }

    private Task<RawAnswer> SendAsync(string method, string target, string body = "") => RawClient.SendAsync(
        verifiers.Proxy.Address,
        $"{method} {target} HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}");
}
