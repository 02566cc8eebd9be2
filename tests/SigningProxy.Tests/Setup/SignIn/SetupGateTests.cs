using System.Text;
using SigningProxy.Setup.SignIn;

namespace SigningProxy.Tests.Setup.SignIn;

public sealed class SetupGateTests
{
    [Theory]
    [InlineData("localhost", 401)]
    [InlineData("LOCALHOST:1", 401)]
    [InlineData("127.0.0.1", 401)]
    [InlineData("127.8.9.1:80", 401)]
    [InlineData("[::1]:9081", 401)]
    [InlineData("setup.example", 401)]
    [InlineData("evil.example", 403)]
    [InlineData("setup.example.evil.example", 403)]
    [InlineData("x.localhost", 403)]
    [InlineData("localhost.", 403)]
    [InlineData("10.0.0.1", 403)]
    [InlineData("169.254.169.254", 403)]
    public async Task Host_ThatIsNotSetupsOwn_IsRefused(string host, int status)
    {
        await using var stage = await SignInStage.StartAsync("Hosts:0=setup.example");
        Assert.Equal(status, (await stage.SendAsync("GET", SignInStage.Me, (string?)null, ("Host", host))).Status);
    }

    [Theory]
    [InlineData("/sign-in/link", "cross-site", "navigate", "document", 200)]
    [InlineData("/sign-in/link", "cross-site", "navigate", "iframe", 403)]
    [InlineData("/sign-in/link", "cross-site", "no-cors", "image", 403)]
    [InlineData("/sign-in/link", "same-site", "cors", "empty", 403)]
    [InlineData("/sign-in/link", "made up", "navigate", "document", 200)]
    [InlineData("/api/v1/me", "cross-site", "navigate", "document", 403)]
    [InlineData("/api/v1/me", "none", "navigate", "document", 401)]
    public async Task Page_OfAnotherSite_OpensPagesAtMost(string path, string site, string mode, string destination, int status)
    {
        await using var stage = await SignInStage.StartAsync();
        Assert.Equal(status, (await stage.SendAsync("GET", path, (string?)null, ("Sec-Fetch-Site", site), ("Sec-Fetch-Mode", mode), ("Sec-Fetch-Dest", destination))).Status);
    }

    [Theory]
    [InlineData("POST", "/sign-in/token", """{"token":"a-declared-token-of-the-tests"}""")]
    [InlineData("POST", "/sign-in/link", """{"token":"x","name":"x"}""")]
    public async Task SignIn_FromAPageOfAnotherSite_IsRefused(string method, string path, string json)
    {
        await using var stage = await SignInStage.WithDeclaredAsync();
        var answer = await stage.SendAsync(method, path, json, ("Origin", "http://localhost:3000"));
        Assert.Equal(("cross_site", null, 0), (answer.Code, answer.Cookie, stage.Rows));
    }

    [Theory]
    [InlineData("/api/v1/me")]
    [InlineData("/sign-in/link")]
    [InlineData("/nothing")]
    public async Task Answers_BindTheBrowser(string path)
    {
        await using var stage = await SignInStage.StartAsync();
        var headers = (await stage.SendAsync("GET", path)).Headers;
        Assert.StartsWith("default-src 'none'", headers["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", headers["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.Equal(
            ("nosniff", "DENY", "same-origin", "no-store"),
            (headers["X-Content-Type-Options"], headers["X-Frame-Options"], headers["Referrer-Policy"], headers["Cache-Control"]));
        Assert.DoesNotContain("Access-Control-Allow-Origin", headers.Keys);
    }

    [Fact]
    public async Task Body_ThatIsTooLong_IsRefused()
    {
        await using var stage = await SignInStage.WithDeclaredAsync();
        using var long1 = new StringContent(new string(' ', (16 * 1024) + 1), Encoding.UTF8, "application/json");
        using var long2 = new StringContent(new string(' ', (1024 * 1024) + 1), Encoding.UTF8, "application/json");
        Assert.Equal(413, (await stage.SendAsync("POST", SignInEndpoints.Token, long1)).Status);
        Assert.Equal(413, (await stage.SendAsync("PUT", $"{SignInStage.Administrators}/eve", long2, ("Authorization", $"Bearer {SignInStage.DeclaredToken}"))).Status);
    }

    [Theory]
    [InlineData("DELETE", "/sign-in/token", "POST")]
    [InlineData("PUT", "/sign-in/link", "GET\nPOST")]
    [InlineData("POST", "/sign-in/oidc", "GET")]
    public async Task Method_ThatThereIsNot_IsTold(string method, string path, string allow)
    {
        await using var stage = await SignInStage.StartAsync();
        var answer = await stage.SendAsync(method, path);
        Assert.Equal((405, allow), (answer.Status, answer.Headers["Allow"]));
    }
}
