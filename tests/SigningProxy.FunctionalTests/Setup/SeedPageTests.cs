using System.Net;
using System.Text.Json.Nodes;
using SigningProxy.FunctionalTests.Harness;

namespace SigningProxy.FunctionalTests.Setup;

/// <summary>"Create or Edit an AWS Signature v4 External Credential", done by calls: from an empty store to requests that the stand-in verified.</summary>
public sealed class SeedPageTests
{
    [Fact]
    public async Task SeedPage_DoneByCalls_SignsByEveryVariant_WithTheVeryNextRequest()
    {
        await using var api = await ApiStage.StartAsync();
        var (aws, stage) = (api.Stage.Aws, api.Stage);

        // An IAM user's own keys, set apart from all else.
        await CreateAsync(api, "Keyed", "variant: AccessKey", """{"sequenceNumber":1}""");
        Assert.Equal(("notConfigured", "accessKey is missing"), await StatusAsync(api, "Keyed"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await stage.StatusAsync(api.Proxy, "/Keyed/x"));
        Assert.Equal(204, (await api.PutAsync("/external-credentials/Keyed/principals/One/credentials", $$"""{"accessKey":"{{SetupStage.KeyId}}","accessSecret":"{{SetupStage.Secret}}"}""")).Status);
        await AssertSignsAsync(api, "Keyed");

        // An IAM user identified by access key, by way of STS.
        await CreateAsync(api, "Assumed", SessionCatalog.AssumeRole(aws.Address), $$"""{"sequenceNumber":1,"roleArn":"{{SessionCatalog.Role}}"}""");
        await AssertSignsAsync(api, "Assumed");

        // Roles Anywhere, with an uploaded certificate.
        await CreateAsync(api, "Certified", stage.Certified(), $$"""{"sequenceNumber":1,"roleArn":"{{SessionCatalog.Role}}"}""");
        await AssertSignsAsync(api, "Certified");

        Assert.Equal((3, 0), (aws.Counts.DestinationRequests, aws.Counts.DestinationRefusals));
        Assert.All((await api.JsonAsync("/status"))["externalCredentials"]!.AsArray(), e => Assert.True((bool)e!["principals"]![0]!["works"]!));
        var session = await api.JsonAsync("/external-credentials/Assumed/principals/One/credentials");
        Assert.Matches(@"^ASIA\*{4}.{4}$", (string)session["accessKeyId"]!);
        Assert.NotNull(session["expiration"]);
        Assert.Contains("\"outcome\":\"replaced\"", (await api.SendAsync(HttpMethod.Post, "/external-credentials/Assumed/principals/One/refresh")).Text, StringComparison.Ordinal);
        Assert.Contains("\"accessSecret\":{\"stored\":\"principals[0].accessSecret\"}", (await api.GetAsync("/external-credentials/Keyed")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SeedPage_DoneByCalls_LeavesNoSecretAnywhereInTheClear()
    {
        await using var api = await ApiStage.StartAsync();
        var (aws, stage) = (api.Stage.Aws, api.Stage);
        await CreateAsync(api, "Keyed", "variant: AccessKey", """{"sequenceNumber":1}""");
        await api.PutAsync("/external-credentials/Keyed/principals/One/credentials", $$"""{"accessKey":"{{SetupStage.KeyId}}","accessSecret":"{{SetupStage.Secret}}"}""");
        await CreateAsync(api, "Assumed", SessionCatalog.AssumeRole(aws.Address), $$"""{"sequenceNumber":1,"roleArn":"{{SessionCatalog.Role}}"}""");
        await CreateAsync(api, "Certified", stage.Certified(), $$"""{"sequenceNumber":1,"roleArn":"{{SessionCatalog.Role}}"}""");
        foreach (var name in (string[])["Keyed", "Assumed", "Certified"])
            await AssertSignsAsync(api, name);

        // All that can be asked for, what is changed and what is refused.
        var routes = (await api.JsonAsync("/openapi.json"))["paths"]!.AsObject().Where(p => p.Value!["get"] is not null).Select(p => p.Key).ToList();
        foreach (var name in (string[])["Keyed", "Assumed", "Certified"])
        {
            foreach (var route in routes)
                await api.GetAsync(route.Replace("{name}", name, StringComparison.Ordinal).Replace("{principal}", "One", StringComparison.Ordinal));
            await api.SendAsync(HttpMethod.Post, "/test-call", $$"""{"namedCredential":"{{name}}"}""");
            await api.SendAsync(HttpMethod.Post, "/signature-explanation", $$"""{"namedCredential":"{{name}}","request":"GET / HTTP/1.1\r\nHost: x\r\n\r\n"}""");
            await api.PutAsync($"/external-credentials/{name}", $$"""{"label":"{{SetupStage.Secret}}","region":"{{SetupStage.Secret}}","accessSecret":"{{SetupStage.Secret}}"}""", "*");
            await api.PutAsync($"/named-credentials/{name}", $$"""{"label":"x","url":"{{SetupStage.Secret}}","externalCredential":"{{SetupStage.Secret}}"}""", "*");
        }
        var export = await stage.Folder.CommandAsync("export");
        var audit = await stage.Folder.CommandAsync("audit", "--output", "json");
        var backup = await stage.Folder.CommandAsync("backup", stage.Folder.File("backup"));

        Assert.Equal((0, 0, 0), (export.ExitCode, audit.ExitCode, backup.ExitCode));
        var told = api.Answers + api.Proxy.Log + export.Output + audit.Output;
        Assert.True(told.Length > 50_000);
        Assert.Empty(stage.Open(told));
        // The scan itself, over the same files and texts.
        Assert.Equal(["text"], stage.Open(told + stage.KeyLine));
    }

    [Fact]
    public async Task Change_IsUsedByTheVeryNextRequest_ManyTimesOver()
    {
        await using var api = await ApiStage.StartAsync();
        await CreateAsync(api, "Keyed", "variant: AccessKey", $$"""{"sequenceNumber":1,"accessKey":"{{SetupStage.KeyId}}","accessSecret":"{{SetupStage.Secret}}"}""");
        for (var i = 0; i < 20; i++)
        {
            var on = i % 2 == 1;
            var put = await api.PutAsync("/named-credentials/Keyed", $$"""{"label":"x","url":"{{api.Stage.Aws.Address}}","externalCredential":"Keyed","enabledForCallouts":{{(on ? "true" : "false")}}}""", "*");
            Assert.Equal(200, put.Status);
            Assert.Equal(on ? HttpStatusCode.OK : HttpStatusCode.Forbidden, await api.Stage.StatusAsync(api.Proxy, "/Keyed/x"));
        }
        Assert.Equal(10, api.Stage.Aws.Counts.DestinationRequests);
    }

    private static async Task CreateAsync(ApiStage api, string name, string fields, string principal)
    {
        Assert.Equal(201, (await api.PutYamlAsync($"/external-credentials/{name}", $"{{label: {name}, authenticationProtocol: AwsSignatureV4, service: lambda, region: eu-west-1, {fields}}}")).Status);
        Assert.Equal(201, (await api.PutAsync($"/external-credentials/{name}/principals/One", principal)).Status);
        Assert.Equal(201, (await api.PutAsync($"/named-credentials/{name}", $$"""{"label":"x","url":"{{api.Stage.Aws.Address}}","externalCredential":"{{name}}"}""")).Status);
        Assert.Equal(201, (await api.PutAsync($"/permission-sets/{name}", $$"""{"callers":["*"],"principals":["{{name}}-One"]}""")).Status);
    }

    private static async Task AssertSignsAsync(ApiStage api, string name)
    {
        Assert.Equal(("configured", null), await StatusAsync(api, name));
        Assert.Equal(HttpStatusCode.OK, await api.Stage.StatusAsync(api.Proxy, $"/{name}/x"));
    }

    private static async Task<(string, string?)> StatusAsync(ApiStage api, string name)
    {
        JsonNode status = (await api.JsonAsync($"/external-credentials/{name}/principals/One"))["status"]!;
        return ((string)status["state"]!, (string?)status["missing"]!.AsArray().FirstOrDefault());
    }
}
