using FsCheck.Xunit;
using SigningProxy.Catalog.Validation;
using SigningProxy.Configuration;
using SigningProxy.Configuration.Yaml;
using SigningProxy.Exchange.Exporting;

namespace SigningProxy.Tests.Exchange;

public sealed class MetadataExportTests
{
    public static TheoryData<string> Examples() => [.. Directory.GetFiles(Path.Combine(OriginalFiles.Root, "config", "examples"), "*.yaml").Select(f => Path.GetFileName(f)!)];

    [Property(Arbitrary = [typeof(ExchangeArbitraries)], MaxTest = 500)]
    public void Import_OfAnExport_IsTheIdentity(HeldCatalog held)
    {
        var preview = OriginalFiles.Import(MetadataExport.Of(held.Catalog));

        Assert.Equal(YamlWriter.Write(held.Catalog), YamlWriter.Write(preview.Catalog));
        Assert.Empty(preview.Omissions);
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void Import_OfAnExamplesExport_OmitsNothing_AndExportsToTheSameFiles(string example)
    {
        var exported = MetadataExport.Of(Read(Path.Combine(OriginalFiles.Root, "config", "examples", example)));
        var preview = OriginalFiles.Import(exported);

        Assert.NotEmpty(exported.Files);
        Assert.Empty(preview.Omissions);
        Assert.Equal(exported.Files, MetadataExport.Of(preview.Catalog).Files);
    }

    [Theory]
    [InlineData("externalCredentials: [{name: E, label: E, authenticationProtocol: AwsSignatureV4a}]", "externalCredential E: authenticationProtocol AwsSignatureV4a has no counterpart")]
    [InlineData("externalCredentials: [{name: E, authenticationProtocol: AwsSignatureV4, principals: [{name: P, accessSecret: {value: canary}}]}]", "externalCredential E: principals P: accessSecret: such files never hold secrets")]
    [InlineData("externalCredentials: [{name: E, authenticationProtocol: AwsSignatureV4, principals: [{name: P, roleArn: 'arn:x'}]}]", "principals P: roleArn: it stands beside the keys there")]
    [InlineData("externalCredentials: [{name: E, authenticationProtocol: AwsSignatureV4, variant: AssumeRole, sts: {source: Ambient}}]", "externalCredential E: sts.source: the format has no place for it")]
    [InlineData("externalCredentials: [{name: E, authenticationProtocol: AwsSignatureV4, signing: {normalizePath: off}}]", "externalCredential E: signing: the format has no place for it")]
    [InlineData("externalCredentials: [{name: E, authenticationProtocol: AwsSignatureV4, customHeaders: [{name: X, value: {value: canary}}]}]", "externalCredential E: custom header X: such files never hold secrets")]
    [InlineData("externalCredentials: [{name: E, authenticationProtocol: AwsSignatureV4, variant: RolesAnywhere, rolesAnywhere: {certificate: {content: {value: canary}}}}]", "rolesAnywhere.certificate: it has no file")]
    [InlineData("externalCredentials: [{name: ../../E, authenticationProtocol: AwsSignatureV4}]", "externalCredential without a valid Name: it was left out")]
    [InlineData("externalCredentials: [{name: E, label: \" E\", authenticationProtocol: AwsSignatureV4}]", "externalCredential E: label: XML cannot hold it")]
    [InlineData("externalCredentials: [{name: E, authenticationProtocol: AwsSignatureV4, principals: [{name: \"P\\uFFFE\"}]}]", "XML cannot hold its name")]
    [InlineData("namedCredentials: [{name: N, url: 'https://x', externalCredential: Gone}]", "namedCredential N: its external credential was left out")]
    [InlineData("permissionSets: [{name: S, callers: [\"*\"], principals: []}]", "permissionSet S: it grants no principal")]
    [InlineData("permissionSets: [{name: S, callers: [\"*\"], principals: [Gone-One]}]", "permissionSet S: a grant was left out: Gone-One is no principal that was exported")]
    [InlineData("callers: [{name: c}]", "caller c: callers and their proofs have no counterpart")]
    [InlineData("certificates: [{name: C, file: C.pem}]", "certificate C: upload it there by hand")]
    public void Field_ThatTheFormatCannotHold_IsTold(string yaml, string told)
    {
        var exported = MetadataExport.Of((YamlMap)YamlComposer.Compose(yaml)!);

        Assert.Contains(exported.Omissions, o => $"{o.Entry}: {o.Reason}".Contains(told, StringComparison.Ordinal));
        Assert.DoesNotContain("canary", string.Concat(exported.Files) + string.Concat(exported.Omissions), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("permissionSets", "callers: [\"*\"], ")]
    [InlineData("profiles", "")]
    public void Grant_WithALimit_IsLeftOut_ForWithoutItItWouldGrantMore(string section, string more)
    {
        var exported = MetadataExport.Of((YamlMap)YamlComposer.Compose(
            $"externalCredentials: [{{name: E, authenticationProtocol: AwsSignatureV4, principals: [{{name: P, sequenceNumber: 1}}]}}]\n{section}: [{{name: S, {more}principals: [E-P], only: {{methods: [GET]}}}}]")!);

        Assert.Equal("externalCredentials/E.externalCredential-meta.xml", Assert.Single(exported.Files).Path);
        Assert.Contains(exported.Omissions, o => o.Reason.StartsWith("only: ", StringComparison.Ordinal));
    }

    [Fact]
    public void Files_OfTheFixture_StandWhereTheSourceFormatHasThem()
    {
        var exported = MetadataExport.Of(Read(Path.Combine(OriginalFiles.Root, "tests", "metadata", "catalog.yaml")));

        Assert.Equal(
            [
                "externalCredentials/Archive.externalCredential-meta.xml", "externalCredentials/OrdersTable.externalCredential-meta.xml", "externalCredentials/Reports.externalCredential-meta.xml",
                "namedCredentials/Archive.namedCredential-meta.xml", "namedCredentials/Orders.namedCredential-meta.xml", "namedCredentials/Reports.namedCredential-meta.xml",
                "permissionsets/OrderKeepers.permissionset-meta.xml", "profiles/Custom%3A%20Sales%20Profile.profile-meta.xml",
            ],
            exported.Files.Select(f => f.Path));
        Assert.All(exported.Files, f => Assert.EndsWith(">\n", f.Text, StringComparison.Ordinal));
        Assert.Equal(File.ReadAllText(Path.Combine(OriginalFiles.Root, "tests", "metadata", "catalog.yaml")), OriginalFiles.Yaml(OriginalFiles.Import(exported).Catalog));
    }

    private static YamlMap Read(string path)
    {
        var faults = new FaultList();
        var catalog = CatalogNodes.Read(path, faults);
        Assert.False(faults.HasErrors);
        return catalog;
    }
}
