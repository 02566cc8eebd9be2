using SigningProxy.Store;

namespace SigningProxy.Setup.Pages.Forms;

/// <summary>The table of each kind of entry, and the fields that several have.</summary>
internal static class FormTables
{
    public static FormField Name { get; } = new("name", "Name", FormInput.Text,
        "Begins with a letter; then letters, digits and single underscores, none at the end. At most 80 characters, and unique.")
    { IsRequired = true, Example = "OrdersTable" };

    public static FormField Label { get; } = new("label", "Label", FormInput.Text, "For people to read, 1 to 80 characters.") { IsRequired = true, Example = "Orders table" };

    public static FormField FreeLabel { get; } = Label with { IsRequired = false, Rule = "For people to read; the name where there is none." };

    public static FormField CustomHeaders { get; } = new("customHeaders", "Custom Headers", FormInput.Rows,
        "Set on every call before it is signed; they replace the caller's own. Lower sequence numbers are set first.")
    {
        Group = "Custom headers",
        Columns =
        [
            new("name", "Header name", FormInput.Text) { Example = "X-Tenant" },
            new("value", "Value", FormInput.Text, "Visible ASCII.") { When = [("~secret", FormValues.Off)] },
            new("~value", "Secret value", FormInput.Secret) { Path = "value", When = [("~secret", FormValues.On)] },
            new("~secret", "The value is a secret", FormInput.Check) { Fill = row => YamlPath.Get(row, "value") is Configuration.Yaml.YamlMap ? FormValues.On : FormValues.Off },
            new("sequenceNumber", "Sequence number", FormInput.Number) { Example = "1" },
        ],
    };

    public static FormTable Of(EntryKind kind) => kind switch
    {
        EntryKind.ExternalCredential => ExternalCredentialForm.Table,
        EntryKind.NamedCredential => NamedCredentialForm.Table,
        EntryKind.Certificate => CertificateForm.Table,
        EntryKind.PermissionSet => GrantForms.PermissionSet,
        EntryKind.Profile => GrantForms.Profile,
        _ => CallerForm.Table,
    };
}
