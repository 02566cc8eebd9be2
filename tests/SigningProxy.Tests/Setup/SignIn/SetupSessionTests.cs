using SigningProxy.Setup.SignIn;
using SigningProxy.Store;

namespace SigningProxy.Tests.Setup.SignIn;

public sealed class SetupSessionTests
{
    private static readonly TimeSpan AlmostIdle = TimeSpan.FromMinutes(29);

    [Fact]
    public async Task Cookie_IsOfThisHostAlone_AndOfThisSiteAlone_AndNoScripts()
    {
        await using var stage = await SignInStage.WithDeclaredAsync();
        var answer = await stage.SendAsync("POST", SignInEndpoints.Token, $$"""{"token":"{{SignInStage.DeclaredToken}}"}""");

        Assert.Matches("^__Host-SigningProxy-Setup=[A-Za-z0-9_-]+; path=/; secure; samesite=strict; httponly$", answer.Headers["Set-Cookie"]);
        Assert.DoesNotContain("root", answer.Cookie, StringComparison.Ordinal);
        Assert.Equal("signed in by token", Assert.Single(stage.Store.Audit(new AuditQuery(9))).What);
    }

    [Fact]
    public async Task Session_NotUsed_EndsWithTheIdleTimeout()
    {
        await using var stage = await SignInStage.WithDeclaredAsync();
        var browser = await stage.SignInAsync();
        stage.Time.Advance(AlmostIdle);
        Assert.Equal(200, await browser.StatusAsync());
        stage.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(401, await browser.StatusAsync());
    }

    [Fact]
    public async Task Session_Used_GoesOn_UntilTheAbsoluteTimeout()
    {
        await using var stage = await SignInStage.WithDeclaredAsync(settings: "AbsoluteTimeout=02:00:00");
        var browser = await stage.SignInAsync();
        for (var i = 0; i < 4; i++)
        {
            stage.Time.Advance(AlmostIdle);
            var answer = await browser.GetAsync();
            Assert.Equal(200, answer.Status);
            browser = browser with { Cookie = answer.Cookie! };
        }
        stage.Time.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal(401, await browser.StatusAsync());
    }

    [Fact]
    public async Task SignOut_EndsTheSession_AlsoForACopyOfTheCookie()
    {
        await using var stage = await SignInStage.WithDeclaredAsync();
        var (browser, other) = (await stage.SignInAsync(), await stage.SignInAsync());

        var answer = await browser.ChangeAsync("POST", SignInEndpoints.Out);

        Assert.Equal(204, answer.Status);
        Assert.StartsWith("__Host-SigningProxy-Setup=; expires=Thu, 01 Jan 1970", answer.Headers["Set-Cookie"], StringComparison.Ordinal);
        Assert.Equal((401, 200), (await browser.StatusAsync(), await other.StatusAsync()));
    }

    [Fact]
    public async Task SignOut_IsFinal_AtOtherReplicas_AfterARestart_AndInWhatARestoreBringsBack()
    {
        await using var stage = await SignInStage.StartAsync();
        await using var replica = await stage.AnotherAsync();
        var token = (await replica.BeginAsync()).Token;
        var (browser, other) = (await stage.SignInAsync(token), await stage.SignInAsync(token));
        stage.Store.BackUp(stage.Folder.File("backup"));

        await browser.ChangeAsync("POST", SignInEndpoints.Out);

        await using var again = await stage.AnotherAsync();
        Assert.Equal((401, 200), await AtAsync(replica));
        Assert.Equal((401, 200), await AtAsync(again));
        stage.Store.Restore(stage.Folder.File("backup"), "a test", stage.Time.GetUtcNow());
        Assert.Equal((401, 200), await AtAsync(stage));
        Assert.Equal((401, 200), await AtAsync(replica));

        async Task<(int, int)> AtAsync(SignInStage at) => (await (browser with { Stage = at }).StatusAsync(), await (other with { Stage = at }).StatusAsync());
    }

    [Fact]
    public async Task SignOut_IsKeptUntilTheSessionWouldEnd_AndTellsNothingOfItsCookie()
    {
        await using var stage = await SignInStage.WithDeclaredAsync();
        for (var i = 0; i < 2; i++)
            await (await stage.SignInAsync()).ChangeAsync("POST", SignInEndpoints.Out);
        Assert.All(stage.Folder.Ask("SELECT digest FROM ended_sessions"), d => Assert.Matches("^[0-9a-f]{64}$", d));
        stage.Time.Advance(TimeSpan.FromHours(12) - TimeSpan.FromSeconds(1));
        await (await stage.SignInAsync()).ChangeAsync("POST", SignInEndpoints.Out);
        Assert.Equal(["3"], stage.Folder.Ask("SELECT count(*) FROM ended_sessions"));

        stage.Time.Advance(TimeSpan.FromSeconds(1));
        await (await stage.SignInAsync()).ChangeAsync("POST", SignInEndpoints.Out);

        Assert.Equal(["2"], stage.Folder.Ask("SELECT count(*) FROM ended_sessions"));
    }

    [Fact]
    public async Task SignOut_ThatCannotBeKept_IsNotDone_AndSaysSo()
    {
        await using var stage = await SignInStage.WithDeclaredAsync();
        var browser = await stage.SignInAsync();
        stage.Folder.Run("CREATE TRIGGER full BEFORE INSERT ON ended_sessions BEGIN SELECT RAISE(ABORT, 'no room'); END");

        var answer = await browser.ChangeAsync("POST", SignInEndpoints.Out);

        Assert.Equal((503, null, 200), (answer.Status, answer.Cookie, await browser.StatusAsync()));
    }

    [Theory]
    [InlineData("deleted")]
    [InlineData("demoted")]
    [InlineData("token replaced")]
    [InlineData("made again")]
    public async Task Session_OfAnAdministratorWhoWasChanged_IsOver(string change)
    {
        await using var stage = await SignInStage.WithDeclaredAsync();
        const string Manage = """{"permission":"Manage","token":{"new":true}}""";
        var made = await stage.PutAsync("ada", Manage);
        var browser = await stage.SignInAsync(made.Member("newToken"));
        Assert.Equal(200, await browser.StatusAsync());

        var header = ("Authorization", $"Bearer {SignInStage.DeclaredToken}");
        var status = change switch
        {
            "demoted" => (await stage.PutAsync("ada", """{"permission":"View","token":{"stored":"token"},"revision":1}""")).Status,
            "token replaced" => (await stage.PutAsync("ada", Manage, headers: ("If-Match", "\"1\""))).Status,
            _ => (await stage.SendAsync("DELETE", $"{SignInStage.Administrators}/ada", (string?)null, header)).Status,
        };
        if (change == "made again")
            status = (await stage.PutAsync("ada", Manage)).Status;

        Assert.InRange(status, 200, 204);
        Assert.Equal(401, await browser.StatusAsync());
        Assert.Equal(change == "demoted" ? 200 : 401, await stage.MeAsync(made.Member("newToken")));
    }

    [Fact]
    public async Task Session_WhoseDeclaredTokenIsReplaced_IsOver()
    {
        await using var stage = await SignInStage.WithDeclaredAsync();
        var browser = await stage.SignInAsync();
        await File.WriteAllTextAsync(stage.Folder.File("token"), "another-token-of-the-tests", TestContext.Current.CancellationToken);
        Assert.Equal(401, await browser.StatusAsync());
    }

    [Fact]
    public async Task SignIn_WithASessionAtHand_MakesAnother_AndEndsThatOne()
    {
        await using var stage = await SignInStage.WithDeclaredAsync();
        var first = await stage.SignInAsync();
        var second = await stage.SignInAsync(headers: first.CookieHeader);

        Assert.NotEqual(first.CsrfToken, second.CsrfToken);
        Assert.Equal((401, 200), (await first.StatusAsync(), await second.StatusAsync()));
        // What somebody else put there is no session, and becomes none.
        var planted = await stage.SignInAsync(headers: ("Cookie", "__Host-SigningProxy-Setup=planted"));
        Assert.NotEqual("planted", planted.Cookie);
        Assert.Equal(401, await (planted with { Cookie = "planted" }).StatusAsync());
    }

    [Fact]
    public async Task Cookie_Altered_IsNone()
    {
        await using var stage = await SignInStage.WithDeclaredAsync();
        var browser = await stage.SignInAsync();
        for (var at = 0; at < browser.Cookie.Length; at += 37)
        {
            var other = browser.Cookie[at] == 'A' ? 'B' : 'A';
            Assert.Equal(401, await (browser with { Cookie = browser.Cookie[..at] + other + browser.Cookie[(at + 1)..] }).StatusAsync());
        }
        Assert.Equal(401, await (browser with { Cookie = new string('A', 5000) }).StatusAsync());
        Assert.Equal(401, await (browser with { Cookie = "a;b" }).StatusAsync());
    }

    [Fact]
    public async Task Session_OutlastsARestart_AndARekey_AndHoldsOnOtherReplicas()
    {
        await using var stage = await SignInStage.StartAsync();
        // Both have read that there are no keys when each makes its own.
        await using var replica = await stage.AnotherAsync();
        var token = (await replica.BeginAsync()).Token;
        var (here, there) = (await stage.SignInAsync(token), await replica.SignInAsync(token));
        Assert.Equal((200, 200), (await (here with { Stage = replica }).StatusAsync(), await (there with { Stage = stage }).StatusAsync()));

        MasterKey.Make(stage.Folder.File("next.key"));
        stage.Store.Rekey(MasterKey.InFile(stage.Folder.File("next.key")), "a test", stage.Time.GetUtcNow());
        File.Copy(stage.Folder.File("next.key"), stage.Folder.KeyFile, overwrite: true);
        await using var again = await stage.AnotherAsync();

        Assert.Equal(200, await (here with { Stage = again }).StatusAsync());
        Assert.All(Directory.GetFiles(Path.GetDirectoryName(stage.Folder.Database)!, "setup.db*"), f => Assert.DoesNotContain("masterKey", File.ReadAllText(f), StringComparison.Ordinal));
        stage.Folder.Run("DELETE FROM protection_keys");
        await using var without = await stage.AnotherAsync();
        Assert.Equal(401, await (here with { Stage = without }).StatusAsync());
    }
}
