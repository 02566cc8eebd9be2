using System.Text.Json;
using SigningProxy.FunctionalTests.Harness;

namespace SigningProxy.FunctionalTests.Setup;

/// <summary>Commands that take the entries made in Setup into account, and the one that tells its trail.</summary>
public sealed class JudgedWithSetupTests
{
    private const string More = """
        externalCredentials: [{name: Made, label: x, authenticationProtocol: AwsSignatureV4, service: sqs, region: eu-west-1, principals: [{name: One, sequenceNumber: 1, accessKey: {value: AKIAMADEINSETUP00001}, accessSecret: {value: canary-of-the-trail}}]}]
        namedCredentials: [{name: Queue, label: x, url: "https://sqs.eu-west-1.amazonaws.com", externalCredential: Made}]
        permissionSets: [{name: All, callers: ["*"], principals: [Made-One]}]
        """;

    [Fact]
    public async Task Validate_JudgesThemBesideTheFiles()
    {
        using var folder = await SetupFolder.CreateAsync();
        string[] validate = ["validate", "--catalog", folder.Catalog, .. folder.Settings];
        var before = await ProxyProcess.RunAsync(validate);
        Assert.Equal((0, ""), (before.ExitCode, before.Error));
        Assert.False(File.Exists(folder.Database), "A database was made by looking.");
        await folder.ImportAsync(More);

        var good = await ProxyProcess.RunAsync(validate);
        Assert.Equal(0, good.ExitCode);
        Assert.Contains("1 named credential", good.Output, StringComparison.Ordinal);

        folder.Run("UPDATE entries SET body = 'name: Queue' WHERE kind = 'NamedCredential'");
        var bad = await ProxyProcess.RunAsync(validate);
        Assert.Equal(78, bad.ExitCode);
        Assert.Contains("Setup / namedCredential Queue: url is missing", bad.Output, StringComparison.Ordinal);

        File.Delete(folder.File("master.key"));
        var keyless = await ProxyProcess.RunAsync(validate);
        Assert.Equal(78, keyless.ExitCode);
        Assert.Contains("the master key's file", keyless.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Access_TellsOfTheirGrants()
    {
        using var folder = await SetupFolder.CreateAsync();
        await folder.ImportAsync(More);
        string[] access = ["access", "--named-credential", "Queue", "--catalog", folder.Catalog];

        var without = await ProxyProcess.RunAsync(access);
        var with = await ProxyProcess.RunAsync([.. access, .. folder.Settings]);

        Assert.NotEqual(0, without.ExitCode);
        Assert.Equal(0, with.ExitCode);
        Assert.Contains("Made-One signs", with.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Audit_TellsWhoDidWhat_AndNoSecret()
    {
        using var folder = await SetupFolder.CreateAsync();
        Assert.Contains("Nothing was done yet", (await folder.CommandAsync("audit")).Output, StringComparison.Ordinal);
        await folder.ImportAsync(More);
        await folder.ImportAsync(More.Replace("canary-of-the-trail", "another-secret", StringComparison.Ordinal));

        var text = await folder.CommandAsync("audit", "--limit", "1");
        var json = JsonElement.Parse((await folder.CommandAsync("audit", "--output", "json")).Output);

        Assert.Equal((0, ""), (text.ExitCode, text.Error));
        var lines = text.Output.TrimEnd().Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.Matches("^TIME +WHO +WHAT +ENTRY +REVISION +FIELDS$", lines[0]);
        Assert.Matches(@"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ  command line, user \w+  changed +ExternalCredential Made  1 -> 2 +principals\[0\]\.accessSecret$", lines[1]);
        var rows = json.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(4, rows.Count);
        Assert.Equal(("changed", 1, 2), (rows[0].GetProperty("what").GetString(), rows[0].GetProperty("fromRevision").GetInt64(), rows[0].GetProperty("toRevision").GetInt64()));
        Assert.Equal(JsonValueKind.Null, rows[3].GetProperty("fromRevision").ValueKind);
        Assert.DoesNotContain("canary", json.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(2, (await folder.CommandAsync("audit", "--limit", "0")).ExitCode);
    }
}
