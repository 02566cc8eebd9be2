using SigningProxy.Catalog;
using SigningProxy.Setup.Api;
using SigningProxy.Setup.Pages.Forms;
using SigningProxy.Setup.SignIn;

namespace SigningProxy.Setup.Pages.Administrators;

/// <summary>The form of an administrator.</summary>
internal static class AdministratorForm
{
    private const string Token = "token";
    private const string Keep = "keep";
    private const string Make = "make";
    private const string Oidc = "oidc";
    private const string Certificates = "certificates";

    /// <param name="hasToken">Whether there is a token that could stay.</param>
    public static FormTable Of(bool hasToken) => new("Administrator",
    [
        FormTables.Name with { Example = "ada" },
        new("permission", "Permission", FormInput.Choice, "View reads all but secrets; Manage changes too.")
        {
            Default = nameof(SetupPermission.View), Choices = [(nameof(SetupPermission.View), "View Setup and Configuration"), (nameof(SetupPermission.Manage), "Manage Named Credentials")],
        },
        new(Token, "Token", FormInput.Choice, "For signing in here, and for programs. A new one is shown once, and ends the one there is.")
        {
            Default = hasToken ? Keep : Make,
            Choices = [.. hasToken ? [(Keep, "Keep the one there is")] : Array.Empty<(string, string)>(), (Make, "Make a new one"), ("none", "None")],
        },
        new(Oidc, "OpenID Connect", FormInput.Rows, "Any one claim proves the administrator. It is compared exactly; of a list, one must fit.")
        {
            Columns = [new("claim", "Claim", FormInput.Text) { Example = "sub" }, new("value", "Value", FormInput.Text) { Example = "248289761001" }],
        },
        new(Certificates, "Client certificates", FormInput.Rows, "Any one name of a certificate proves the administrator.")
        {
            Columns =
            [
                new("part", "Part", FormInput.Choice) { Default = nameof(CertificatePart.Uri), Choices = [(nameof(CertificatePart.Uri), "URI"), (nameof(CertificatePart.Dns), "DNS name"), (nameof(CertificatePart.Subject), "Subject")] },
                new("value", "Value", FormInput.Text) { Example = "spiffe://example.org/ada" },
            ],
        },
    ]);

    public static FormValues ValuesOf(FormTable table, AdministratorItem item)
    {
        var values = table.ValuesOf(null);
        (values["name"], values["permission"]) = (item.Name, item.Permission.ToString());
        values[Token] = item.HasToken ? Keep : "none";
        Fill(values, Oidc, item.Proofs.OfType<OidcClaim>().Select(c => ("claim", c.Claim, c.Value)));
        Fill(values, Certificates, item.Proofs.OfType<CertificateName>().Select(c => ("part", c.Name.Part.ToString(), c.Name.Value)));
        return values;
    }

    /// <summary>What was filled in, as the API reads it.</summary>
    public static AdministratorInput Read(FormValues values) => new()
    {
        Permission = Enum.TryParse<SetupPermission>(values.Of("permission"), out var permission) ? permission : null,
        Token = values.Of(Token) switch { Keep => new TokenInput(Stored: Token), Make => new TokenInput(New: true), _ => null },
        Oidc = [.. Rows(values, Oidc).Select(row => new OidcClaim(values.Of($"{row}claim").Trim(), values.Of($"{row}value").Trim()))],
        Certificates =
        [
            .. Rows(values, Certificates).Select(row => new ClientCertificateProof(
                Enum.TryParse<CertificatePart>(values.Of($"{row}part"), out var part) ? part : (CertificatePart)(-1), values.Of($"{row}value").Trim())),
        ],
    };

    private static IEnumerable<string> Rows(FormValues values, string list) => Enumerable.Range(0, values.Count(list)).Select(i => FormValues.Row(list, i));

    private static void Fill(FormValues values, string list, IEnumerable<(string Name, string First, string Value)> items)
    {
        foreach (var (item, i) in items.Select((item, i) => (item, i)))
            (values[$"{FormValues.Row(list, i)}{item.Name}"], values[$"{FormValues.Row(list, i)}value"]) = (item.First, item.Value);
    }
}
