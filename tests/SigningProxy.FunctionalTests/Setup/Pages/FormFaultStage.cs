using System.Globalization;
using SigningProxy.FunctionalTests.Harness;
using SigningProxy.FunctionalTests.Sessions;

namespace SigningProxy.FunctionalTests.Setup.Pages;

/// <summary>The executable with provisioned entries and others of Setup, for forms to come upon.</summary>
public sealed class FormFaultStage : IAsyncLifetime
{
    private const string Keyed = "authenticationProtocol: AwsSignatureV4, region: eu-west-1";
    private const string Role = "roleArn: \"arn:aws:iam::123456789012:role/x\"";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("form-faults-");
    private readonly string _taken = ProxyProcess.FreePort().ToString(CultureInfo.InvariantCulture);
    private readonly string _pem = Pem();
    private ApiStage _api = null!;

    internal PageVisitor Visitor { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var pem = Path.Combine(_folder.FullName, "client.pem");
        await File.WriteAllTextAsync(pem, _pem);
        _api = await ApiStage.StartAsync($$"""
            externalCredentials: [{name: Given, label: Given, {{Keyed}}, service: s3, principals: [{name: P, sequenceNumber: 1}]}]
            namedCredentials: [{name: Given, label: Given, url: "https://s3.eu-west-1.amazonaws.com", externalCredential: Given}]
            certificates: [{name: GivenClient, file: {{pem}}}]
            permissionSets: [{name: Everybody, callers: ["*", local], principals: [Given-P]}]
            profiles: [{name: GivenProfile, principals: [Given-P]}]
            callers: [{name: Batch, profile: GivenProfile, proofs: [{token: {value: 0123456789abcdef-of-batch} }] }]
            """);
        await MadeAsync("/external-credentials/Own", $"{{label: x, {Keyed}, service: s3, principals: [{{name: P, sequenceNumber: 1}}, {{name: Q, sequenceNumber: 2}}]}}");
        await MadeAsync("/external-credentials/Table", $"{{label: x, {Keyed}, service: dynamodb, principals: [{{name: P, sequenceNumber: 1}}]}}");
        await MadeAsync("/external-credentials/Queue", $"{{label: x, {Keyed}, service: sqs, principals: [{{name: P, sequenceNumber: 1}}]}}");
        await MadeAsync("/external-credentials/Role", $"{{label: x, {Keyed}, service: s3, awsAccountId: \"123456789012\", variant: AssumeRole, principals: [{{name: R, sequenceNumber: 1, {Role}}}]}}");
        await MadeAsync("/external-credentials/Chained", $"{{label: x, {Keyed}, service: s3, variant: AssumeRole, sts: {{source: Principal, principal: Role-R}}, principals: [{{name: C, sequenceNumber: 1, {Role}}}]}}");
        await MadeAsync("/external-credentials/Anywhere", $"{{label: x, {Keyed}, service: s3, {_api.Stage.Certified()}, principals: [{{name: A, sequenceNumber: 1, roleArn: \"{SessionCatalog.Role}\"}}]}}");
        await MadeAsync("/named-credentials/Ported", $"{{label: x, url: \"https://a.example.com\", externalCredential: Own, listen: {_taken}}}");
        await MadeAsync("/permission-sets/Readers", "{callers: [local], principals: [Table-P], only: {operations: [DynamoDB_20120810.GetItem]}}");
        await MadeAsync("/profiles/Readers", "{principals: [Own-P]}");
        Visitor = await PageVisitor.SignedInAsync(_api);
    }

    public async ValueTask DisposeAsync()
    {
        Visitor.Dispose();
        await _api.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    /// <summary>Opens a form, fills it in well but for what is given, and sends it.</summary>
    internal Task<SeenPage> FillAsync(string path, string filled)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in $"{FormFaultCases.Good.GetValueOrDefault(path)}&{filled}".Split('&', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('=', 2)))
            fields[pair[0]] = Known(pair[1]);
        return Visitor.FillAsync(path, [.. fields.Select(f => (f.Key, f.Value))]);
    }

    /// <summary>A rule as a page says it.</summary>
    internal string Said(string rule) => Known($"{char.ToUpperInvariant(rule[0])}{rule[1..]}");

    private string Known(string text) => text.Replace("LONG", new string('x', 81), StringComparison.Ordinal).Replace("PEM", _pem, StringComparison.Ordinal)
        .Replace("TAKEN", _taken, StringComparison.Ordinal).Replace("SETUP", $"{_api.Setup.Port}", StringComparison.Ordinal);

    private async Task MadeAsync(string target, string yaml)
    {
        var made = await _api.PutYamlAsync(target, yaml);
        Assert.True(made.Status == 201, $"{target}: {made.Text}");
    }

    private static string Pem()
    {
        using var authority = new WorkloadAuthority();
        using var leaf = authority.Leaf();
        return leaf.ExportCertificatePem() + "\n" + WorkloadFolder.KeyOf(leaf).ExportPkcs8PrivateKeyPem();
    }
}
