using SigningProxy.Exchange;
using SigningProxy.Exchange.Importing;

namespace SigningProxy.Tests.Exchange;

public sealed class MetadataImportTests
{
    private const string Sts = "<externalCredentialParameters><parameterName>AwsSv4</parameterName><parameterType>AuthProtocolVariant</parameterType><parameterValue>AwsSv4_STS</parameterValue></externalCredentialParameters>";
    private const string Anywhere = "<externalCredentialParameters><parameterName>AwsSv4</parameterName><parameterType>AuthProtocolVariant</parameterType><parameterValue>RolesAnywhere</parameterValue></externalCredentialParameters>";

    /// <summary>Every spelling, with either type, and the field that it sets.</summary>
    public static TheoryData<string, string, string, string, string> Spellings()
    {
        var rows = new TheoryData<string, string, string, string, string>();
        foreach (var type in new[] { "AuthParameter", "AuthProviderUrlQueryParameter" })
        {
            rows.Add("AwsService", type, "", "  service: value1", "value1");
            rows.Add("AwsRegion", type, "", "  region: eu-west-1", "eu-west-1");
            rows.Add("AwsAccountId", type, "", "  awsAccountId: \"012345678901\"", "012345678901");
            rows.Add("AwsExternalId", type, Sts, "    externalId: salesforceIntegration-abc123", "salesforceIntegration-abc123");
            rows.Add("AwsStsExternalId", type, Sts, "    externalId: salesforceIntegration-abc123", "salesforceIntegration-abc123");
            rows.Add("AwsDuration", type, Sts, "    durationSeconds: 1800", "1800");
            rows.Add("AwsStsDuration", type, Sts, "    durationSeconds: 1800", "1800");
            rows.Add("AwsDuration", type, Anywhere, "    durationSeconds: 1800", "1800");
            rows.Add("AwsStsDuration", type, Anywhere, "    durationSeconds: 1800", "1800");
            rows.Add("AwsTrustAnchorArn", type, Anywhere, "    trustAnchorArn: \"arn:a\"", "arn:a");
            rows.Add("AwsProfileArn", type, Anywhere, "    profileArn: \"arn:p\"", "arn:p");
        }
        return rows;
    }

    [Theory]
    [MemberData(nameof(Spellings))]
    public void Parameter_InEverySpelling_SetsItsField(string name, string type, string variant, string line, string value)
    {
        var preview = new OriginalFiles().External("E", variant + OriginalFiles.Parameter(name, type, value)).Import();

        Assert.Contains($"\n{line}\n", OriginalFiles.Yaml(preview.Catalog), StringComparison.Ordinal);
        Assert.Empty(preview.Omissions);
    }

    [Theory]
    [InlineData("", "AccessKey")]
    [InlineData(Sts, "AssumeRole")]
    [InlineData("<externalCredentialParameters><parameterName>AwsStsPrincipal</parameterName><parameterType>AwsStsPrincipal</parameterType></externalCredentialParameters>", "AssumeRole")]
    [InlineData(Anywhere, "RolesAnywhere")]
    [InlineData(Sts + Anywhere, "RolesAnywhere")]
    public void Variant_IsToldByItsParameters(string parameters, string variant)
    {
        var entry = Assert.Single(new OriginalFiles().External("E", parameters).Import().Catalog.MapsOf("externalCredentials"));

        Assert.Equal(variant, entry.TextOf("variant"));
        Assert.Equal(variant == "AssumeRole", entry.MapOf("sts") is not null);
        Assert.Equal(variant == "RolesAnywhere", entry.MapOf("rolesAnywhere") is not null);
        Assert.Equal(variant == "AccessKey", Assert.Single(entry.MapsOf("principals")).MapOf("accessKey") is not null);
    }

    [Theory]
    [InlineData("SigningCertificate", "<certificate>Signing</certificate>")]
    [InlineData("SigningCertificate", "<parameterValue>Signing</parameterValue>")]
    public void SigningCertificate_IsAFileOfItsName(string type, string more)
    {
        var preview = new OriginalFiles().External("E", Anywhere + OriginalFiles.Parameter("SigningCertificate", type, more: more)).Import();

        Assert.Equal("Signing.pem", Assert.Single(preview.Catalog.MapsOf("externalCredentials")).MapOf("rolesAnywhere")!.MapOf("certificate")!.TextOf("file"));
        Assert.Contains(Checklist.Of(preview.Catalog), i => i.Task.Contains("Signing.pem", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("AuthHeader", "{!'it''s'}", null, "formula")]
    [InlineData("AuthHeader", "plain text", "plain text", null)]
    [InlineData("HttpHeader", "{!'a \\'quoted\\' text'}", "a 'quoted' text", null)]
    [InlineData("HttpHeader", "{! \"a\" }", "a", null)]
    [InlineData("AuthHeader", "{!$Caller.Name}", "{!$Caller.Name}", null)]
    [InlineData("AuthHeader", "{!'Bearer ' &amp; $Credential.E.Key}", null, "secret")]
    [InlineData("AuthHeader", "{!$User.Id}", null, "formula")]
    [InlineData("AuthHeader", "{!'caf\u00e9'}", null, "cannot carry")]
    public void Header_IsItsText_OrTold(string type, string value, string? text, string? told)
    {
        var preview = new OriginalFiles().External("E", OriginalFiles.Parameter("X-Team", type, value, "<sequenceNumber>3</sequenceNumber>")).Import();
        var header = Assert.Single(preview.Catalog.MapsOf("externalCredentials")).MapsOf("customHeaders").SingleOrDefault();

        Assert.Equal((text, text is null ? null : "3"), (header?.TextOf("value"), header?.TextOf("sequenceNumber")));
        Told(preview, "externalCredential E", told);
    }

    [Theory]
    [InlineData("Authorization", "proxy sets it")]
    [InlineData("x-amz-date", "proxy sets it")]
    [InlineData("no token", "none that a header can have")]
    public void Header_ThatNobodyMaySet_IsTold(string name, string told)
    {
        var preview = new OriginalFiles().External("E", OriginalFiles.Parameter(name, "AuthHeader", "text")).Import();

        Assert.Empty(Assert.Single(preview.Catalog.MapsOf("externalCredentials")).MapsOf("customHeaders"));
        Told(preview, "externalCredential E", told);
    }

    [Theory]
    [InlineData("Claim", "JwtBodyClaim", "x", "has no counterpart")]
    [InlineData("Everyone", "PerUserPrincipal", null, "has no counterpart")]
    [InlineData("Custom", "AuthParameter", "x", "has no counterpart")]
    [InlineData("AwsRegion", "AuthParameter", "{!$Org.Region}", "no value that could be taken over")]
    [InlineData("AwsDuration", "AuthParameter", "an hour", "no value that could be taken over")]
    [InlineData("AwsStsDuration", "AuthParameter", "900", "of no use to the variant AccessKey")]
    [InlineData("AwsProfileArn", "AuthParameter", "arn:x", "of no use to the variant AccessKey")]
    [InlineData("Codes", "AdditionalRefreshStatusCode", "many", "no value that could be taken over")]
    [InlineData("SigningCertificate", "SigningCertificate", "Signing", "of no use to the variant AccessKey")]
    [InlineData("ManagedByFeature", "ManagedByFeature", "x", "has no counterpart")]
    public void Parameter_WithoutCounterpart_IsToldAndTheRestIsImported(string name, string type, string? value, string told)
    {
        var preview = new OriginalFiles().External("E", OriginalFiles.Parameter(name, type, value)).Import();

        Assert.Single(Assert.Single(preview.Catalog.MapsOf("externalCredentials")).MapsOf("principals"));
        Told(preview, "externalCredential E", told);
    }

    [Theory]
    [InlineData("Oauth", "", "authenticationProtocol Oauth has no counterpart")]
    [InlineData("AwsSv4", "<externalCredentialParameters><parameterName>AwsSv4</parameterName><parameterType>AuthProtocolVariant</parameterType><parameterValue>JwtBearer</parameterValue></externalCredentialParameters>", "AuthProtocolVariant JwtBearer")]
    public void ExternalCredential_OfAnotherProtocol_IsLeftOut_WithAllThatNeedsIt(string protocol, string parameters, string told)
    {
        var preview = new OriginalFiles().External("E", parameters, protocol).Named("N", "E").Grants("S", "PermissionSet", "E-One").Import();

        Assert.Empty(preview.Catalog.Entries);
        Told(preview, "externalCredential E", told);
        Told(preview, "namedCredential N", "external credential E was left out");
        Told(preview, "permissionSet S", "external credential E was left out");
    }

    [Fact]
    public void Principals_KeepTheirOrderAndNumbers_AndOneWithoutGetsTheNext()
    {
        var preview = new OriginalFiles().External("E", Principal("B", 7) + Principal("A", null) + Principal("C", 2)).Import();

        Assert.Equal(["B 7", "A 8", "C 2"], Assert.Single(preview.Catalog.MapsOf("externalCredentials")).MapsOf("principals").Select(p => $"{p.TextOf("name")} {p.TextOf("sequenceNumber")}"));
        Told(preview, "externalCredential E", "principal A has no sequenceNumber");
    }

    [Fact]
    public void Principals_WithOneNumberTwice_AreOnTheChecklist() =>
        Assert.Contains(
            Checklist.Of(new OriginalFiles().External("E", Principal("A", 1) + Principal("B", 1)).Import().Catalog), i => i.Task.Contains("A and B different sequence numbers", StringComparison.Ordinal));

    [Fact]
    public void Parameter_ForOneOfSeveralPrincipals_IsTold()
    {
        var region = OriginalFiles.Parameter("AwsRegion", "AuthParameter", "eu-west-1", "<parameterGroup>A</parameterGroup>");

        Told(new OriginalFiles().External("E", Principal("A", 1) + Principal("B", 2) + region).Import(), "externalCredential E", "for the principal A alone");
        Assert.Empty(new OriginalFiles().External("E", Principal("A", 1) + region).Import().Omissions);
    }

    [Fact]
    public void Placeholders_OfPrincipalsWhoseNamesReadAlike_AreDifferent()
    {
        var preview = new OriginalFiles().External("E", Principal("A B", 1) + Principal("A-B", 2)).Import();

        Assert.Equal(2, Assert.Single(preview.Catalog.MapsOf("externalCredentials")).MapsOf("principals").Select(p => p.MapOf("accessKey")!.TextOf("env")).Distinct().Count());
    }

    [Fact]
    public void NamedCredential_HasItsFieldsAndCertificate()
    {
        var preview = new OriginalFiles().External("E", "").Named(
            "N", "E",
            OriginalFiles.Parameter("X", "HttpHeader", "{!'x'}", of: "namedCredentialParameters")
            + OriginalFiles.Parameter("C", "ClientCertificate", more: "<certificate>Client</certificate>", of: "namedCredentialParameters"),
            "<calloutStatus>Disabled</calloutStatus><generateAuthorizationHeader>false</generateAuthorizationHeader><allowMergeFieldsInHeader>true</allowMergeFieldsInHeader>").Import();

        Assert.Contains("""
            namedCredentials:
            - name: "N"
              label: "N"
              url: "https://example.com/base"
              externalCredential: E
              enabledForCallouts: false
              generateAuthorizationHeader: false
              allowMergeFieldsInHeader: true
              customHeaders:
              - name: X
                value: x
              clientCertificate: Client
            certificates:
            - name: Client
              file: Client.pem

            """, OriginalFiles.Yaml(preview.Catalog), StringComparison.Ordinal);
        Assert.Empty(preview.Omissions);
    }

    [Theory]
    [InlineData("Legacy", "", "uses no external credential")]
    [InlineData("PrivateEndpoint", "", "private connection")]
    public void NamedCredential_OfAnotherType_IsLeftOut(string type, string more, string told)
    {
        var preview = new OriginalFiles().External("E", "").Named("N", "E", more, type: type).Import();

        Assert.Empty(preview.Catalog.MapsOf("namedCredentials"));
        Told(preview, "namedCredential N", told);
    }

    [Theory]
    [InlineData("<allowMergeFieldsInBody>true</allowMergeFieldsInBody>", "formulas in bodies")]
    [InlineData("<description>x</description>", "description has no counterpart")]
    [InlineData("<namedCredentialParameters><parameterName>ns</parameterName><parameterType>AllowedManagedPackageNamespaces</parameterType></namedCredentialParameters>", "AllowedManagedPackageNamespaces has no counterpart")]
    public void NamedCredential_WithMore_IsImportedAndTellsIt(string more, string told)
    {
        var preview = new OriginalFiles().External("E", "").Named("N", "E", more: more).Import();

        Assert.Single(preview.Catalog.MapsOf("namedCredentials"));
        Told(preview, "namedCredential N", told);
    }

    [Theory]
    [InlineData("E-One", "E-One")]
    [InlineData("ns__E-One", null)]
    [InlineData("E - One", "E-One")]
    [InlineData("Gone-One", "Gone-One")]
    [InlineData("E-Nobody", null)]
    [InlineData("nonsense", null)]
    [InlineData("-E-One", null)]
    public void Grant_NamesAPrincipalThatThereIs(string written, string? principal)
    {
        var preview = new OriginalFiles().External("E", "").Grants("S", "PermissionSet", written).Grants("P", "Profile", written).Import();

        foreach (var section in new[] { "permissionSets", "profiles" })
            Assert.Equal(principal is null ? [] : [principal], preview.Catalog.MapsOf(section).SelectMany(s => s.TextsOf("principals")));
        Assert.Equal(principal is null, preview.Omissions.Count > 0);
    }

    [Fact]
    public void Grant_OfWhatIsDeclaredElsewhere_IsOnTheChecklist() =>
        Assert.Contains(Checklist.Of(new OriginalFiles().Grants("S", "PermissionSet", "Gone-One").Import().Catalog), i => i.Entry == "externalCredential Gone");

    [Fact]
    public void Grant_ByAPrincipalsGroup_IsThePrincipals() => Assert.Equal(["E-A"], new OriginalFiles()
        .External("E", OriginalFiles.Parameter("A", "NamedPrincipal", more: "<parameterGroup>Group</parameterGroup><sequenceNumber>1</sequenceNumber>"))
        .Grants("S", "PermissionSet", "E-Group").Import().Catalog.MapsOf("permissionSets").SelectMany(s => s.TextsOf("principals")));

    [Fact]
    public void Namespaces_AreLeftOut_AndNeverMixed()
    {
        var alone = new OriginalFiles().External("ns__E", "").Named("N", "ns__E").Grants("S", "PermissionSet", "ns__E-One", "other__E-One", "E-One").Import();
        Assert.Equal("E", Assert.Single(alone.Catalog.MapsOf("externalCredentials")).TextOf("name"));
        Assert.Equal("E", Assert.Single(alone.Catalog.MapsOf("namedCredentials")).TextOf("externalCredential"));
        Assert.Equal(["E-One"], alone.Catalog.MapsOf("permissionSets").SelectMany(s => s.TextsOf("principals")));
        Assert.Equal(2, alone.Omissions.Count(o => o.Reason.Contains("another namespace's is called so here", StringComparison.Ordinal)));

        var both = new OriginalFiles().External("E", "").External("Ans__E", "").Named("N", "Ans__E").Grants("S", "PermissionSet", "Ans__E-One").Import();
        Told(both, "externalCredential Ans__E", "here it would be called E, as E is");
        Assert.Empty(both.Catalog.MapsOf("namedCredentials"));
        Assert.Empty(both.Catalog.MapsOf("permissionSets"));
    }

    [Fact]
    public void Profile_WithANameForPeople_GetsAName_AndKeepsItAsLabel()
    {
        var profile = Assert.Single(new OriginalFiles().External("E", "").Grants("Custom: Sales Profile", "Profile", "E-One").Import().Catalog.MapsOf("profiles"));

        Assert.Equal(("Custom_Sales_Profile", "Custom: Sales Profile"), (profile.TextOf("name"), profile.TextOf("label")));
    }

    [Fact]
    public void PermissionSet_HasNoCallers_AndSaysSo()
    {
        var preview = new OriginalFiles().External("E", "").Grants("S", "PermissionSet", "E-One").Import();

        Assert.Contains("\n  callers: []\n", OriginalFiles.Yaml(preview.Catalog), StringComparison.Ordinal);
        Assert.Contains(new ChecklistItem("permissionSet S", "List its callers in callers."), Checklist.Of(preview.Catalog));
    }

    [Fact]
    public void Entry_WithNoNameForItsFile_IsLeftOut() =>
        Told(new OriginalFiles().External("no-name", "").Import(), "externalCredential no-name", "no Name");

    [Fact]
    public void Folder_OfTheFixture_IsTheCatalogBesideIt()
    {
        var folder = Path.Combine(OriginalFiles.Root, "tests", "metadata");
        var preview = MetadataImport.Of(Path.Combine(folder, "force-app"));

        Assert.Equal(File.ReadAllText(Path.Combine(folder, "catalog.yaml")), OriginalFiles.Yaml(preview.Catalog));
        Assert.Equal(File.ReadAllLines(Path.Combine(folder, "left-out.txt")), preview.Omissions.Select(o => $"{o.Entry}: {o.Reason}."));
    }

    private static string Principal(string name, int? number) =>
        OriginalFiles.Parameter(name, "NamedPrincipal", more: number is null ? "" : $"<sequenceNumber>{number}</sequenceNumber>");

    private static void Told(ImportPreview preview, string entry, string? reason)
    {
        if (reason is null)
            Assert.Empty(preview.Omissions);
        else
            Assert.Contains(preview.Omissions, o => o.Entry == entry && o.Reason.Contains(reason, StringComparison.Ordinal));
    }
}
