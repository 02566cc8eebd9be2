using System.IO.Compression;
using SigningProxy.FunctionalTests.Harness;
using SigningProxy.LocalAws;

namespace SigningProxy.FunctionalTests.Exchange;

/// <summary><c>import salesforce</c> and <c>export salesforce</c> with files alone.</summary>
public sealed class ImportCommandTests : IDisposable
{
    private static readonly LocalKey Key = new("AKIAIMPORTEDENTRIES1", "a-made-up-secret-of-who-imports");

    private readonly string _folder = Directory.CreateTempSubdirectory("signing-proxy-test-").FullName;

    [Fact]
    public async Task Import_OnceTheChecklistIsFilled_IsValid_AndWhatItSignsIsAccepted()
    {
        await using var aws = await LocalAwsServer.StartAsync(SessionStage.Believing(keys: [Key]), TestContext.Current.CancellationToken);
        MetadataText.Write(_folder, aws.Address);

        var (code, yaml, told) = await ProxyProcess.RunAsync("import", "salesforce", _folder);

        Assert.Equal(0, code);
        Assert.Equal(
            """
            To fill in:
              [ ] externalCredential Assumed / sts: Set ASSUMED_STS_ACCESS_KEY and ASSUMED_STS_ACCESS_SECRET to the access key of the IAM user that assumes the roles in the proxy's environment, or write other references.
              [ ] externalCredential Assumed / principal One: Fill in roleArn.
              [ ] externalCredential Keyed / principal One: Set KEYED_ONE_ACCESS_KEY and KEYED_ONE_ACCESS_SECRET to the access key in the proxy's environment, or write other references.
              [ ] permissionSet Keepers: List its callers in callers.

            """, told);
        // As it came, it is valid already, and nobody may call it.
        Assert.Equal(0, (await ProxyProcess.RunAsync("validate", "--catalog", Write("as-it-came.yaml", yaml))).ExitCode);

        var filled = yaml
            .Replace("callers: []", "callers: [\"*\"]", StringComparison.Ordinal)
            .Replace("    durationSeconds: 3600\n", $"    durationSeconds: 3600\n    endpoint: {aws.Address}\n", StringComparison.Ordinal)
            .Replace("    sequenceNumber: 1\n- name: Keyed", $"    sequenceNumber: 1\n    roleArn: {SessionCatalog.Role}\n- name: Keyed", StringComparison.Ordinal);
        var launch = new Launch
        {
            Environment = new Dictionary<string, string>
            {
                ["KEYED_ONE_ACCESS_KEY"] = Key.AccessKeyId,
                ["KEYED_ONE_ACCESS_SECRET"] = Key.Secret,
                ["ASSUMED_STS_ACCESS_KEY"] = SessionCatalog.Asker.AccessKeyId,
                ["ASSUMED_STS_ACCESS_SECRET"] = SessionCatalog.Asker.Secret,
            },
        };
        await using var proxy = await ProxyProcess.StartAsync(filled, launch);
        foreach (var name in new[] { "Keyed", "Assumed" })
        {
            aws.ClearRequests();
            var answer = await RawClient.GetAsync(proxy.Address, $"/{name}/x");
            Assert.True(Assert.Single(aws.Requests, r => r.Target == LocalTarget.Destinations).Verified);
            Assert.Equal((200, name == "Keyed"), (answer.Status, answer.Body.Contains("x-team:orders", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task Export_AndImportOfItsArchive_AreTheCatalogAgain()
    {
        MetadataText.Write(_folder, new Uri("https://lambda.eu-west-1.amazonaws.com"));
        var catalog = Path.Combine(_folder, "catalog.yaml");
        var imported = await ProxyProcess.RunAsync("import", "salesforce", _folder, "--output", catalog);
        Assert.Equal((0, ""), (imported.ExitCode, imported.Output));

        var target = Path.Combine(_folder, "exported");
        var exported = await ProxyProcess.RunAsync("export", "salesforce", target, "--catalog", catalog);
        Assert.Equal(0, exported.ExitCode);
        Assert.Equal(5, exported.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Count(File.Exists));
        Assert.Contains("externalCredential Keyed: principals One: accessSecret: such files never hold secrets", exported.Error, StringComparison.Ordinal);
        await ZipFile.CreateFromDirectoryAsync(target, target + ".zip", TestContext.Current.CancellationToken);

        var again = await ProxyProcess.RunAsync("import", "salesforce", target + ".zip");
        Assert.Equal((0, await File.ReadAllTextAsync(catalog, TestContext.Current.CancellationToken), imported.Error), again);

        // What is there is not written over, unless somebody says so.
        var taken = await ProxyProcess.RunAsync("import", "salesforce", target, "-o", catalog);
        Assert.Equal((1, ""), (taken.ExitCode, taken.Output));
        var changed = Path.Combine(target, "externalCredentials", "Keyed.externalCredential-meta.xml");
        await File.WriteAllTextAsync(changed, "mine", TestContext.Current.CancellationToken);
        var refused = await ProxyProcess.RunAsync("export", "salesforce", target, "--catalog", catalog);
        Assert.Equal((1, ""), (refused.ExitCode, refused.Output));
        Assert.Contains("Keyed.externalCredential-meta.xml is there and differs", refused.Error, StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(changed, TestContext.Current.CancellationToken));
        Assert.Equal(0, (await ProxyProcess.RunAsync("export", "salesforce", target, "--catalog", catalog, "--replace")).ExitCode);
        Assert.StartsWith("<?xml", await File.ReadAllTextAsync(changed, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_OfWhatIsHostile_IsRefused_WithFileRuleAndMend()
    {
        MetadataText.Write(_folder, "E.externalCredential", "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><ExternalCredential><label>&a;</label></ExternalCredential>");
        var entities = await ProxyProcess.RunAsync("import", "salesforce", _folder);
        Assert.Equal((78, ""), (entities.ExitCode, entities.Output));
        Assert.Matches(@"\Asigning-proxy: .*E\.externalCredential-meta\.xml: it has a document type, in which entities can be declared\. Take out .*\.\n\z", entities.Error);

        var zip = Path.Combine(_folder, "a.zip");
        await using (var archive = await ZipFile.OpenAsync(zip, ZipArchiveMode.Create, TestContext.Current.CancellationToken))
            archive.CreateEntry("../\u001b[2JE.externalCredential");
        var leading = await ProxyProcess.RunAsync("import", "salesforce", zip);
        Assert.Equal((78, ""), (leading.ExitCode, leading.Output));
        Assert.Contains("an entry leads out of the archive. Pack the files anew", leading.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', leading.Error);
        Assert.False(File.Exists(Path.Combine(_folder, "..", "E.externalCredential")));
    }

    [Fact]
    public async Task Export_OfACatalogThatIsNone_IsRefused()
    {
        var (code, output, error) = await ProxyProcess.RunAsync("export", "salesforce", Path.Combine(_folder, "out"), "--catalog", Write("bad.yaml", "nonsense: 1\n"));

        Assert.Equal((78, ""), (code, output));
        Assert.Contains("bad.yaml:1: error: there is no field nonsense.", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_folder, "out")));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
