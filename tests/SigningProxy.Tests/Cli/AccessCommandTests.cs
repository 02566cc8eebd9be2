using System.CommandLine;
using SigningProxy.Cli;
using SigningProxy.Tests.Catalog;
using SigningProxy.Tests.Configuration;

namespace SigningProxy.Tests.Cli;

public sealed class AccessCommandTests : IDisposable
{
    private const string Text = """
        externalCredentials:
          - name: Files
            label: Files
            authenticationProtocol: AwsSignatureV4
            service: s3
            region: eu-west-1
            principals:
              - {name: Reader, sequenceNumber: 2, accessKey: {env: KEY}, accessSecret: {env: SECRET}}
              - {name: Writer, sequenceNumber: 1, accessKey: {env: KEY}, accessSecret: {env: SECRET}}
              - {name: Bare, sequenceNumber: 3}
        namedCredentials:
          - {name: Inbox, label: Inbox, url: "https://s3.eu-west-1.amazonaws.com", externalCredential: Files}
        permissionSets:
          - {name: Everyone, callers: ["*"], principals: [Files-Reader]}
          - {name: Writers, callers: [orders], principals: [Files-Writer], only: {methods: [PUT], paths: [/inbox/]}}
        profiles:
          - {name: Services, principals: [Files-Bare]}
        callers:
          - {name: orders, profile: Services}

        """;

    private readonly CatalogFolder _folder = new();

    public AccessCommandTests() => Write(Text);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Access_WhenGranted_TellsTheGrantsAndTheWinner() => Assert.Equal(
        (0, """
            permission set Writers grants Files-Writer (sequence number 1).
            permission set Everyone grants Files-Reader (sequence number 2).
            profile Services grants Files-Bare (sequence number 3).
            Files-Writer signs: of what fits it has the lowest sequence number.

            """),
        await AccessAsync("--caller", "orders", "--named-credential", "Inbox", "--method", "PUT", "--path", "/inbox/a.txt"));

    [Fact]
    public async Task Access_WhenALimitDoesNotFit_TellsWhyAndWhoWinsInstead() => Assert.Equal(
        (0, """
            permission set Writers grants Files-Writer (sequence number 1), and does not fit: only for PUT, and the method is GET.
            permission set Everyone grants Files-Reader (sequence number 2).
            profile Services grants Files-Bare (sequence number 3).
            Files-Reader signs: of what fits it has the lowest sequence number.

            """),
        await AccessAsync("--caller", "orders", "--named-credential", "inbox"));

    [Fact]
    public async Task Access_WhenThePathIsAnother_TellsWhich() => Assert.Contains(
        "permission set Writers grants Files-Writer (sequence number 1), and does not fit: only below /inbox/, and the path is /inboxes/a.\n",
        (await AccessAsync("--caller", "orders", "--named-credential", "Inbox", "--method", "PUT", "--path", "/inboxes/a")).Text, StringComparison.Ordinal);

    [Fact]
    public async Task Access_WhenNoGrantFits_IsRefused() => Assert.Equal(
        (1, """
            permission set Everyone grants Files-Reader (sequence number 2), and does not fit: the caller asks for Writer.
            Refused: no grant of local fits this request.

            """),
        await AccessAsync("--named-credential", "Inbox", "--principal", "Writer"));

    [Fact]
    public async Task Access_WhenNothingIsGranted_IsRefused()
    {
        Write(Edited.Of(Text, "callers: [\"*\"]", "callers: [orders]"));

        Assert.Equal((1, "Refused: no permission set and no profile grants local a principal of Files.\n"), await AccessAsync("--named-credential", "Inbox"));
    }

    [Fact]
    public async Task Access_WhenThereIsNoSuchName_IsRefused() =>
        Assert.Equal((1, "Refused: there is no named credential \"Outbox\".\n"), await AccessAsync("--named-credential", "Outbox"));

    [Fact]
    public async Task Access_WhenTheWinnerIsNotConfigured_SaysThatTheCallIsRefused() => Assert.EndsWith(
        "\nFiles-Bare signs: of what fits it has the lowest sequence number. It is not configured, and so the call is refused all the same: accessKey is missing; accessSecret is missing.\n",
        (await AccessAsync("--caller", "orders", "--named-credential", "Inbox", "--principal", "Bare")).Text, StringComparison.Ordinal);

    [Fact]
    public async Task Access_WhenCalloutsAreDisabled_SaysThatTheCallIsRefused()
    {
        Write(Edited.Of(Text, "externalCredential: Files}", "externalCredential: Files, enabledForCallouts: false}"));

        Assert.EndsWith(" Inbox is not enabled for callouts, and so the call is refused all the same.\n", (await AccessAsync("--named-credential", "Inbox")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Access_WhenItIsForARegionSet_SignsAsAnyOther()
    {
        Write(Edited.Of(Text, "AwsSignatureV4", "AwsSignatureV4a"));

        Assert.EndsWith("\nFiles-Reader signs: of what fits it has the lowest sequence number.\n", (await AccessAsync("--named-credential", "Inbox")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Access_WhenThePathIsWithoutItsSlash_MeansTheSamePath() => Assert.Equal(
        await AccessAsync("--caller", "orders", "--named-credential", "Inbox", "--method", "PUT", "--path", "/inbox/a.txt"),
        await AccessAsync("--caller", "orders", "--named-credential", "Inbox", "--method", "PUT", "--path", "inbox/a.txt"));

    [Fact]
    public async Task Access_WhenTheCallerSignsItself_SaysSoAndMindsNoKeys()
    {
        Write(Edited.Of(Text, "externalCredential: Files}", "externalCredential: Files, generateAuthorizationHeader: false}"));

        Assert.EndsWith(
            "\nFiles-Bare is granted, and the caller signs: of what fits it has the lowest sequence number.\n",
            (await AccessAsync("--caller", "orders", "--named-credential", "Inbox", "--principal", "Bare")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Access_WhenTheCallerHasALocalKey_TellsForWhatItMustSign()
    {
        Write(Edited.Of(Text, "{name: orders, profile: Services}", "{name: orders, profile: Services, proofs: [{localSigV4: {accessKeyId: LOCALORDERS00001, secret: {value: not-told}}}]}"));

        Assert.EndsWith(
            "\nA local signature of orders must be for eu-west-1/s3; by any other it is refused.\n", (await AccessAsync("--caller", "orders", "--named-credential", "Inbox")).Text, StringComparison.Ordinal);
        Assert.Contains("\"localSignatureScope\": \"eu-west-1/s3\"", (await AccessAsync("--caller", "orders", "--named-credential", "Inbox", "--output", "json")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("local signature", (await AccessAsync("--named-credential", "Inbox")).Text, StringComparison.Ordinal);

        Write(Edited.Of(Edited.Of(Edited.Of(Text, "{name: orders, profile: Services}", "{name: orders, profile: Services, proofs: [{localSigV4: {accessKeyId: LOCALORDERS00001, secret: {value: not-told}}}]}"), "AwsSignatureV4", "AwsSignatureV4a"), "region: eu-west-1", "region: \"eu-*,us-east-1\""));
        Assert.EndsWith(
            "\nA local signature of orders must be for one region of eu-*,us-east-1/s3; by any other it is refused.\n", (await AccessAsync("--caller", "orders", "--named-credential", "Inbox")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Access_WhenAsJson_TellsTheSame()
    {
        Assert.Equal(
            (0, """
                {
                  "caller": "orders",
                  "namedCredential": "Inbox",
                  "granted": true,
                  "externalCredential": "Files",
                  "principal": "Reader",
                  "verdict": "Files-Reader signs: of what fits it has the lowest sequence number.",
                  "grants": [
                    {
                      "source": "permission set Writers",
                      "principal": "Writer",
                      "sequenceNumber": 1,
                      "fits": false,
                      "whyNot": "only for PUT, and the method is GET"
                    },
                    {
                      "source": "permission set Everyone",
                      "principal": "Reader",
                      "sequenceNumber": 2,
                      "fits": true,
                      "whyNot": null
                    },
                    {
                      "source": "profile Services",
                      "principal": "Bare",
                      "sequenceNumber": 3,
                      "fits": true,
                      "whyNot": null
                    }
                  ]
                }

                """),
            await AccessAsync("--caller", "orders", "--named-credential", "Inbox", "--output", "json"));
        Assert.Equal(
            (1, """
                {
                  "caller": "local",
                  "namedCredential": "Outbox",
                  "granted": false,
                  "externalCredential": null,
                  "principal": null,
                  "verdict": "Refused: there is no named credential \"Outbox\".",
                  "grants": []
                }

                """),
            await AccessAsync("--named-credential", "Outbox", "--output", "json"));
    }

    [Fact]
    public async Task Access_WhenTheCatalogIsBad_TellsItsFaults()
    {
        Write("nonsense: 1");

        var (code, text) = await AccessAsync("--named-credential", "Inbox");

        Assert.Equal(78, code);
        Assert.StartsWith($"{_folder.Catalog}:1: error: there is no field nonsense.", text, StringComparison.Ordinal);
    }

    // The keys are written in: what is read from the environment of the process would be another test's.
    private void Write(string text) => _folder.Write(
        "catalog.yaml",
        text.Replace("{env: KEY}", "{value: AKIDEXAMPLE000000001}", StringComparison.Ordinal).Replace("{env: SECRET}", "{value: canary-secret}", StringComparison.Ordinal));

    private async Task<(int Code, string Text)> AccessAsync(params string[] arguments)
    {
        var output = new StringWriter();
        var code = await SigningProxyCommand.Create().Parse(["access", "--catalog", _folder.Catalog, .. arguments])
            .InvokeAsync(new InvocationConfiguration { Output = output, Error = output }, TestContext.Current.CancellationToken);
        Assert.DoesNotContain("canary", output.ToString(), StringComparison.Ordinal);
        return (code, output.ToString());
    }
}
