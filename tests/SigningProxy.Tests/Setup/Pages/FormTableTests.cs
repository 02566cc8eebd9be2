using System.Text.Json.Nodes;
using SigningProxy.Setup.Pages.Forms;
using SigningProxy.Store;

namespace SigningProxy.Tests.Setup.Pages;

public sealed class FormTableTests
{
    private static readonly JsonNode Schema = JsonNode.Parse(File.ReadAllText(RepositoryRoot.Find("config", "catalog.schema.json")))!["definitions"]!;

    public static TheoryData<string> Kinds => [.. Enum.GetNames<EntryKind>(), "Principal"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Table_HasEveryFieldOfTheSchema_OrSaysWhyNot(string kind)
    {
        var table = TableOf(kind);
        var told = table.Fields.SelectMany(f => f.Columns.Count == 0 ? [f.Path] : f.Columns.Select(c => $"{f.Path}/[]/{c.Path}")).Where(p => p.Length > 0 && !p.EndsWith('/')).ToHashSet();

        var all = Leaves(Schema[char.ToLowerInvariant(kind[0]) + kind[1..]]!, "").ToList();

        Assert.NotEmpty(all);
        Assert.Equal([], all.Where(p => !table.Elsewhere.ContainsKey(p.Split("/")[0])).Except(told));
        Assert.Equal([], told.Except(all));
        Assert.All(table.Elsewhere, e => Assert.NotEmpty(e.Value));
    }

    [Fact]
    public void ExternalCredential_HasTheFieldsOfTheSeed_InItsOrder() => Assert.Equal(
        [
            "Label", "Name", "Authentication Protocol", "Service", "Region", "AWS Account ID", "Obtain Temporary IAM Credentials via STS", "Credential Type",
            "STS Access Key", "STS Access Secret", "STS External ID", "STS Duration",
            "Trust Anchor ARN", "Profile ARN", "Signing Certificate", "Certificate Password", "STS Duration", "Additional Status Codes for Token Refresh",
        ],
        TableOf("ExternalCredential").Fields.Where(f => f.Group is null && f.Input != FormInput.Derived).Select(f => f.Label));

    [Fact]
    public void Principal_HasTheFieldsOfTheSeed_InItsOrder() => Assert.Equal(
        ["Parameter Name", "Identity Type", "Sequence Number", "Access Key", "Access Secret", "Session Token", "IAM Role ARN"],
        TableOf("Principal").Fields.Select(f => f.Label));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Fields_HaveNamesOfTheirOwn_AndDependOnFieldsThatAreThere(string kind)
    {
        var fields = TableOf(kind).Fields;
        Assert.Distinct(fields.Select(f => f.Name));
        Assert.All(fields.SelectMany(f => f.When), w => Assert.Contains(fields, f => f.Name == w.Field));
        Assert.All(fields, list => Assert.All(list.Columns.SelectMany(c => c.When), w => Assert.Contains(list.Columns, c => c.Name == w.Field)));
        Assert.All(fields.Where(f => f.Input == FormInput.Derived), f => Assert.Contains(fields, other => other.Name == f.FaultsAt));
    }

    private static FormTable TableOf(string kind) => kind == "Principal" ? PrincipalForm.Table : FormTables.Of(Enum.Parse<EntryKind>(kind));

    private static IEnumerable<string> Leaves(JsonNode definition, string path)
    {
        definition = Resolved(definition);
        if (definition["properties"] is JsonObject properties && (string?)definition["title"] != "Secret reference")
            return properties.SelectMany(p => Leaves(p.Value!, path.Length == 0 ? p.Key : $"{path}/{p.Key}"));
        return definition["items"] is { } items && Resolved(items)["properties"] is not null ? Leaves(items, $"{path}/[]") : [path];
    }

    private static JsonNode Resolved(JsonNode definition) => (string?)(definition["$ref"] ?? definition["allOf"]?[0]?["$ref"]) is { } reference ? Schema[reference.Split('/')[^1]]! : definition;
}
