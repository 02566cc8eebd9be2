using System.Text.Json.Nodes;

namespace SigningProxy.Tests.Setup.Api;

/// <summary>Entries listed, shown, created, replaced and deleted.</summary>
public sealed class EntryEndpointsTests : IDisposable
{
    internal const string Table = """
        {"label":"Orders table","authenticationProtocol":"AwsSignatureV4","service":"dynamodb","region":"eu-west-1",
         "principals":[{"name":"Writer","sequenceNumber":1,"accessKey":"AKIDEXAMPLE000000001","accessSecret":{"value":"theSecretOfTheWriter"}}]}
        """;

    private readonly ApiHost _api = new();

    public void Dispose() => _api.Dispose();

    [Fact]
    public async Task Put_WhenThereIsNone_CreatesIt_AndItIsInUseAtOnce()
    {
        var put = await _api.PutAsync("/external-credentials/OrdersTable", Table);

        Assert.Equal((201, "\"1\"", "/api/v1/external-credentials/OrdersTable"), (put.Status, put.ETag, put.Headers.Location.ToString()));
        Assert.True(_api.Current.Snapshot.ExternalCredentials.ContainsKey("OrdersTable"));
        var shown = await _api.GetAsync("/external-credentials/orderstable");
        Assert.Equal((200, "\"1\""), (shown.Status, shown.ETag));
        Assert.Equal(
            """
            {"name":"OrdersTable","label":"Orders table","authenticationProtocol":"AwsSignatureV4","service":"dynamodb","region":"eu-west-1","principals":[{"name":"Writer","sequenceNumber":1,"accessKey":{"stored":"principals[0].accessKey"},"accessSecret":{"stored":"principals[0].accessSecret"},"status":{"state":"configured","missing":[]}}],"kind":"externalCredential","revision":1,"provisioned":null,"status":{"state":"configured","missing":[]}}
            """,
            shown.Text);
    }

    [Fact]
    public async Task Put_OfWhatGetGave_KeepsItsSecrets_AndIsNoChange()
    {
        await _api.PutAsync("/external-credentials/OrdersTable", Table);
        var shown = await _api.GetAsync("/external-credentials/OrdersTable");

        var again = await _api.PutAsync("/external-credentials/OrdersTable", shown.Text);
        var edited = await _api.PutAsync("/external-credentials/OrdersTable", shown.Text.Replace("Orders table", "Tables", StringComparison.Ordinal));

        Assert.Equal((200, "\"1\""), (again.Status, again.ETag));
        Assert.Equal((200, "\"2\""), (edited.Status, edited.ETag));
        Assert.Equal("theSecretOfTheWriter", Assert.Single(_api.Store.Read()).Secrets["principals[0].accessSecret"].Value!.Reveal());
        Assert.Equal(["created ", "changed label"], _api.Folder.Ask("SELECT what, CASE what WHEN 'created' THEN '' ELSE fields END FROM audit ORDER BY id").Select(r => r.Replace('|', ' ')));
    }

    [Theory]
    [InlineData(null, 428, "precondition_required")]
    [InlineData("\"7\"", 412, "precondition_failed")]
    [InlineData("W/\"1\"", 412, "precondition_failed")]
    [InlineData("\"1\"", 200, null)]
    [InlineData("\"9\", \"1\"", 200, null)]
    [InlineData("*", 200, null)]
    public async Task Put_WhenThereIsOne_NeedsToKnowWhatItReplaces(string? match, int status, string? code)
    {
        await _api.PutAsync("/external-credentials/OrdersTable", Table);

        var put = await _api.PutAsync("/external-credentials/OrdersTable", Table.Replace("Orders table", "Other", StringComparison.Ordinal), match);

        Assert.Equal((status, code), (put.Status, put.Code));
        Assert.Equal(status == 200 ? 2 : 1, Assert.Single(_api.Store.Read()).Revision);
        if (status == 412)
            Assert.Equal("Orders table", (string?)put.Json["current"]!["label"]);
    }

    [Fact]
    public async Task Put_OfAnEntryThatWasMadeAnew_KnowsItFromTheOneBefore()
    {
        await _api.PutAsync("/profiles/Services", """{"principals":[],"label":"first"}""");
        await _api.SendAsync("DELETE", "/profiles/Services");

        var anew = await _api.PutAsync("/profiles/services", """{"principals":[],"label":"second"}""");
        var late = await _api.PutAsync("/profiles/Services", """{"principals":[],"label":"of the first"}""", "\"1\"");
        var next = await _api.PutAsync("/profiles/services", """{"principals":[],"label":"third"}""", anew.ETag);

        Assert.Equal((201, "\"2\"", 2), (anew.Status, anew.ETag, (int?)anew.Json["revision"]));
        Assert.Equal((412, "second"), (late.Status, (string?)late.Json["current"]!["label"]));
        Assert.Equal((200, "\"3\""), (next.Status, next.ETag));
    }

    [Fact]
    public async Task Apply_OfAnEntryThatWasMadeAnew_TellsTheRevisionItHas()
    {
        await _api.PutAsync("/profiles/Services", """{"principals":[]}""");
        await _api.SendAsync("DELETE", "/profiles/Services");

        var applied = await _api.SendAsync("POST", "/apply", """{"profiles":[{"name":"Services","principals":[]}]}""");

        Assert.Equal((0, 2), ((int?)applied.Json["entries"]![0]!["before"], (int?)applied.Json["entries"]![0]!["after"]));
        Assert.Equal(2, Assert.Single(_api.Store.Read()).Revision);
    }

    [Fact]
    public async Task Put_OfTheVerySameWithAStaleTag_IsNoChange()
    {
        await _api.PutAsync("/external-credentials/OrdersTable", Table);
        Assert.Equal(200, (await _api.PutAsync("/external-credentials/OrdersTable", Table, "\"9\"")).Status);
        Assert.Equal(200, (await _api.PutAsync("/external-credentials/OrdersTable", Table)).Status);
        Assert.Single(_api.Folder.Ask("SELECT id FROM audit"));
    }

    [Fact]
    public async Task Put_ByTwoAdministratorsAtOnce_TellsTheSecondBoth()
    {
        await _api.PutAsync("/profiles/Services", """{"principals":[],"label":"first"}""");
        var seen = (await _api.GetAsync("/profiles/Services")).Text;
        await _api.PutAsync("/profiles/Services", seen.Replace("first", "hers", StringComparison.Ordinal));

        var his = await _api.PutAsync("/profiles/Services", seen.Replace("first", "his", StringComparison.Ordinal));

        Assert.Equal((409, "conflict", "his", "hers"), (his.Status, his.Code, (string?)his.Json["yours"]!["label"], (string?)his.Json["current"]!["label"]));
        Assert.Equal(2, (int?)his.Json["current"]!["revision"]);
    }

    [Fact]
    public async Task Put_ThatIsTooLate_RepeatsNoSecretOfAMistypedField()
    {
        await _api.PutAsync("/external-credentials/OrdersTable", Table);

        var late = await _api.PutAsync(
            "/external-credentials/OrdersTable",
            """{"label":"Mine","acessSecret":"aSecretOfLettersAlone","stss":{"accessSecret":{"value":"anotherOne"}},"principals":[{"name":"W","sequenceNumber":1,"accessKey":"AKIA","accessSecret":"x","sesionToken":["aThird"]}]}""",
            "\"7\"");

        Assert.Equal((412, "Mine"), (late.Status, (string?)late.Json["yours"]!["label"]));
        Assert.All((string[])["aSecretOfLettersAlone", "anotherOne", "aThird"], s => Assert.DoesNotContain(s, late.Text, StringComparison.Ordinal));
        Assert.Equal("principals[0].accessSecret", (string?)late.Json["yours"]!["principals"]![0]!["accessSecret"]!["stored"]);
    }

    [Fact]
    public async Task Put_ByManyAtOnce_WritesEachOfThem()
    {
        await _api.PutAsync("/profiles/Services", """{"principals":[],"label":"0"}""");
        var answers = await Task.WhenAll(Enumerable.Range(1, 8).Select(i => Task.Run(() => _api.PutAsync($"/profiles/P{i}", """{"principals":[]}"""))));
        Assert.All(answers, a => Assert.Equal(201, a.Status));
        Assert.Equal(9, _api.Store.Read().Count);
    }

    [Fact]
    public async Task Put_WithIfNoneMatch_CreatesOnly()
    {
        (string, string)[] only = [("If-None-Match", "*")];
        Assert.Equal(201, (await _api.SendAsync("PUT", "/profiles/Services", """{"principals":[]}""", only)).Status);
        Assert.Equal((412, "precondition_failed"), await _api.SendAsync("PUT", "/profiles/Services", """{"principals":[],"label":"x"}""", only) is var again ? (again.Status, again.Code) : default);
    }

    [Fact]
    public async Task Put_AsADryRun_TellsTheChangesAndWritesNothing()
    {
        await _api.PutAsync("/external-credentials/OrdersTable", Table);
        var put = await _api.PutAsync("/external-credentials/OrdersTable?dryRun=true", Table.Replace("Orders table", "Other", StringComparison.Ordinal).Replace("theSecretOf", "anotherOf", StringComparison.Ordinal), "\"1\"");
        Assert.Equal(200, put.Status);
        Assert.Equal(
            """[{"field":"label","before":"Orders table","after":"Other"},{"field":"principals[0].accessSecret","before":"(secret)","after":"(secret)"}]""",
            put.Json["changes"]!.ToJsonString());
        Assert.Equal(1, Assert.Single(_api.Store.Read()).Revision);
    }

    [Fact]
    public async Task Put_InYaml_IsReadAsWell()
    {
        var put = await _api.SendAsync("PUT", "/callers/orders-service", "proofs:\n  - unixPeer: {uid: 1001}\n", [("Content-Type", "application/yaml; charset=utf-8")]);
        Assert.Equal(201, put.Status);
        Assert.Equal("""[{"unixPeer":{"uid":1001}}]""", put.Json["proofs"]!.ToJsonString());
    }

    [Fact]
    public async Task Put_WhenRulesAreBroken_PointsToEachOfThem()
    {
        var put = await _api.PutAsync(
            "/external-credentials/OrdersTable",
            """
            {"authenticationProtocol":"AwsSignatureV5","service":"dynamodb","region":"eu-west-1","additionalStatusCodesForTokenRefresh":[401,"x",200],"unheard/of":1,
             "principals":[{"name":"A","sequenceNumber":1},{"name":"B","sequenceNumber":"2","accessKey":{"env":"HOME"}}]}
            """);

        Assert.Equal((422, "not_valid"), (put.Status, put.Code));
        Assert.Equal(
            [
                "/label: label is missing",
                "/authenticationProtocol: authenticationProtocol does not know \"AwsSignatureV5\"",
                "/additionalStatusCodesForTokenRefresh/1: additionalStatusCodesForTokenRefresh[1] must be a whole number",
                "/unheard~1of: there is no field unheard/of",
                "/principals/1/sequenceNumber: sequenceNumber must be a whole number",
                "/principals/1/accessKey: accessKey refers to an environment variable that entries made in Setup may not read",
            ],
            put.Errors.Where(e => !e.Contains("200", StringComparison.Ordinal)).OrderBy(e => Array.FindIndex(["/label", "/auth", "/add", "/unheard", "/principals/1/s", "/principals/1/a"], p => e.StartsWith(p, StringComparison.Ordinal))));
        Assert.Empty(_api.Store.Read());
    }

    [Fact]
    public async Task Put_OfWhatIsProvisioned_SaysWhere()
    {
        var put = await _api.PutAsync("/named-credentials/QUEUE", """{"label":"x"}""");
        var delete = await _api.DeleteAsync("/named-credentials/Queue");
        Assert.All([put, delete], a => Assert.Equal((409, "provisioned"), (a.Status, a.Code)));
        Assert.Contains("catalog.yaml, line 4", (string)put.Json["detail"]!, StringComparison.Ordinal);
        Assert.Equal((409, "already_exists"), await _api.PostAsync("/named-credentials", """{"name":"queue"}""") is var post ? (post.Status, post.Code) : default);
    }

    [Fact]
    public async Task Get_OfWhatIsProvisioned_TellsWhereAndNoSecret()
    {
        var shown = await _api.GetAsync("/external-credentials/Theirs");
        Assert.Equal("""{"provisioned":true}""", shown.Json["principals"]![0]!["accessSecret"]!.ToJsonString());
        Assert.Equal((0, 2), ((int)shown.Json["revision"]!, (int)shown.Json["provisioned"]!["line"]!));
        Assert.Matches("^\"p-[0-9a-f]{16}\"$", shown.ETag);
        Assert.DoesNotContain("AKIDPROVISIONED", shown.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Delete_OfWhatIsInUse_TellsByWhat()
    {
        await _api.PutAsync("/external-credentials/OrdersTable", Table);
        await _api.PutAsync("/named-credentials/Orders", """{"label":"x","url":"https://dynamodb.eu-west-1.amazonaws.com","externalCredential":"OrdersTable"}""");
        await _api.PutAsync("/permission-sets/Everyone", """{"callers":["*"],"principals":["OrdersTable-Writer"]}""");

        var delete = await _api.DeleteAsync("/external-credentials/OrdersTable");

        Assert.Equal((409, "in_use"), (delete.Status, delete.Code));
        Assert.Equal(
            ["""{"kind":"namedCredential","name":"Orders","field":"externalCredential"}""", """{"kind":"permissionSet","name":"Everyone","field":"principals[0]"}"""],
            delete.Json["usedBy"]!.AsArray().Select(u => u!.ToJsonString()).Order());
        Assert.Equal(3, _api.Store.Read().Count);
    }

    [Fact]
    public async Task Delete_OfWhatNothingUses_TakesItOutOfUseAtOnce()
    {
        await _api.PutAsync("/external-credentials/OrdersTable", Table);
        Assert.Equal(412, (await _api.SendAsync("DELETE", "/external-credentials/OrdersTable", headers: [("If-Match", "\"2\"")])).Status);
        Assert.Equal(204, (await _api.SendAsync("DELETE", "/external-credentials/OrdersTable", headers: [("If-Match", "\"1\"")])).Status);
        Assert.False(_api.Current.Snapshot.ExternalCredentials.ContainsKey("OrdersTable"));
        Assert.Equal((404, "not_found"), await _api.DeleteAsync("/external-credentials/OrdersTable") is var again ? (again.Status, again.Code) : default);
    }

    [Fact]
    public async Task List_IsByNameAndInPages()
    {
        foreach (var name in (string[])["delta", "Bravo", "alpha", "Charlie"])
            Assert.Equal(201, (await _api.PostAsync("/profiles", $$"""{"name":"{{name}}","label":"L {{name}}","principals":[]}""")).Status);

        var first = (await _api.GetAsync("/profiles?limit=2")).Json;
        var second = (await _api.GetAsync($"/profiles?limit=2&after={first["next"]}")).Json;
        var found = (await _api.GetAsync("/profiles?q=l%20CHAR")).Json;

        Assert.Equal("alpha Bravo, next Bravo of 4", Told(first));
        Assert.Equal("Charlie delta, next  of 4", Told(second));
        Assert.Equal("Charlie, next  of 1", Told(found));

        static string Told(JsonNode page) => $"{string.Join(' ', page["items"]!.AsArray().Select(i => (string)i!["name"]!))}, next {page["next"]} of {page["total"]}";
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=501")]
    [InlineData("limit=x")]
    [InlineData("q=a&q=b")]
    public async Task List_WhenTheQueryIsWrong_IsMalformed(string query) => Assert.Equal("malformed", (await _api.GetAsync($"/profiles?{query}")).Code);

    [Fact]
    public async Task Name_OfAnEntry_IsImmutable()
    {
        await _api.PutAsync("/profiles/Services", """{"principals":[]}""");
        Assert.Equal((409, "immutable"), await _api.PutAsync("/profiles/Services", """{"name":"services","principals":[]}""", "*") is var put ? (put.Status, put.Code) : default);
        Assert.Equal(["/name: name is not the one in the path"], (await _api.PutAsync("/profiles/Other", """{"name":"Another","principals":[]}""")).Errors);
    }

    [Theory]
    [InlineData("", "application/json", 400, "malformed")]
    [InlineData("[]", "application/json", 400, "malformed")]
    [InlineData("{\"a\":1,\"a\":2}", "application/json", 400, "malformed")]
    [InlineData("{\"label\":\"\\ud800\"}", "application/json", 400, "malformed")]
    [InlineData("{} // x", "application/json", 400, "malformed")]
    [InlineData("a: 1\na: 2", "application/yaml", 400, "malformed")]
    [InlineData("{}", "text/plain", 415, "unsupported_media_type")]
    [InlineData("{}", "application/json; charset=latin1", 415, "unsupported_media_type")]
    [InlineData("{}", "", 415, "unsupported_media_type")]
    public async Task Body_ThatCannotBeRead_IsRefused(string body, string type, int status, string code)
    {
        var put = await _api.SendAsync("PUT", "/profiles/P", body, [("Content-Type", type)]);
        Assert.Equal((status, code), (put.Status, put.Code));
    }

    [Fact]
    public async Task Body_ThatIsTooDeepOrTooLarge_IsRefused()
    {
        Assert.Equal("malformed", (await _api.PutAsync("/profiles/P", "{\"a\":" + new string('[', 40) + new string(']', 40) + "}")).Code);
        Assert.Equal("too_large", (await _api.PutAsync("/profiles/P", "{\"a\":\"" + new string('x', 1024 * 1024) + "\"}")).Code);
    }

    // Validators quote what they do not know.
    [Fact]
    public async Task Secret_InTheWrongPlace_IsNotRepeated()
    {
        const string secret = "wJalrXUtnFEMI7K7MDENGbPxRfiCYEXAMPLEKEY1";
        string[] bodies =
        [
            """{"profile":"SECRET"}""", """{"SECRET":1}""", """{"name":"SECRET","proofs":[{"token":{"value":"SECRET","env":"SECRET"}}]}""", """{"proofs":[{"SECRET":{"token":"SECRET"}}]}""",
        ];
        foreach (var body in bodies.Select(b => b.Replace("SECRET", secret, StringComparison.Ordinal)))
        {
            var put = await _api.PostAsync("/callers", body);
            Assert.Equal(422, put.Status);
            Assert.DoesNotContain(secret, put.Text, StringComparison.Ordinal);
        }
    }

    // Else a key could be had sent as a header, to wherever a named credential leads.
    [Fact]
    public async Task Secret_IsKeptOnlyInAFieldOfItsKind()
    {
        await _api.PutAsync("/external-credentials/OrdersTable", Table);
        var put = await _api.PutAsync(
            "/external-credentials/OrdersTable",
            Table.Replace("\"principals\"", "\"customHeaders\":[{\"name\":\"X-A\",\"value\":{\"stored\":\"principals[0].accessSecret\"}}],\"principals\"", StringComparison.Ordinal), "*");
        Assert.Contains("/customHeaders/0/value: customHeaders[0].value cannot keep the secret of another field", put.Errors);
    }

    [Fact]
    public async Task Fault_OfAnotherEntry_DoesNotKeepFromAGoodChange_AndIsToldOf()
    {
        _api.Files.Write("catalog.yaml", ApiHost.Provisioned.Replace("externalCredential: Theirs", "externalCredential: Nobodys", StringComparison.Ordinal));

        var good = await _api.PutAsync("/external-credentials/OrdersTable", Table);
        var bad = await _api.PutAsync("/profiles/P", """{"principals":["Nobodys-P"]}""");

        Assert.Equal(201, good.Status);
        Assert.StartsWith("The catalog has faults of other entries", (string?)good.Json["notInUse"], StringComparison.Ordinal);
        Assert.Contains("namedCredential Queue (", (string?)good.Json["warnings"]![0]!["entry"], StringComparison.Ordinal);
        Assert.False(_api.Current.Snapshot.ExternalCredentials.ContainsKey("OrdersTable"));
        Assert.Equal(422, bad.Status);
        Assert.Equal(2, bad.Errors.Count);
    }

    [Theory]
    [InlineData("/nothing", 404)]
    [InlineData("/profiles/a/b", 404)]
    [InlineData("", 404)]
    [InlineData("/", 404)]
    [InlineData("/profiles/A%2FB", 404)]
    public async Task Path_ThatThereIsNot_IsNotFound(string target, int status) => Assert.Equal(status, (await _api.GetAsync(target)).Status);

    [Fact]
    public async Task Method_ThatIsNotServed_IsToldWithThoseThatAre() => Assert.Equal(
        (405, "method_not_allowed", "GET, PUT, DELETE"),
        await _api.SendAsync("PATCH", "/profiles/P", "{}") is var patch ? (patch.Status, patch.Code, patch.Headers.Allow.ToString()) : default);
}
