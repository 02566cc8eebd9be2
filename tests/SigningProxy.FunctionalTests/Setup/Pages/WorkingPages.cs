using System.Net;
using System.Text.RegularExpressions;

namespace SigningProxy.FunctionalTests.Setup.Pages;

/// <summary>The executable with an external credential that signs, one that lacks its keys, and somebody of each permission.</summary>
public sealed partial class WorkingPages : IAsyncLifetime
{
    /// <summary>The value of a custom header.</summary>
    internal const string Canary = "theCanaryOfAHeader0123456789";

    /// <summary>Texts that are no markup as long as they are shown as texts.</summary>
    internal static readonly string[] Hostile =
    [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onfocus=alert(1) autofocus x='", "</textarea><svg onload=alert(1)>", "</pre><iframe src=x>", "@(7*7){{7*7}}",
        "a\0b\u001b[2J", "\ufffe\u202e\u2028", "- a: &x [*x]", "{stored: principals[0].accessSecret}", "-1", "99999999999999999999999", "\r\nSet-Cookie: a=b", new string('A', 20_000),
    ];

    private static readonly HashSet<string> Ours =
    [
        "html", "head", "meta", "title", "link", "script", "body", "a", "header", "span", "p", "form", "input", "button", "nav", "label", "ul", "li", "main", "h1", "h2", "h3", "div",
        "fieldset", "legend", "select", "option", "textarea", "code", "pre", "b", "table", "thead", "tbody", "tr", "th", "td", "section", "dl", "dt", "dd", "svg", "path",
    ];

    internal ApiStage Api { get; private set; } = null!;

    internal PageVisitor Manager { get; private set; } = null!;

    internal PageVisitor Viewer { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        const string keyed = "label: Keyed, authenticationProtocol: AwsSignatureV4, service: lambda, region: eu-west-1";
        Api = await ApiStage.StartAsync();
        await MadeAsync($"/external-credentials/Keyed", $"{{{keyed}, principals: [{{name: One, sequenceNumber: 1, accessKey: {SetupStage.KeyId}, accessSecret: {SetupStage.Secret}}}]}}");
        await MadeAsync("/external-credentials/Unready", $"{{{keyed}, principals: [{{name: One, sequenceNumber: 1}}]}}");
        await MadeAsync("/named-credentials/Keyed", $"{{label: x, url: \"{Api.Stage.Aws.Address}\", externalCredential: Keyed, customHeaders: [{{name: X-Canary, value: {{value: {Canary}}}}}]}}");
        await MadeAsync("/named-credentials/Ungranted", $"{{label: x, url: \"{Api.Stage.Aws.Address}\", externalCredential: Keyed}}");
        await MadeAsync("/permission-sets/Some", "{callers: [local], principals: [Keyed-One], only: {namedCredentials: [Keyed]}}");
        (Manager, Viewer) = (await PageVisitor.SignedInAsync(Api), await PageVisitor.SignedInAsync(Api, ApiStage.Viewer));
    }

    public async ValueTask DisposeAsync()
    {
        Manager.Dispose();
        Viewer.Dispose();
        await Api.DisposeAsync();
    }

    /// <summary>What a caller gets.</summary>
    internal Task<HttpStatusCode> CallAsync(string target) => Api.Stage.StatusAsync(Api.Proxy, target);

    /// <summary>Whether a page is one of ours, without anything of what was sent as markup, and without a secret.</summary>
    internal static void AssertSound(SeenPage page, string told)
    {
        Assert.True(page.Status is >= 200 and < 500, $"{told}: {page.Status}");
        var bare = Value().Replace(page.Text, "");
        Assert.Subset(Ours, Tag().Matches(bare).Select(t => t.Groups[1].Value).ToHashSet());
        Assert.DoesNotMatch(@"<[^>]*\son\w+=", bare);
        Assert.All((string[])[SetupStage.Secret, Canary], s => Assert.DoesNotContain(s, page.Text, StringComparison.Ordinal));
    }

    private async Task MadeAsync(string target, string yaml)
    {
        var made = await Api.PutYamlAsync(target, yaml);
        Assert.True(made.Status == 201, $"{target}: {made.Text}");
    }

    [GeneratedRegex("=\"[^\"]*\"")]
    private static partial Regex Value();

    [GeneratedRegex("<([A-Za-z][A-Za-z0-9]*)")]
    private static partial Regex Tag();
}
