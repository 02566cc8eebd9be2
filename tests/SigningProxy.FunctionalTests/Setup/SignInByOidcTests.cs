using System.Text.Json.Nodes;
using SigningProxy.FunctionalTests.Harness;

namespace SigningProxy.FunctionalTests.Setup;

public sealed class SignInByOidcTests(OidcStage stage) : IClassFixture<OidcStage>
{
    private readonly OidcIssuer _issuer = stage.Issuer;
    private readonly SetupFolder _folder = stage.Folder;
    private readonly ProxyProcess _proxy = stage.Proxy;
    private readonly int _before = stage.Folder.Audit().Count;
    private readonly int _refused = stage.Issuer.Refused.Count;

    [Fact]
    public async Task Claims_ThatAnAdministratorHas_SignItIn()
    {
        Assert.Equal("ada", await NameOfAsync([]));
        Assert.Equal("bob", await NameOfAsync(new JsonObject { ["sub"] = "1", ["email"] = "bob@shop.example", ["email_verified"] = true }));
        Assert.Equal("team", await NameOfAsync(new JsonObject { ["sub"] = "2", ["groups"] = new JsonArray("Others", "Setup Admins") }));
        Assert.Equal(["ada: signed in by oidc", "bob: signed in by oidc", "team: signed in by oidc"], _folder.Audit().Skip(_before));
    }

    [Theory]
    [InlineData("""{"sub":"another"}""")]
    [InlineData("""{"sub":"1","email":"bob@shop.example"}""")]
    [InlineData("""{"sub":"1","email":"bob@shop.example","email_verified":false}""")]
    [InlineData("""{"sub":"1","email":"BOB@shop.example","email_verified":true}""")]
    [InlineData("""{"sub":"248","groups":"Setup Admins"}""")]
    [InlineData("""{"sub":""}""")]
    public async Task Claims_OfNobody_OrOfSeveral_SignNobodyIn(string claims)
    {
        using var visitor = new Visitor(_folder.Setup);
        var answer = await visitor.GetAsync(_issuer.SignIn(await BeginAsync(visitor), more: JsonNode.Parse(claims)!.AsObject()).PathAndQuery);
        await AssertNobodyAsync(visitor, answer);
    }

    [Theory]
    [InlineData("issuer")]
    [InlineData("audience")]
    [InlineData("two audiences")]
    [InlineData("party")]
    [InlineData("nonce")]
    [InlineData("no nonce")]
    [InlineData("expired")]
    [InlineData("no expiry")]
    [InlineData("not yet")]
    [InlineData("alg none")]
    [InlineData("public key as secret")]
    [InlineData("client secret as key")]
    [InlineData("another key")]
    public async Task Token_ThatDoesNotHold_SignsNobodyIn(string fault)
    {
        using var visitor = new Visitor(_folder.Setup);
        await AssertNobodyAsync(visitor, await visitor.GetAsync(_issuer.SignIn(await BeginAsync(visitor), fault).PathAndQuery));
        Assert.Equal(_refused, _issuer.Refused.Count);
    }

    [Theory]
    [InlineData("other state")]
    [InlineData("no state")]
    [InlineData("two states")]
    [InlineData("another browser")]
    [InlineData("no code")]
    [InlineData("another code")]
    [InlineData("another's code")]
    [InlineData("other issuer")]
    [InlineData("no issuer")]
    [InlineData("error")]
    [InlineData("planted cookie")]
    public async Task WayBack_ThatIsAnother_SignsNobodyIn(string fault)
    {
        using var visitor = new Visitor(_folder.Setup);
        using var other = new Visitor(_folder.Setup);
        var back = _issuer.SignIn(await BeginAsync(visitor)).PathAndQuery;
        var others = _issuer.SignIn(await BeginAsync(other)).PathAndQuery;
        string Part(string url, string name) => url.Split('?')[1].Split('&').Single(p => p.StartsWith(name + "=", StringComparison.Ordinal));
        var changed = fault switch
        {
            "other state" => back.Replace(Part(back, "state"), Part(others, "state"), StringComparison.Ordinal),
            "no state" => back.Replace("&" + Part(back, "state"), "", StringComparison.Ordinal),
            "two states" => back + "&" + Part(others, "state"),
            "no code" => back.Replace(Part(back, "code"), "code=", StringComparison.Ordinal),
            "another code" => back.Replace(Part(back, "code"), "code=x", StringComparison.Ordinal),
            "another's code" => back.Replace(Part(back, "code"), Part(others, "code"), StringComparison.Ordinal),
            "other issuer" => back.Replace(Part(back, "iss"), "iss=https%3A%2F%2Fevil.example", StringComparison.Ordinal),
            "no issuer" => back.Replace("&" + Part(back, "iss"), "", StringComparison.Ordinal),
            "error" => back + "&error=access_denied",
            _ => back,
        };
        using var stranger = new Visitor(_folder.Setup);
        var came = fault is "another browser" or "planted cookie" ? stranger : visitor;

        var answer = fault == "planted cookie"
            ? await came.GetAsync(changed, ("Cookie", "__Host-SigningProxy-Setup-Oidc=eyJTdGF0ZSI6IngifQ"))
            : await came.GetAsync(changed);

        await AssertNobodyAsync(came, answer);
        // It is over with that: the good way back is worth nothing any more.
        if (came == visitor)
            await AssertNobodyAsync(visitor, await visitor.GetAsync(back));
    }

    [Fact]
    public async Task WayBack_ASecondTime_SignsNobodyIn()
    {
        using var visitor = new Visitor(_folder.Setup);
        var back = _issuer.SignIn(await BeginAsync(visitor)).PathAndQuery;
        var cookies = visitor.Cookies;
        Assert.Equal(200, (await visitor.GetAsync(back)).Status);
        using var thief = new Visitor(_folder.Setup);
        var again = await thief.GetAsync(back, ("Cookie", cookies));
        Assert.Equal((401, _before + 1), (again.Status, _folder.Audit().Count));
    }

    [Fact]
    public async Task Answer_IsAPageThatGoesOnByItself_SinceTheCookieIsKeptBackAfterARedirect()
    {
        using var visitor = new Visitor(_folder.Setup);
        var answer = await visitor.GetAsync(
            _issuer.SignIn(await BeginAsync(visitor)).PathAndQuery, ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-Dest", "document"));
        Assert.Equal(200, answer.Status);
        Assert.Contains("url=/", answer.Body, StringComparison.Ordinal);
        Assert.Equal(200, await visitor.MeAsync());
    }

    private static async Task<Uri> BeginAsync(Visitor visitor)
    {
        var answer = await visitor.GetAsync("/sign-in/oidc");
        Assert.Equal(302, answer.Status);
        return answer.Location!;
    }

    private async Task<string?> NameOfAsync(JsonObject claims)
    {
        using var visitor = new Visitor(_folder.Setup);
        var answer = await visitor.GetAsync(_issuer.SignIn(await BeginAsync(visitor), more: claims).PathAndQuery);
        Assert.Equal(200, answer.Status);
        return (await visitor.GetAsync("/api/v1/me")).Member("name");
    }

    private async Task AssertNobodyAsync(Visitor visitor, VisitorAnswer answer)
    {
        Assert.Equal("administrator_unproved", answer.Member("code"));
        Assert.DoesNotContain("Setup=", visitor.Cookies, StringComparison.Ordinal);
        Assert.Equal(401, await visitor.MeAsync());
        Assert.Equal(_before, _folder.Audit().Count);
        await _proxy.WritesAsync("Nobody was signed in to Setup by oidc, from 127.1.");
        Assert.DoesNotContain("eyJ", _proxy.Log, StringComparison.Ordinal);
    }
}
