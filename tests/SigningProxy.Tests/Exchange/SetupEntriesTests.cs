using SigningProxy.Configuration.Yaml;
using SigningProxy.Exchange;

namespace SigningProxy.Tests.Exchange;

public sealed class SetupEntriesTests
{
    private readonly List<Omission> _omissions = [];

    [Fact]
    public void Fit_ToAnEmptySetup_LeavesNoReferences_AndTheChecklistAsksForWhatIsMissing()
    {
        var fitted = Fit(File.ReadAllText(Path.Combine(OriginalFiles.Root, "tests", "metadata", "catalog.yaml")), "{}");
        var yaml = OriginalFiles.Yaml(fitted);

        Assert.DoesNotContain("env:", yaml, StringComparison.Ordinal);
        Assert.DoesNotContain(".pem", yaml, StringComparison.Ordinal);
        Assert.DoesNotContain("clientCertificate", yaml, StringComparison.Ordinal);
        Assert.Contains("clientCertificate ReportsClient is not among Setup's certificates", Assert.Single(_omissions).Reason, StringComparison.Ordinal);
        Assert.Equal(
            [
                "externalCredential Archive / rolesAnywhere: Upload the signing certificate, its intermediates and its private key.",
                "externalCredential Archive / principal Archivist: Fill in roleArn.",
                "externalCredential OrdersTable / principal Writer: Fill in accessKey and accessSecret.",
                "externalCredential OrdersTable / principal Marketing Group: Fill in accessKey and accessSecret.",
                "externalCredential Reports / sts: Fill in accessKey and accessSecret.",
                "externalCredential Reports / principal Reporting: Fill in roleArn.",
                "permissionSet OrderKeepers: List its callers in callers.",
                "profile Custom_Sales_Profile: Name it as the profile of its callers, in callers.",
            ],
            Checklist.Of(fitted).Select(i => $"{i.Entry}: {i.Task}"));
    }

    [Fact]
    public void Fit_ToEntriesThatAreThere_KeepsWhatNoFileHolds_AndNothingElse()
    {
        var fitted = Fit(
            """
            externalCredentials:
            - {name: E, label: New, variant: AssumeRole, sts: {accessKey: {env: A}, externalId: new}, customHeaders: [{name: X, value: x}], principals: [{name: P, sequenceNumber: 2}, {name: Q, sequenceNumber: 1}]}
            namedCredentials: [{name: N, label: N, clientCertificate: c}]
            permissionSets: [{name: S, callers: [], principals: [E-P]}]
            """,
            """
            externalCredentials:
            - {name: e, label: Old, awsAccountId: "123456789012", sts: {accessKey: {stored: k}, durationSeconds: 900, region: eu-west-1}, customHeaders: [{name: Y, value: y}, {name: Z, value: {stored: z}}], signing: {normalizePath: off}, principals: [{name: P, sequenceNumber: 1, roleArn: arn}, {name: Gone, roleArn: gone}], revision: 7}
            namedCredentials: [{name: N, label: Old, listen: 8081, enabledForCallouts: false}]
            certificates: [{name: C}]
            permissionSets: [{name: S, callers: [local], principals: []}]
            """);

        Assert.Equal(
            """
            externalCredentials:
            - name: E
              label: New
              variant: AssumeRole
              sts:
                externalId: new
                accessKey:
                  stored: k
                region: eu-west-1
              principals:
              - name: P
                sequenceNumber: 2
                roleArn: arn
              - name: Q
                sequenceNumber: 1
              signing:
                normalizePath: off
              revision: 7
              customHeaders:
              - name: X
                value: x
              - name: Z
                value:
                  stored: z
            namedCredentials:
            - name: N
              label: N
              clientCertificate: c
              listen: 8081
            permissionSets:
            - name: S
              principals:
              - E-P
              callers:
              - local

            """,
            YamlWriter.Write(fitted).Replace("\"", "", StringComparison.Ordinal));
        Assert.Empty(_omissions);
    }

    private YamlMap Fit(string imported, string made) => SetupEntries.Fit((YamlMap)YamlComposer.Compose(imported)!, (YamlMap)YamlComposer.Compose(made)!, _omissions);
}
