using System.Text.RegularExpressions;
using SigningProxy.Setup.Pages.Forms;
using SigningProxy.Store;

namespace SigningProxy.FunctionalTests.Setup.Pages;

/// <summary>Forms that hold what nobody would type: it is refused or kept, shown as text alone, and nothing fails.</summary>
public sealed partial class HostileFormTests
{
    private static readonly string[] Hostile =
    [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onfocus=alert(1) autofocus x='", "</textarea><svg onload=alert(1)>", "{{7*7}}${7*7}@(7*7)", "a\0b\u001b[2J",
        "\ud7ff\ufffe\u202e\u2028", "- a: &x [*x]\n? !!binary", "{stored: principals[0].accessSecret}", "99999999999999999999999", "-1", "\r\nSet-Cookie: a=b", new string('A', 20_000),
    ];

    private static readonly HashSet<string> Ours =
    [
        "html", "head", "meta", "title", "link", "script", "body", "a", "header", "span", "p", "form", "input", "button", "nav", "label", "ul", "li", "main", "h1", "h2", "div", "details", "summary",
        "fieldset", "legend", "select", "option", "textarea", "code", "b", "table", "thead", "tbody", "tr", "th", "td", "section", "dl", "dt", "dd",
    ];

    public static TheoryData<string> Kinds => ["external-credentials", "named-credentials", "certificates", "permission-sets", "profiles", "callers", "principals"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task HostileTexts_InEveryField_AreTextsAlone(string kind)
    {
        await using var api = await ApiStage.StartAsync();
        using var visitor = await PageVisitor.SignedInAsync(api);
        Assert.Equal(303, (await visitor.FillAsync("/new/external-credentials", ("label", "x"), ("name", "Owner"), ("service", "s3"), ("region", "eu-west-1"))).Status);
        var path = kind == "principals" ? "/new/external-credentials/Owner/principals" : $"/new/{kind}";
        var form = await visitor.OpenAsync(path);
        var table = kind == "principals" ? PrincipalForm.Table : FormTables.Of(kind switch
        {
            "external-credentials" => EntryKind.ExternalCredential,
            "named-credentials" => EntryKind.NamedCredential,
            "certificates" => EntryKind.Certificate,
            "permission-sets" => EntryKind.PermissionSet,
            "profiles" => EntryKind.Profile,
            _ => EntryKind.Caller,
        });
        string[] names =
        [
            .. table.Fields.Where(f => f.Columns.Count == 0).Select(f => f.Name), .. table.Fields.SelectMany(f => f.Columns.Select(c => $"{f.Name}/0/{c.Name}")),
            "~do", "~revision", "~take/label", "~typed/sts/accessKey", "proofs/99999999999/token", "customHeaders/0/~of",
        ];
        (string, string)[] switches = [("~sts", "true"), ("~credentialType", "RolesAnywhere")];

        foreach (var text in Hostile)
        {
            foreach (var name in names)
                Judge(await visitor.FillAsync(path, form, [.. switches, (name, text)]), name, text);
            foreach (var chosen in (string[])["token", "jwt", "clientCertificate", "localSigV4", "unixPeer"])
                Judge(await visitor.FillAsync(path, form, [.. switches, .. names.Select(n => (n, text)), ("proofs/0/~kind", chosen), ("~do", "save")]), "all", text);
        }
        foreach (var page in (string[])["?q=", "?saved=", "?deleted=", "?after="])
        {
            foreach (var text in Hostile)
                Judge(await visitor.OpenAsync($"/callers{page}{Uri.EscapeDataString(text[..Math.Min(text.Length, 2000)])}"), page, text);
        }
    }

    private static void Judge(SeenPage page, string name, string text)
    {
        Assert.True(page.Status is 200 or 303 or 409 or 422 || (page.Status == 400 && text.Contains('\0', StringComparison.Ordinal)), $"{name} with {text[..Math.Min(40, text.Length)]}: {page.Status} {page.Words}");
        // Without the values of attributes, what is left is our own markup.
        var bare = Value().Replace(page.Text, "");
        Assert.Subset(Ours, Tag().Matches(bare).Select(t => t.Groups[1].Value).ToHashSet());
        Assert.DoesNotMatch(@"<[^>]*\son\w+=", bare);
        Assert.True(page.Text.Length < 1_000_000, $"{name}: {page.Text.Length}");
    }

    [GeneratedRegex("=\"[^\"]*\"")]
    private static partial Regex Value();

    [GeneratedRegex("<([A-Za-z][A-Za-z0-9]*)")]
    private static partial Regex Tag();
}
