using SigningProxy.Setup.SignIn;
using SigningProxy.Store;

namespace SigningProxy.Tests.Setup.SignIn;

public sealed class SignInLinkTests
{
    [Fact]
    public async Task Link_Confirmed_MakesTheFirstAdministrator_AndIsGone()
    {
        await using var stage = await SignInStage.StartAsync();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(stage.LinkFile));
        Assert.StartsWith("http://127.0.0.1", await File.ReadAllTextAsync(stage.LinkFile, TestContext.Current.CancellationToken), StringComparison.Ordinal);

        var (browser, token) = await stage.BeginAsync();

        Assert.Equal(200, await browser.StatusAsync());
        Assert.Equal(200, await stage.MeAsync(token));
        Assert.False(File.Exists(stage.LinkFile));
        Assert.Equal(["signed in by link|ada|ada", "created|one-time link|ada"], stage.Store.Audit(new AuditQuery(9)).Select(r => $"{r.What}|{r.Who}|{r.Name}"));
        Assert.DoesNotContain(token, Assert.Single(stage.Store.Administrators()).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Link_LookedAt_IsNotUsedUp_AndTellsNothing()
    {
        await using var stage = await SignInStage.StartAsync();
        var token = stage.TokenOfLink();
        var good = await stage.SendAsync("GET", $"{SignInEndpoints.Link}?token={token}");
        var bad = await stage.SendAsync("GET", $"{SignInEndpoints.Link}?token=<b>another</b>");

        Assert.Equal((200, 200), (good.Status, bad.Status));
        Assert.Equal(good.Body.Replace(token, "", StringComparison.Ordinal), bad.Body.Replace("&lt;b&gt;another&lt;/b&gt;", "", StringComparison.Ordinal));
        Assert.Equal(0, stage.Rows);
        await stage.BeginAsync();
    }

    [Theory]
    [InlineData("replayed", "link_void")]
    [InlineData("expired", "link_void")]
    [InlineData("another", "link_void")]
    [InlineData("made elsewhere", "link_void")]
    [InlineData("no name", "malformed")]
    [InlineData("bad name", "not_valid")]
    [InlineData("not read", "malformed")]
    public async Task Link_ThatDoesNotHold_MakesNobody(string fault, string code)
    {
        await using var stage = await SignInStage.StartAsync();
        var token = stage.TokenOfLink();
        switch (fault)
        {
            case "replayed":
                await stage.BeginAsync();
                break;
            case "expired":
                stage.Time.Advance(SignInLink.Life);
                Assert.False(File.Exists(stage.LinkFile));
                break;
            case "made elsewhere":
                stage.Store.WriteAdministrator(null, new StoredAdministrator("eve", 1, """{"permission":"View","tokenDigest":null,"oidc":[],"certificates":[]}"""), [], "another replica", stage.Time.GetUtcNow());
                break;
        }
        var before = stage.Rows;

        var answer = fault switch
        {
            "another" => await stage.UseLinkAsync(token + "x", "mallory"),
            "no name" => await stage.SendAsync("POST", SignInEndpoints.Link, $$"""{"token":"{{token}}"}"""),
            "bad name" => await stage.UseLinkAsync(token, "mal lory"),
            "not read" => await stage.SendAsync("POST", SignInEndpoints.Link, $$"""{"token":"{{token}}","token":"{{token}}","name":"mallory"}"""),
            _ => await stage.UseLinkAsync(token, "mallory"),
        };

        Assert.Equal(code, answer.Code);
        Assert.Null(answer.Cookie);
        Assert.Equal(before, stage.Rows);
        if (fault is "another" or "no name" or "bad name" or "not read")
            await stage.BeginAsync();
    }

    [Fact]
    public async Task Link_UsedByManyAtOnce_MakesOne()
    {
        await using var stage = await SignInStage.StartAsync();
        var token = stage.TokenOfLink();

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => stage.UseLinkAsync(token, $"ada{i}")));

        Assert.Single(answers, a => a.Status == 201);
        Assert.Equal(15, answers.Count(a => a.Code == "link_void" && a.Cookie is null));
        Assert.Single(stage.Store.Administrators());
    }

    [Fact]
    public async Task Link_WhereSomebodyCanSignIn_IsNotWritten()
    {
        await using var declared = await SignInStage.WithDeclaredAsync("View");
        Assert.False(File.Exists(declared.LinkFile));

        await using var stage = await SignInStage.StartAsync();
        await stage.BeginAsync();
        await using var again = await stage.AnotherAsync();
        Assert.False(File.Exists(again.LinkFile));
    }

    [Fact]
    public async Task Link_AfterARestart_IsAnother()
    {
        await using var stage = await SignInStage.StartAsync();
        var first = stage.TokenOfLink();
        await using var again = await stage.AnotherAsync();

        Assert.NotEqual(first, again.TokenOfLink());
        Assert.Equal("link_void", (await again.UseLinkAsync(first, "mallory")).Code);
        await again.BeginAsync();
    }
}
