namespace SigningProxy.Setup.Pages.Forms;

internal static class CertificateForm
{
    public static FormTable Table { get; } = new("Certificate",
    [
        FormTables.FreeLabel with { Example = "Orders client" },
        FormTables.Name with { Example = "OrdersClient" },
        new("content", "Certificate", FormInput.SecretFile, "PEM with the private key in it and the intermediates in any order, or PKCS#12."),
        new("password", "Password", FormInput.Secret, "Where the key or the PKCS#12 is encrypted."),
        new("file", "Certificate file", FormInput.Text, "In place of an upload: a file of the proxy's machine, in a folder that the host settings allow.") { Group = "From a file" },
        new("keyFile", "Key file", FormInput.Text, "The private key, where it is not in the certificate file.") { Group = "From a file" },
    ]);
}
