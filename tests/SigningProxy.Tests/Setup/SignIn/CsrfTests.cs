using SigningProxy.Setup.SignIn;

namespace SigningProxy.Tests.Setup.SignIn;

public sealed class CsrfTests
{
    private const string Eve = """{"permission":"Manage","token":{"new":true}}""";
    private const string Path = $"{SignInStage.Administrators}/eve";

    [Theory]
    [InlineData("good", 201, null)]
    [InlineData("no token", 403, "csrf_unproved")]
    [InlineData("wrong token", 403, "csrf_unproved")]
    [InlineData("token of another session", 403, "csrf_unproved")]
    [InlineData("two tokens", 403, "csrf_unproved")]
    [InlineData("no origin", 403, "csrf_unproved")]
    [InlineData("empty origin", 403, "cross_site")]
    [InlineData("null origin", 403, "cross_site")]
    [InlineData("another port", 403, "cross_site")]
    [InlineData("another scheme", 403, "cross_site")]
    [InlineData("another name", 403, "cross_site")]
    [InlineData("origin with a path", 403, "cross_site")]
    [InlineData("two origins", 403, "cross_site")]
    [InlineData("cross-site fetch", 403, "cross_site")]
    [InlineData("same-site fetch", 403, "cross_site")]
    public async Task Change_ByCookie_NeedsTokenAndOrigin(string request, int status, string? code)
    {
        await using var stage = await SignInStage.WithDeclaredAsync();
        var (browser, other) = (await stage.SignInAsync(), await stage.SignInAsync());
        var before = stage.Rows;
        (string, string)[] token = request switch
        {
            "no token" => [],
            "wrong token" => [(SignInMiddleware.CsrfHeader, browser.CsrfToken[1..])],
            "token of another session" => [(SignInMiddleware.CsrfHeader, other.CsrfToken)],
            "two tokens" => [(SignInMiddleware.CsrfHeader, browser.CsrfToken), (SignInMiddleware.CsrfHeader, other.CsrfToken)],
            _ => [(SignInMiddleware.CsrfHeader, browser.CsrfToken)],
        };
        (string, string)[] origin = request switch
        {
            "no origin" => [],
            "empty origin" => [("Origin", "")],
            "null origin" => [("Origin", "null")],
            "another port" => [("Origin", "http://127.0.0.1:1")],
            "another scheme" => [("Origin", stage.Origin.Replace("http:", "https:", StringComparison.Ordinal))],
            "another name" => [("Origin", stage.Origin.Replace("127.0.0.1", "localhost", StringComparison.Ordinal))],
            "origin with a path" => [("Origin", stage.Origin + "/")],
            "two origins" => [("Origin", stage.Origin), ("Origin", "http://evil.example")],
            "cross-site fetch" => [("Origin", stage.Origin), ("Sec-Fetch-Site", "cross-site")],
            "same-site fetch" => [("Origin", stage.Origin), ("Sec-Fetch-Site", "same-site")],
            _ => [("Origin", stage.Origin), ("Sec-Fetch-Site", "same-origin")],
        };

        var answer = await stage.SendAsync("PUT", Path, Eve, [browser.CookieHeader, .. token, .. origin]);

        Assert.Equal(status, answer.Status);
        if (code is null)
            return;
        Assert.Equal(code, answer.Code);
        Assert.Equal(before, stage.Rows);
        Assert.Empty(stage.Store.Administrators());
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("DELETE")]
    [InlineData("PATCH")]
    [InlineData("QUERY")]
    public async Task Change_ByWhateverMethod_NeedsThem(string method)
    {
        await using var stage = await SignInStage.WithDeclaredAsync();
        var browser = await stage.SignInAsync();
        Assert.Equal("csrf_unproved", (await stage.SendAsync(method, Path, (string?)null, browser.CookieHeader)).Code);
    }

    [Fact]
    public async Task Token_AsAFormsField_IsTaken()
    {
        await using var stage = await SignInStage.WithDeclaredAsync();
        var browser = await stage.SignInAsync();
        using var form = new FormUrlEncodedContent([KeyValuePair.Create(SignInMiddleware.CsrfField, browser.CsrfToken)]);
        Assert.Equal(204, (await stage.SendAsync("POST", SignInEndpoints.Out, form, browser.CookieHeader, ("Origin", stage.Origin))).Status);
    }

    [Theory]
    [InlineData(null, 201)]
    [InlineData("none", 201)]
    [InlineData("same-site", 403)]
    [InlineData("cross-site", 403)]
    public async Task Change_ByBearer_NeedsNone_ButIsNoOtherSites(string? site, int status)
    {
        await using var stage = await SignInStage.WithDeclaredAsync();
        Assert.Equal(status, (await stage.PutAsync("eve", Eve, headers: site is null ? [] : [("Sec-Fetch-Site", site)])).Status);
        Assert.Equal(status == 201 ? 1 : 0, stage.Store.Administrators().Count);
    }

    [Fact]
    public async Task CsrfToken_IsToldToItsSession_AndToNobodyElse()
    {
        await using var stage = await SignInStage.WithDeclaredAsync();
        var browser = await stage.SignInAsync();
        Assert.Equal(browser.CsrfToken, (await browser.GetAsync(SignInEndpoints.Csrf)).Member("csrfToken"));
        Assert.Equal(401, (await stage.SendAsync("GET", SignInEndpoints.Csrf)).Status);
        Assert.Equal(404, (await stage.SendAsync("GET", SignInEndpoints.Csrf, (string?)null, ("Authorization", $"Bearer {SignInStage.DeclaredToken}"))).Status);
    }
}
