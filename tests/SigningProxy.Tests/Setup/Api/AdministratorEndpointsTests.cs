using System.Text.Json.Nodes;
using SigningProxy.Store;
using SigningProxy.Tests.Setup.SignIn;

namespace SigningProxy.Tests.Setup.Api;

public sealed class AdministratorEndpointsTests
{
    private const string Root = SignInStage.Administrators;
    private const string New = """{"permission":"Manage","token":{"new":true}}""";
    private const string ByIssuer = """{"permission":"View","oidc":[{"claim":"sub","value":"248"}],"certificates":[{"part":"Uri","value":"spiffe://x/ada"}]}""";

    private static readonly (string, string) Declared = ("Authorization", $"Bearer {SignInStage.DeclaredToken}");

    [Fact]
    public async Task Administrator_MadeChangedAndDeleted_IsAudited()
    {
        await using var stage = await SignInStage.WithDeclaredAsync();
        var made = await stage.PutAsync("ada", New);
        var token = made.Member("newToken");
        Assert.Equal((201, "\"1\"", 43), (made.Status, made.Headers["ETag"], token.Length));
        Assert.Equal(200, await stage.MeAsync(token));

        var changed = await stage.PutAsync("ADA", """{"permission":"Manage","token":{"stored":"token"},"oidc":[{"claim":"sub","value":"248"}]}""", headers: ("If-Match", "\"1\""));
        Assert.Equal((200, "ada", "\"2\""), (changed.Status, changed.Member("name"), changed.Headers["ETag"]));
        Assert.Equal(200, await stage.MeAsync(token));

        var gone = await stage.SendAsync("DELETE", $"{Root}/ada", (string?)null, Declared, ("If-Match", "\"2\""));
        Assert.Equal((204, 401), (gone.Status, await stage.MeAsync(token)));
        Assert.Equal(
            ["deleted|root|ada|2|", "changed|root|ada|1|2", "created|root|ada||1"],
            stage.Store.Audit(new AuditQuery(9)).Select(r => $"{r.What}|{r.Who}|{r.Name}|{r.FromRevision}|{r.ToRevision}"));
    }

    [Fact]
    public async Task OneMadeAnew_IsNotTheOneThatWasLookedAt()
    {
        await using var stage = await SignInStage.WithDeclaredAsync();
        await stage.PutAsync("ada", New);
        await stage.SendAsync("DELETE", $"{Root}/ada", (string?)null, Declared);
        var anew = await stage.PutAsync("ada", New);

        var late = await stage.SendAsync("DELETE", $"{Root}/ada", (string?)null, Declared, ("If-Match", "\"1\""));

        Assert.Equal((201, "\"2\"", 412), (anew.Status, anew.Headers["ETag"], late.Status));
        Assert.Equal(200, await stage.MeAsync(anew.Member("newToken")));
    }

    [Fact]
    public async Task WhatAGetGave_SentBack_ChangesNothing()
    {
        await using var stage = await SignInStage.WithDeclaredAsync();
        await stage.PutAsync("ada", New);
        var rows = stage.Rows;
        var item = (await stage.SendAsync("GET", $"{Root}/ada", (string?)null, Declared)).Body;

        var again = await stage.PutAsync("ada", item);

        Assert.Equal((200, "\"1\"", rows), (again.Status, again.Headers["ETag"], stage.Rows));
        Assert.Equal(item, again.Body);
        Assert.Equal("""{"stored":"token"}""", JsonNode.Parse(item)!["token"]!.ToJsonString());
    }

    [Theory]
    [InlineData("{}", "permission")]
    [InlineData("""{"permission":"View"}""", "token")]
    [InlineData("""{"permission":"View","token":{}}""", "token")]
    [InlineData("""{"permission":"View","token":{"stored":"token"}}""", "token")]
    [InlineData("""{"permission":"View","oidc":[{"claim":"sub","value":" "}]}""", "oidc[0]")]
    [InlineData("""{"permission":"View","oidc":[null]}""", "oidc[0]")]
    [InlineData("""{"permission":"View","certificates":[{"part":"Dns","value":""}]}""", "certificates[0]")]
    [InlineData("""{"permission":7,"token":{"new":true}}""", "permission")]
    public async Task Fields_ThatAreWrong_AreNamed(string json, string field)
    {
        await using var stage = await SignInStage.WithDeclaredAsync();
        var answer = await stage.PutAsync("eve", json);
        Assert.Equal("not_valid", answer.Code);
        Assert.Contains(field, JsonNode.Parse(answer.Body)!["errors"]!.AsArray().Select(e => e!["field"]!.ToString()));
        Assert.Equal(0, stage.Rows);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"permission":"Own"}""")]
    [InlineData("""{"permission":"View","tokens":1}""")]
    [InlineData("""{"permission":"View","permission":"Manage","token":{"new":true}}""")]
    [InlineData("""{"permission":"View","oidc":null}""")]
    [InlineData("""{"permission":"View","oidc":[{"claim":"sub"}]}""")]
    public async Task Body_ThatCannotBeRead_IsRefused(string json)
    {
        await using var stage = await SignInStage.WithDeclaredAsync();
        Assert.Equal("malformed", (await stage.PutAsync("eve", json)).Code);
        Assert.Equal(0, stage.Rows);
    }

    [Theory]
    [InlineData("root", New, null, "provisioned")]
    [InlineData("Root", New, null, "provisioned")]
    [InlineData("a b", New, null, "not_valid")]
    [InlineData("a%2Fb", New, null, "not_valid")]
    [InlineData("a/b", New, null, "not_found")]
    [InlineData("ada", ByIssuer, null, "precondition_required")]
    [InlineData("ada", ByIssuer, "If-Match: \"7\"", "precondition_failed")]
    [InlineData("ada", ByIssuer, "If-None-Match: *", "precondition_failed")]
    [InlineData("ada", """{"permission":"View","token":{"new":true},"revision":7}""", null, "conflict")]
    [InlineData("new", ByIssuer, "If-Match: \"1\"", "precondition_failed")]
    [InlineData("new", """{"permission":"View","token":{"new":true},"revision":7}""", null, "conflict")]
    public async Task Put_ThatTakesItForAnother_WritesNothing(string name, string json, string? header, string code)
    {
        await using var stage = await SignInStage.WithDeclaredAsync();
        await stage.PutAsync("ada", New);
        var rows = stage.Rows;

        var answer = await stage.PutAsync(name.Replace(" ", "%20", StringComparison.Ordinal), json, headers: header is null ? [] : [(header.Split(": ")[0], header.Split(": ")[1])]);

        Assert.Equal((code, rows), (answer.Code, stage.Rows));
        if (code == "conflict" && name == "ada")
            Assert.Equal("1", JsonNode.Parse(answer.Body)!["current"]!["revision"]!.ToString());
    }

    [Fact]
    public async Task LastWhoMayManage_StaysSo()
    {
        await using var stage = await SignInStage.StartAsync();
        var (_, token) = await stage.BeginAsync();
        await stage.PutAsync("viewer", ByIssuer, token);
        var rows = stage.Rows;

        Assert.Equal("last_administrator", (await stage.PutAsync("ada", """{"permission":"View","token":{"stored":"token"},"revision":1}""", token)).Code);
        Assert.Equal("last_administrator", (await stage.SendAsync("DELETE", $"{Root}/ada", (string?)null, ("Authorization", $"Bearer {token}"))).Code);
        Assert.Equal(rows, stage.Rows);

        Assert.Equal(201, (await stage.PutAsync("bob", New, token)).Status);
        Assert.Equal(204, (await stage.SendAsync("DELETE", $"{Root}/ada", (string?)null, ("Authorization", $"Bearer {token}"))).Status);
    }

    [Fact]
    public async Task LastTwoWhoMayManage_DeletingEachOtherAtOnce_LeaveOne()
    {
        await using var stage = await SignInStage.StartAsync();
        var (_, token) = await stage.BeginAsync();
        await stage.PutAsync("bob", New, token);

        await Task.WhenAll(((string[])["ada", "bob"]).Select(name => stage.SendAsync("DELETE", $"{Root}/{name}", (string?)null, ("Authorization", $"Bearer {token}"))));

        Assert.Single(stage.Store.Administrators());
    }

    [Theory]
    [InlineData("PUT", "/eve", New)]
    [InlineData("DELETE", "/ada", null)]
    [InlineData("PUT", "/viewer", New)]
    public async Task WhoMayView_ChangesNothing(string method, string path, string? json)
    {
        await using var stage = await SignInStage.WithDeclaredAsync();
        await stage.PutAsync("ada", New);
        var token = (await stage.PutAsync("viewer", """{"permission":"View","token":{"new":true}}""")).Member("newToken");
        var rows = stage.Rows;

        Assert.Equal("not_permitted", (await stage.SendAsync(method, Root + path, json, ("Authorization", $"Bearer {token}"))).Code);

        Assert.Equal(rows, stage.Rows);
        Assert.Equal(200, (await stage.SendAsync("GET", Root, (string?)null, ("Authorization", $"Bearer {token}"))).Status);
    }

    [Fact]
    public async Task List_IsOfBothKinds_InPages()
    {
        await using var stage = await SignInStage.WithDeclaredAsync();
        foreach (var name in (string[])["zoe", "ada", "bob"])
            await stage.PutAsync(name, ByIssuer);

        var first = JsonNode.Parse((await stage.SendAsync("GET", $"{Root}?limit=3", (string?)null, Declared)).Body)!;
        var second = JsonNode.Parse((await stage.SendAsync("GET", $"{Root}?limit=3&after={first["next"]}", (string?)null, Declared)).Body)!;
        var found = JsonNode.Parse((await stage.SendAsync("GET", $"{Root}?q=O", (string?)null, Declared)).Body)!;

        Assert.Equal(["ada", "bob", "root"], first["items"]!.AsArray().Select(i => i!["name"]!.ToString()));
        Assert.Equal(("4", "zoe", null), (first["total"]!.ToString(), second["items"]![0]!["name"]!.ToString(), second["next"]?.ToString()));
        Assert.Equal(["bob", "root", "zoe"], found["items"]!.AsArray().Select(i => i!["name"]!.ToString()));
        Assert.Equal("SigningProxy:Setup:Administrators", first["items"]![2]!["provisioned"]!.ToString());
        Assert.Equal("malformed", (await stage.SendAsync("GET", $"{Root}?limit=0", (string?)null, Declared)).Code);
    }

    [Fact]
    public async Task DryRun_WritesNothing_AndMakesNoToken()
    {
        await using var stage = await SignInStage.WithDeclaredAsync();
        var answer = await stage.PutAsync("eve?dryRun=true", New);
        Assert.Equal((201, 0), (answer.Status, stage.Rows));
        Assert.DoesNotContain("newToken", answer.Body, StringComparison.Ordinal);
    }
}
