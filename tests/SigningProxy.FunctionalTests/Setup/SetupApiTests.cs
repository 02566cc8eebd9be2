using System.Net;
using System.Text.Json.Nodes;

namespace SigningProxy.FunctionalTests.Setup;

/// <summary>The API of the executable: who gets in, who wins, and what a test call tells.</summary>
public sealed class SetupApiTests
{
    private const string Keyed = "label: Keyed, authenticationProtocol: AwsSignatureV4, service: lambda, region: eu-west-1";

    [Fact]
    public async Task Nobody_GetsAnythingFromAnyRoute()
    {
        await using var api = await ApiStage.StartAsync();
        var document = await api.JsonAsync("/openapi.json");
        var operations = document["paths"]!.AsObject().SelectMany(p => p.Value!.AsObject().Select(o => (Path: p.Key.Replace("{name}", "A", StringComparison.Ordinal).Replace("{principal}", "B", StringComparison.Ordinal), Method: o.Key))).ToList();
        Assert.True(operations.Count > 35);

        // False tokens for some of them only: after twenty in a minute none is looked at any more, not even a good one.
        var attempts = operations.Select(o => (o.Path, o.Method, Token: (string?)null))
            .Concat(operations.Where((_, i) => i % 4 == 0).Take(15).Select(o => (o.Path, o.Method, Token: (string?)"token-of-nobody-0123456789ab")));
        foreach (var (path, method, token) in attempts)
        {
            var answer = await api.SendAsync(HttpMethod.Parse(method), path, method == "get" ? null : "{}", token: token);
            Assert.Equal(401, answer.Status);
            Assert.Contains("administrator_unproved", answer.Text, StringComparison.Ordinal);
        }
        Assert.Equal("[]", (await api.JsonAsync("/audit"))["items"]!.ToJsonString());
        // On the listener of callouts there is no Setup.
        Assert.Equal(HttpStatusCode.Forbidden, await api.Stage.StatusAsync(api.Proxy, "/api/v1/me"));
    }

    [Fact]
    public async Task Administrators_WhoReplaceTheSameRevisionAtOnce_AreOneThatDoesAndOthersThatAreTold()
    {
        await using var api = await ApiStage.StartAsync();
        await api.PutAsync("/profiles/P", """{"label":"first","principals":[]}""");

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => api.PutAsync("/profiles/P", $$"""{"label":"by {{i}}","principals":[]}""", "\"1\"")));

        Assert.Equal([200, 412, 412, 412, 412, 412], answers.Select(a => a.Status).Order());
        Assert.All(answers.Where(a => a.Status == 412), a => Assert.Equal(2, (int)JsonNode.Parse(a.Text)!["current"]!["revision"]!));
        Assert.Equal(2, (await api.JsonAsync("/audit?kind=profiles&name=p"))["items"]!.AsArray().Count);
    }

    [Fact]
    public async Task Principal_WhoseNameHoldsASlash_IsReachedByItsEscape()
    {
        await using var api = await ApiStage.StartAsync();
        await api.PutYamlAsync("/external-credentials/Keyed", $"{{{Keyed}}}");

        Assert.Equal(201, (await api.PutAsync("/external-credentials/Keyed/principals/Marketing%20%2F%20Group%25", """{"sequenceNumber":7}""")).Status);
        Assert.Equal("Marketing / Group%", (string?)(await api.JsonAsync("/external-credentials/Keyed/principals/Marketing%20%2F%20Group%25"))["name"]);
        Assert.Equal(204, (await api.SendAsync(HttpMethod.Delete, "/external-credentials/Keyed/principals/Marketing%20%2f%20Group%25")).Status);
        Assert.Empty((await api.JsonAsync("/external-credentials/Keyed/principals"))["items"]!.AsArray());
    }

    [Fact]
    public async Task Principal_KeepsNameAndIdentityTypeForGood()
    {
        await using var api = await ApiStage.StartAsync();
        await api.PutYamlAsync("/external-credentials/Keyed", $"{{{Keyed}, principals: [{{name: A, sequenceNumber: 1, accessKey: {SetupStage.KeyId}, accessSecret: {SetupStage.Secret}}}]}}");
        var seen = (await api.GetAsync("/external-credentials/Keyed")).Text;

        var renamed = await api.PutAsync("/external-credentials/Keyed", seen.Replace("\"name\":\"A\"", "\"name\":\"B\"", StringComparison.Ordinal));
        var other = await api.PutAsync("/external-credentials/Keyed/principals/A", """{"name":"B","sequenceNumber":1}""", "*");
        var typed = await api.PutAsync("/external-credentials/Keyed/principals/A", """{"sequenceNumber":1,"identityType":"PerUser"}""", "*");
        var recreated = await api.PutYamlAsync("/external-credentials/Keyed?dryRun=true", $"{{{Keyed}, revision: 1, principals: [{{name: B, sequenceNumber: 1, accessKey: {SetupStage.KeyId}, accessSecret: {SetupStage.Secret}}}]}}");

        Assert.All([renamed, other, typed], a => Assert.Equal((409, "immutable"), (a.Status, (string?)JsonNode.Parse(a.Text)!["code"])));
        Assert.Contains("Delete it, and recreate it", renamed.Text, StringComparison.Ordinal);
        Assert.Equal(200, recreated.Status);
        Assert.DoesNotContain(SetupStage.Secret, api.Answers, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TestCall_IsARealCall_AndTellsAllButSecrets()
    {
        await using var api = await ApiStage.StartAsync();
        await api.PutYamlAsync("/external-credentials/Keyed", $"{{{Keyed}, principals: [{{name: One, sequenceNumber: 1, accessKey: {SetupStage.KeyId}, accessSecret: {SetupStage.Secret}}}]}}");
        await api.PutAsync("/named-credentials/Keyed", $$$"""{"label":"x","url":"{{{api.Stage.Aws.Address}}}","externalCredential":"Keyed","customHeaders":[{"name":"X-Canary","value":{"value":"theCanaryOfAHeader"}}]}""");
        await api.PutAsync("/callers/orders", "{}");
        await api.PutAsync("/permission-sets/Some", """{"callers":["orders"],"principals":["Keyed-One"]}""");

        var call = JsonNode.Parse((await api.SendAsync(HttpMethod.Post, "/test-call", """{"caller":"orders","namedCredential":"Keyed","method":"POST","path":"/x?b=2&a=1","headers":{"Content-Type":"text/plain"},"body":"Grüße"}""")).Text)!;
        var refused = JsonNode.Parse((await api.SendAsync(HttpMethod.Post, "/test-call", """{"caller":"local","namedCredential":"Keyed"}""")).Text)!;
        var viewer = await api.SendAsync(HttpMethod.Post, "/test-call", """{"caller":"orders","namedCredential":"Keyed"}""", token: ApiStage.Viewer);

        Assert.Equal((200, "One", null), ((int)call["status"]!, (string?)call["principal"], (string?)call["refusal"]));
        Assert.StartsWith("POST\n/x\na=1&b=2\n", (string)call["canonicalRequest"]!, StringComparison.Ordinal);
        Assert.StartsWith("AWS4-HMAC-SHA256\n", (string)call["stringToSign"]!, StringComparison.Ordinal);
        Assert.Equal(("access_denied", 403, null), ((string?)refused["refusal"], (int)refused["status"]!, (string?)refused["canonicalRequest"]));
        Assert.Equal(403, viewer.Status);
        // One reached the stand-in, signed, and nothing of the others.
        Assert.Equal((1, 0), (api.Stage.Aws.Counts.DestinationRequests, api.Stage.Aws.Counts.DestinationRefusals));
        Assert.All((string[])[SetupStage.Secret, "theCanaryOfAHeader"], s => Assert.DoesNotContain(s, api.Answers, StringComparison.Ordinal));
        Assert.Equal(2, (await api.JsonAsync("/audit"))["items"]!.AsArray().Count(r => (string)r!["what"]! == "test call" && (string)r["who"]! == "ada"));
    }

    [Fact]
    public async Task Explanations_TellAViewerWhoWouldSignAndHow_ButNoSignature()
    {
        await using var api = await ApiStage.StartAsync(
            $$$"""
            externalCredentials: [{name: Theirs, {{{Keyed}}}, principals: [{name: One, sequenceNumber: 1, accessKey: {value: {{{SetupStage.KeyId}}}}, accessSecret: {value: {{{SetupStage.Secret}}}}}]}]
            namedCredentials: [{name: Theirs, label: x, url: "https://lambda.eu-west-1.amazonaws.com", externalCredential: Theirs}]
            permissionSets: [{name: Known, callers: [local], principals: [Theirs-One]}]
            """);

        var access = await api.SendAsync(HttpMethod.Post, "/access-explanation", """{"namedCredential":"theirs"}""", token: ApiStage.Viewer);
        var signature = await api.SendAsync(HttpMethod.Post, "/signature-explanation", """{"namedCredential":"Theirs","request":"GET /x HTTP/1.1\nHost: localhost\n\n"}""", token: ApiStage.Viewer);
        var terms = await api.SendAsync(HttpMethod.Post, "/signature-explanation", """{"service":"sqs","region":"eu-west-1","request":"GET /x HTTP/1.1\nHost: sqs.eu-west-1.amazonaws.com\n\n"}""", token: ApiStage.Viewer);

        Assert.Equal(200, access.Status);
        Assert.Contains("permission set Known grants Theirs-One (sequence number 1).\\nTheirs-One signs: of what fits it has the lowest sequence number.", access.Text, StringComparison.Ordinal);
        Assert.All([signature, terms], a => Assert.Equal(200, a.Status));
        Assert.StartsWith("GET\n/x\n", (string)JsonNode.Parse(signature.Text)!["canonicalRequest"]!, StringComparison.Ordinal);
        Assert.DoesNotMatch("[^0-9a-f][0-9a-f]{64}[^0-9a-f]", Told(signature.Text) + Told(terms.Text));
        Assert.DoesNotContain(SetupStage.Secret, api.Answers, StringComparison.Ordinal);

        // Hashes of the payload and of the canonical request stand in other members, and may.
        static string Told(string text)
        {
            var json = JsonNode.Parse(text)!;
            return $" {json["signature"]} {json["authorization"]} {json["headers"]!["Authorization"]} ";
        }
    }
}
