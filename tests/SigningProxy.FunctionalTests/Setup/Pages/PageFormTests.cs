using SigningProxy.FunctionalTests.Harness;
using SigningProxy.FunctionalTests.Sessions;

namespace SigningProxy.FunctionalTests.Setup.Pages;

/// <summary>The forms of Setup on the real executable, without JavaScript.</summary>
public sealed class PageFormTests
{
    private const string Role = SessionCatalog.Role;

    /// <summary>Each kind, what makes one of it, and a field that is changed then.</summary>
    private static readonly (string Kind, (string, string)[] Filled, (string Name, string Value) Changed)[] Kinds =
    [
        ("external-credentials", [("label", "Orders table"), ("name", "Orders_Table"), ("service", "dynamodb"), ("region", "us-west-1")], ("region", "eu-west-1")),
        ("certificates", [("label", "From a file"), ("name", "Client"), ("content", Pem())], ("label", "Another")),
        ("named-credentials", [("label", "Orders"), ("name", "Orders"), ("url", "https://dynamodb.us-west-1.amazonaws.com"), ("externalCredential", "Orders_Table")], ("url", "https://dynamodb.eu-west-1.amazonaws.com/x")),
        ("permission-sets", [("label", "Readers"), ("name", "Readers"), ("callers", "*"), ("principals", "Orders_Table-Marketing Group")], ("only/operations", "DynamoDB_20120810.GetItem\r\nDynamoDB_20120810.Query")),
        ("profiles", [("name", "Batch"), ("principals", "Orders_Table-Marketing Group")], ("label", "Batch jobs")),
        ("callers", [("name", "Shop"), ("profile", "Batch"), ("proofs/0/~kind", "token"), ("proofs/0/token", "a-token-of-the-shop-0123")], ("proofs/1/jwt/subject", "sub")),
    ];

    [Fact]
    public async Task EachKind_IsMade_Changed_AndDeletedWithWhatUsesItFirst()
    {
        await using var api = await ApiStage.StartAsync();
        using var visitor = await PageVisitor.SignedInAsync(api);
        foreach (var (kind, filled, changed) in Kinds)
        {
            var made = await visitor.FillAsync($"/new/{kind}", filled);
            var name = filled.First(f => f.Item1 == "name").Item2;
            Assert.Equal((303, $"/{kind}?saved={name}"), (made.Status, made.Location));
            Assert.Contains($"Saved {name} .", (await visitor.OpenAsync(made.Location!)).Words, StringComparison.Ordinal);
            if (kind == "external-credentials")
                Assert.Equal(303, (await visitor.FillAsync($"/new/{kind}/{name}/principals", ("name", "Marketing Group"), ("sequenceNumber", "1"))).Status);

            var more = kind == "callers" ? (("proofs/1/~kind", "jwt"), ("proofs/1/jwt/issuer", "https://issuer.example.com")) : (changed, changed);
            var edited = await visitor.FillAsync($"/{kind}/{name}/edit", changed, more.Item1, more.Item2);
            Assert.True(edited.Status == 303, edited.Words);
            Assert.Contains(changed.Value.Split('\r')[0], (await api.GetAsync($"/{kind}/{name}")).Text, StringComparison.Ordinal);
            Assert.Contains(changed.Value.Split('\r')[0], (await visitor.OpenAsync($"/{kind}/{name}")).Words, StringComparison.Ordinal);
        }

        var used = await visitor.OpenAsync("/external-credentials/Orders_Table/delete");
        Assert.Contains("as long as something uses it. Change first:", used.Words, StringComparison.Ordinal);
        Assert.Contains("href=\"/named-credentials/Orders\"", used.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("danger", used.Text, StringComparison.Ordinal);
        var principal = await visitor.OpenAsync("/external-credentials/Orders_Table/principals/Marketing%20Group/delete");
        Assert.All((string[])["permission set Readers", "profile Batch"], user => Assert.Contains(user, principal.Words, StringComparison.Ordinal));
        foreach (var (kind, filled, _) in Kinds.Reverse())
        {
            var name = filled.First(f => f.Item1 == "name").Item2;
            Assert.Equal(303, (await visitor.FillAsync($"/{kind}/{name}/delete")).Status);
            Assert.Equal(404, (await visitor.OpenAsync($"/{kind}/{name}")).Status);
        }
    }

    [Fact]
    public async Task Faults_StandBesideTheirFields_AndWhatWasTypedStays_ButNoSecretIsShown()
    {
        await using var api = await ApiStage.StartAsync();
        using var visitor = await PageVisitor.SignedInAsync(api);
        (string Name, string Value)[] typed =
        [
            ("label", new string('x', 81)), ("name", "a__b"), ("service", "Dynamo DB"), ("region", "US West"), ("awsAccountId", "12"), ("~sts", "true"), ("~credentialType", "AssumeRole"),
            ("sts/accessSecret", SetupStage.Secret), ("sts/externalId", "no spaces"), ("sts/durationSeconds", "12"), ("additionalStatusCodesForTokenRefresh", "200, 419"),
            ("customHeaders/0/name", "Host"), ("customHeaders/0/value", "x"), ("signing/pathEncoding", "once"),
        ];

        var refused = await visitor.FillAsync("/new/external-credentials", typed);

        Assert.Equal(422, refused.Status);
        foreach (var name in (string[])["label", "name", "service", "region", "awsAccountId", "sts/externalId", "sts/durationSeconds", "additionalStatusCodesForTokenRefresh", "customHeaders/0/name"])
            Assert.True(refused.FaultAt(name)?.Length > 10, $"{name}: {refused.FaultAt(name)} in {refused.Words}");
        var kept = refused.Fields();
        Assert.All(typed.Where(t => t.Name != "sts/accessSecret"), t => Assert.Equal(t.Value, kept[t.Name]));
        Assert.DoesNotContain(SetupStage.Secret, refused.Text, StringComparison.Ordinal);

        // The secret that was typed is still there, without having been shown.
        var mended = await visitor.FillAsync(
            "/new/external-credentials", refused, ("label", "x"), ("name", "Mended"), ("service", "lambda"), ("region", "eu-west-1"), ("awsAccountId", ""), ("sts/accessKey", SetupStage.KeyId),
            ("sts/externalId", ""), ("sts/durationSeconds", ""), ("additionalStatusCodesForTokenRefresh", "419"), ("customHeaders/0/~remove", "true"));
        Assert.True(mended.Status == 303, mended.Words);
        var entry = await api.JsonAsync("/external-credentials/Mended");
        Assert.Equal(("AssumeRole", "sts.accessSecret", "[419]"), ((string?)entry["variant"], (string?)entry["sts"]!["accessSecret"]!["stored"], entry["additionalStatusCodesForTokenRefresh"]!.ToJsonString()));
        Assert.Null(entry["customHeaders"]);

        Assert.Equal(303, (await visitor.FillAsync("/new/external-credentials/Mended/principals", ("name", "One"), ("sequenceNumber", "1"), ("roleArn", Role))).Status);
        var same = await visitor.FillAsync("/new/external-credentials/Mended/principals", ("name", "Two"), ("sequenceNumber", "1"), ("roleArn", "not an arn"));
        Assert.NotNull(same.FaultAt("sequenceNumber"));
        Assert.NotNull(same.FaultAt("roleArn"));
        Assert.NotNull((await visitor.FillAsync("/new/external-credentials/Mended/principals", ("name", "One"), ("sequenceNumber", "2"))).FaultAt("name"));
        Assert.NotNull((await visitor.FillAsync("/new/external-credentials", ("name", "mENDED"), ("label", "x"), ("service", "s3"), ("region", "eu-west-1"))).FaultAt("name"));
    }

    [Fact]
    public async Task Warnings_OfWhatWasSaved_RepeatNothingThatLooksLikeASecret()
    {
        const string looks = "AKIDEXAMPLE000000001";
        await using var api = await ApiStage.StartAsync();
        using var visitor = await PageVisitor.SignedInAsync(api);
        await visitor.FillAsync("/new/external-credentials", [.. Kinds[0].Filled, ("name", looks)]);

        var saved = await visitor.FillAsync("/new/named-credentials", [.. Kinds[2].Filled, ("url", "https://dynamodb.eu-west-1.amazonaws.com"), ("externalCredential", looks)]);

        foreach (var page in (SeenPage[])[await visitor.OpenAsync(saved.Location!), await visitor.OpenAsync("/named-credentials/Orders")])
        {
            Assert.Contains("Dynamodb.eu-west-1.amazonaws.com is in region eu-west-1, and external credential (not shown, it may be a secret) has region us-west-1.", page.Words, StringComparison.Ordinal);
            Assert.DoesNotContain($"external credential {looks}", page.Words, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task ShowFields_KeepsWhatWasTyped_AndSavesNothing()
    {
        await using var api = await ApiStage.StartAsync();
        using var visitor = await PageVisitor.SignedInAsync(api);

        var shown = await visitor.FillAsync("/new/external-credentials", ("label", "L"), ("name", "N"), ("~sts", "true"), ("~credentialType", "RolesAnywhere"), ("sts/accessKey", "typed-before-the-switch"), ("~do", "show"));

        Assert.Equal(200, shown.Status);
        Assert.Contains("data-when=\"~sts=true;~credentialType=RolesAnywhere\">", shown.Text, StringComparison.Ordinal);
        Assert.Contains("data-when=\"~sts=true;~credentialType=AssumeRole;sts/source=AccessKey\" hidden=\"hidden\">", shown.Text, StringComparison.Ordinal);
        Assert.Equal(("L", "N"), (shown.Fields()["label"], shown.Fields()["name"]));
        Assert.DoesNotContain("typed-before-the-switch", shown.Text, StringComparison.Ordinal);
        Assert.NotEmpty(shown.Fields()["~typed/sts/accessKey"]);
        Assert.Equal(0, (int)(await api.JsonAsync("/external-credentials"))["total"]!);
    }

    [Fact]
    public async Task TwoTabs_SeeTheDifference_AndNeitherIsWrittenOver()
    {
        await using var api = await ApiStage.StartAsync();
        using var visitor = await PageVisitor.SignedInAsync(api);
        await visitor.FillAsync("/new/external-credentials", Kinds[0].Filled);
        const string path = "/external-credentials/Orders_Table/edit";
        var (one, two) = (await visitor.OpenAsync(path), await visitor.OpenAsync(path));

        Assert.Equal(303, (await visitor.FillAsync(path, one, ("region", "eu-west-1"))).Status);
        var conflict = await visitor.FillAsync(path, two, ("label", "Mine <b>"), ("service", "s3"));

        Assert.Equal(409, conflict.Status);
        Assert.Contains("You edited revision 1, and by now it is revision 2. Nothing was saved.", conflict.Words, StringComparison.Ordinal);
        Assert.Contains("Theirs eu-west-1 Mine us-west-1", conflict.Words, StringComparison.Ordinal);
        Assert.Equal(("Orders table", "eu-west-1", 2), await NowAsync());

        var merged = await visitor.FillAsync(path, conflict, ("~take/label", "mine"));
        Assert.Equal(("Mine <b>", "eu-west-1", "dynamodb"), (merged.Fields()["label"], merged.Fields()["region"], merged.Fields()["service"]));
        Assert.Equal(("Orders table", "eu-west-1", 2), await NowAsync());
        Assert.Equal(303, (await visitor.FillAsync(path, merged)).Status);
        Assert.Equal(("Mine <b>", "eu-west-1", 3), await NowAsync());
        // Sent twice, it is done once.
        Assert.Equal(303, (await visitor.FillAsync(path, merged)).Status);
        Assert.Equal(("Mine <b>", "eu-west-1", 3), await NowAsync());

        var asked = await visitor.OpenAsync("/external-credentials/Orders_Table/delete");
        await visitor.FillAsync(path, ("label", "Changed"));
        Assert.Equal(409, (await visitor.FillAsync("/external-credentials/Orders_Table/delete", asked)).Status);
        Assert.Equal(("Changed", "eu-west-1", 4), await NowAsync());

        async Task<(string, string, int)> NowAsync()
        {
            var now = await api.JsonAsync("/external-credentials/Orders_Table");
            return ((string)now["label"]!, (string)now["region"]!, (int)now["revision"]!);
        }
    }

    [Fact]
    public async Task Secrets_AreToldAsSet_KeptWhereNothingIsTyped_AndReplacedByTyping()
    {
        await using var api = await ApiStage.StartAsync();
        using var visitor = await PageVisitor.SignedInAsync(api);
        await visitor.FillAsync("/new/external-credentials", [.. Kinds[0].Filled, ("customHeaders/0/name", "X-Key"), ("customHeaders/0/~secret", "true"), ("customHeaders/0/~value", "the-canary-header-secret")]);
        await visitor.FillAsync("/new/external-credentials/Orders_Table/principals", ("name", "A B"), ("sequenceNumber", "1"), ("accessKey", SetupStage.KeyId), ("accessSecret", SetupStage.Secret));
        const string path = "/external-credentials/Orders_Table/principals/A%20B/edit";

        var form = await visitor.OpenAsync(path);
        Assert.Contains("Set. Typing replaces it.", form.Words, StringComparison.Ordinal);
        Assert.Contains("To change these, delete the principal and recreate it.", form.Words, StringComparison.Ordinal);
        Assert.Equal(303, (await visitor.FillAsync(path, form, ("sequenceNumber", "7"), ("name", "C"))).Status);
        Assert.Equal(303, (await visitor.FillAsync("/external-credentials/Orders_Table/edit", ("label", "Other"))).Status);

        var entry = await api.JsonAsync("/external-credentials/Orders_Table");
        Assert.Equal(("A B", 7, "principals[0].accessSecret"), ((string?)entry["principals"]![0]!["name"], (int)entry["principals"]![0]!["sequenceNumber"]!, (string?)entry["principals"]![0]!["accessSecret"]!["stored"]));
        Assert.Equal("customHeaders[0].value", (string?)entry["customHeaders"]![0]!["value"]!["stored"]);
        Assert.Equal(303, (await visitor.FillAsync(path, ("~forget/accessKey", "true"), ("accessSecret", "anothersecretofmine0123456789abcdefghijkl"))).Status);
        Assert.Null((await api.JsonAsync("/external-credentials/Orders_Table"))["principals"]![0]!["accessKey"]);
        Assert.Equal(["accessKey is missing"], (await api.JsonAsync("/external-credentials/Orders_Table/principals/A%20B"))["status"]!["missing"]!.AsArray().Select(m => (string)m!));
        Assert.All(visitor.Seen, p => Assert.DoesNotContain("canary", p.Text, StringComparison.OrdinalIgnoreCase));
        Assert.All(visitor.Seen, p => Assert.DoesNotContain(SetupStage.Secret, p.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Provisioned_ShowsItsFileAndLine_AndHasNoForm()
    {
        await using var api = await ApiStage.StartAsync("externalCredentials:\n- {name: Given, label: Given <i>, authenticationProtocol: AwsSignatureV4, service: s3, region: eu-west-1}");
        using var visitor = await PageVisitor.SignedInAsync(api);

        var page = await visitor.OpenAsync("/external-credentials/Given");

        Assert.Matches(@"Provisioned by /\S+\.yaml , line 2: it is changed there, and not in Setup\.", page.Words);
        Assert.DoesNotContain("/Given/edit", page.Text, StringComparison.Ordinal);
        foreach (var path in (string[])["/external-credentials/Given/edit", "/external-credentials/Given/delete", "/new/external-credentials/Given/principals"])
            Assert.Equal(409, (await visitor.OpenAsync(path)).Status);
        Assert.Contains("provisioned, /", (await visitor.OpenAsync("/external-credentials")).Words, StringComparison.Ordinal);
    }

    private static string Pem()
    {
        using var authority = new WorkloadAuthority();
        using var leaf = authority.Leaf();
        return leaf.ExportCertificatePem() + "\n" + WorkloadFolder.KeyOf(leaf).ExportPkcs8PrivateKeyPem();
    }
}
