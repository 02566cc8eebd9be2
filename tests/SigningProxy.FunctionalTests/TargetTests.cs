using System.Text.Json;
using SigningProxy.FunctionalTests.Harness;

namespace SigningProxy.FunctionalTests;

public sealed class TargetTests(TargetTests.TwoFamilies stage) : IClassFixture<TargetTests.TwoFamilies>
{
    private const string KeyId = "AKIDTARGET000000";

    public sealed class TwoFamilies : Stage
    {
        private protected override IReadOnlyList<string> KeyIds => [KeyId];

        private protected override string Catalog(Uri aws) => new CatalogText()
            .With("Api", aws, KeyId, Secret)
            .With("Based", new Uri(aws, "base/p%20q/"), KeyId, Secret)
            .With("Files", aws, KeyId, Secret, service: "s3")
            .With("BasedFiles", new Uri(aws, "shelf"), KeyId, Secret, service: "s3")
            .ToString();
    }

    [Theory]
    [InlineData("/Api", "/")]
    [InlineData("/Api/", "/")]
    [InlineData("/Api/a%2Fb", "/a%2Fb")]
    [InlineData("/Api/a%2fb", "/a%2fb")]
    [InlineData("/Api/a%20b", "/a%20b")]
    [InlineData("/Api/a+b", "/a+b")]
    [InlineData("/Api/a//b", "/a/b")]
    [InlineData("/Api//a", "/a")]
    [InlineData("/Api/a/", "/a/")]
    [InlineData("/Api/a//", "/a/")]
    [InlineData("/Api/a/./b", "/a/b")]
    [InlineData("/Api/a/../b", "/b")]
    [InlineData("/Api/a/%2E%2e/b", "/b")]
    [InlineData("/Api/a/..", "/")]
    [InlineData("/Api/...", "/...")]
    [InlineData("/Api/%C3%A9%F0%9F%8D%B5", "/%C3%A9%F0%9F%8D%B5")]
    [InlineData("/Api/model/a:1/@x(y)!$&'*,;=[z]", "/model/a:1/@x(y)!$&'*,;=[z]")]
    [InlineData("/Based", "/base/p%20q/")]
    [InlineData("/Based/", "/base/p%20q/")]
    [InlineData("/Based/x//y", "/base/p%20q/x/y")]
    [InlineData("/Based/x/..", "/base/p%20q/")]
    [InlineData("/Files/k/a%2Fb", "/k/a%2Fb")]
    [InlineData("/Files/k/a%20b", "/k/a%20b")]
    [InlineData("/Files/k/a+b", "/k/a+b")]
    [InlineData("/Files/k//a///b//", "/k//a///b//")]
    [InlineData("/Files//k", "//k")]
    [InlineData("/Files/k/./a/../b", "/k/./a/../b")]
    [InlineData("/Files/k/%2e/%2E%2E", "/k/%2e/%2E%2E")]
    [InlineData("/Files/k/%C3%A9", "/k/%C3%A9")]
    [InlineData("/Files/k/%41~%7E", "/k/%41~%7E")]
    [InlineData("/Files/k/a:@!$&'()*,;=b", "/k/a:@!$&'()*,;=b")]
    [InlineData("/BasedFiles/a//b", "/shelf/a//b")]
    [InlineData("/BasedFiles", "/shelf/")]
    public Task Path_GoesOutAsItsServiceSigns(string target, string sent) => AssertSent(target, sent);

    [Theory]
    [InlineData("", "")]
    [InlineData("?", "")]
    [InlineData("?b=2&a=1", "?a=1&b=2")]
    [InlineData("?a=2&a=1&a=", "?a=2&a=1&a=")]
    [InlineData("?B=1&a=2&A=3", "?A=3&B=1&a=2")]
    [InlineData("?acl", "?acl=")]
    [InlineData("?q=a+b%20c", "?q=a%20b%20c")]
    [InlineData("?q=a%2Bb", "?q=a%2Bb")]
    [InlineData("?q=%7e%41", "?q=~A")]
    [InlineData("?q=%c3%a9", "?q=%C3%A9")]
    [InlineData("?q=a/b:c,d", "?q=a%2Fb%3Ac%2Cd")]
    [InlineData("?q=a=b?c", "?q=a%3Db%3Fc")]
    [InlineData("?q=a\\b", "?q=a%5Cb")]
    [InlineData("?&a=1&&b=2&", "?a=1&b=2")]
    public async Task Query_GoesOutCanonical(string query, string sent)
    {
        await AssertSent($"/Api/x{query}", $"/x{sent}");
        await AssertSent($"/Files/k/x{query}", $"/k/x{sent}");
    }

    [Fact]
    public async Task Query_WithOneNameTwice_IsSignedSortedAndSentInOrder()
    {
        var (answer, _) = await stage.GetAsync("/Api/x?a=2&a=1");

        using var echo = JsonDocument.Parse(answer.Body);
        Assert.Equal("/x?a=2&a=1", echo.RootElement.GetProperty("rawTarget").GetString());
        Assert.Equal("a=1&a=2", echo.RootElement.GetProperty("canonicalRequest")[2].GetString());
    }

    [Theory]
    [InlineData("/Api/..")]
    [InlineData("/Api/../x")]
    [InlineData("/Api/a/../../x")]
    [InlineData("/Api/.%2e/x")]
    [InlineData("/Api/a/..%2f..%2fx")]
    [InlineData("/Api/a%2f..%2f..")]
    [InlineData("/Based/../x")]
    [InlineData("/Based/%2E%2E")]
    [InlineData("/Files/../x")]
    [InlineData("/Files/k/%2e%2e/%2e%2e/x")]
    [InlineData("/BasedFiles//../x")]
    [InlineData("/BasedFiles/..%5Cx")]
    public Task Path_ThatClimbs_IsRefused(string target) => AssertRefused($"GET {target} HTTP/1.1\r\nHost: localhost\r\n", "path_climbs");

    [Theory]
    [InlineData("/Api/a\\b")]
    [InlineData("/Api/..\\x")]
    [InlineData("/Api/a#b")]
    [InlineData("/Api/a?b#c")]
    [InlineData("/Api/%")]
    [InlineData("/Api/a%2")]
    [InlineData("/Api/a%zzb")]
    [InlineData("/Api/a?b=%")]
    [InlineData("/Api/a?b=%4&c")]
    [InlineData("/Api/a\tb")]
    [InlineData("/Api/a?b\tc")]
    [InlineData("/Api/a\u0001b")]
    [InlineData("/Api/a?b=\u0001")]
    [InlineData("/Api/a\u007fb")]
    [InlineData("/Api/a\rb")]
    [InlineData("/Api/a?b\rc")]
    [InlineData("/Api/a\0b")]
    [InlineData("/Api/\u00e9")]
    [InlineData("/Api/a b")]
    [InlineData("http://localhost/Api/x")]
    [InlineData("https://dynamodb.eu-west-1.amazonaws.com/Api/x")]
    [InlineData("localhost:8080")]
    [InlineData("*")]
    [InlineData("Api/x")]
    [InlineData("?Api")]
    public Task Target_Malformed_IsRefused(string target) => AssertRefused($"GET {target} HTTP/1.1\r\nHost: localhost\r\n");

    [Theory]
    [InlineData("OPTIONS * HTTP/1.1")]
    [InlineData("OPTIONS http://localhost/Api/x HTTP/1.1")]
    [InlineData("CONNECT localhost:443 HTTP/1.1")]
    [InlineData("CONNECT /Api/x HTTP/1.1")]
    public Task RequestLine_OfAnotherForm_IsRefused(string line) => AssertRefused($"{line}\r\nHost: localhost\r\n");

    private async Task AssertSent(string target, string sent)
    {
        var (answer, arrived) = await stage.GetAsync(target);

        var request = Assert.Single(arrived);
        Assert.Equal(sent, request.RawTarget);
        Assert.True(request.Verified, answer.Body);
        Assert.Contains($"x-local-aws-verified: {KeyId}", answer.Head, StringComparison.Ordinal);
    }

    private async Task AssertRefused(string head, string code = "")
    {
        var (answer, arrived) = await stage.SendAsync($"{head}Connection: close\r\n\r\n");

        Assert.InRange(answer.Status, 400, 499);
        Assert.Contains(code, answer.Body, StringComparison.Ordinal);
        Assert.Empty(arrived);
    }
}
