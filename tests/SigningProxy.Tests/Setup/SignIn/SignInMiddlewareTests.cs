using SigningProxy.Setup.SignIn;

namespace SigningProxy.Tests.Setup.SignIn;

public sealed class SignInMiddlewareTests
{
    [Theory]
    [InlineData("Bearer a-declared-token-of-the-tests", 200)]
    [InlineData("bearer   a-declared-token-of-the-tests", 200)]
    [InlineData("Bearer A-declared-token-of-the-tests", 401)]
    [InlineData("Bearer a-declared-token-of-the-test", 401)]
    [InlineData("Bearer a-declared-token-of-the-testss", 401)]
    [InlineData("Bearer ", 401)]
    [InlineData("Bearer", 401)]
    [InlineData("Basic cm9vdDphLWRlY2xhcmVkLXRva2VuLW9mLXRoZS10ZXN0cw==", 401)]
    [InlineData("a-declared-token-of-the-tests", 401)]
    [InlineData("", 401)]
    public async Task Token_ThatIsNobodys_OpensNothing(string authorization, int status)
    {
        await using var stage = await SignInStage.WithDeclaredAsync();
        var answer = await stage.SendAsync("GET", SignInStage.Me, (string?)null, ("Authorization", authorization));
        Assert.Equal(status, answer.Status);
        Assert.Equal(0, stage.Rows);
    }

    [Fact]
    public async Task Token_ThatIsNobodys_IsNotMadeGoodByACookie()
    {
        await using var stage = await SignInStage.WithDeclaredAsync();
        var browser = await stage.SignInAsync();
        Assert.Equal(401, (await stage.SendAsync("GET", SignInStage.Me, (string?)null, browser.CookieHeader, ("Authorization", "Bearer another"))).Status);
        Assert.Equal(401, (await stage.SendAsync("GET", SignInStage.Me, (string?)null, ("Authorization", $"Bearer {SignInStage.DeclaredToken}"), ("Authorization", "Bearer another"))).Status);
    }

    [Theory]
    [InlineData("/api/v1/me")]
    [InlineData("/api/v1/administrators")]
    [InlineData("/api/v1/administrators/root")]
    [InlineData("/api/v1/nothing")]
    [InlineData("/nothing")]
    public async Task Path_WithoutProof_IsToldAlike(string path)
    {
        await using var stage = await SignInStage.WithDeclaredAsync();
        Assert.Equal("administrator_unproved", (await stage.SendAsync("GET", path)).Code);
    }

    [Theory]
    [InlineData("bearer")]
    [InlineData("form")]
    public async Task Attempts_TooMany_AreNotLookedAt_AndSessionsGoOn(string way)
    {
        await using var stage = await SignInStage.WithDeclaredAsync();
        var browser = await stage.SignInAsync();
        async Task<StageAnswer> TryAsync(string token) => way == "bearer"
            ? await stage.SendAsync("GET", SignInStage.Me, (string?)null, ("Authorization", $"Bearer {token}"))
            : await stage.SendAsync("POST", SignInEndpoints.Token, $$"""{"token":"{{token}}"}""");
        var rows = stage.Rows;

        var answers = new List<StageAnswer>();
        for (var i = 0; i <= SignInAttempts.Each; i++)
            answers.Add(await TryAsync("a-wrong-token-0123456789"));
        var good = await TryAsync(SignInStage.DeclaredToken);

        Assert.All(answers.Take(SignInAttempts.Each - 1), a => Assert.Equal(401, a.Status));
        Assert.Equal(("too_many_attempts", 429, null), (good.Code, good.Status, good.Cookie));
        Assert.InRange(int.Parse(good.Headers["Retry-After"], System.Globalization.CultureInfo.InvariantCulture), 1, 60);
        Assert.Equal(rows, stage.Rows);
        Assert.Equal(200, await browser.StatusAsync());
    }

    [Fact]
    public async Task Store_Away_IsTold_AndAdministratorsOfTheSettingsStillCome()
    {
        await using var stage = await SignInStage.WithDeclaredAsync();
        stage.Folder.Run("DROP TABLE administrators");
        Assert.Equal(200, await stage.MeAsync(SignInStage.DeclaredToken));
        Assert.Equal("store_unavailable", (await stage.SendAsync("GET", SignInStage.Me, (string?)null, ("Authorization", "Bearer another"))).Code);
    }

    [Fact]
    public async Task SignIn_ByForm_GoesOnToSetup()
    {
        await using var stage = await SignInStage.WithDeclaredAsync();
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("token", SignInStage.DeclaredToken)]);
        var answer = await stage.SendAsync("POST", SignInEndpoints.Token, form, ("Origin", stage.Origin));
        Assert.Equal((303, "/"), (answer.Status, answer.Headers["Location"]));
        Assert.NotNull(answer.Cookie);
    }
}
