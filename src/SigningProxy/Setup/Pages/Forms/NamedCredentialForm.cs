namespace SigningProxy.Setup.Pages.Forms;

internal static class NamedCredentialForm
{
    public static FormTable Table { get; } = new("Named Credential",
    [
        FormTables.Label with { Example = "Orders" },
        FormTables.Name with { Example = "Orders" },
        new("url", "URL", FormInput.Text, "Where calls go: https, with a path before theirs if need be; no query and no fragment.") { IsRequired = true, Example = "https://dynamodb.us-west-1.amazonaws.com" },
        new("enabledForCallouts", "Enabled for Callouts", FormInput.Check, "Off: every call is refused, and the destination hears nothing.") { Default = FormValues.On },
        new("externalCredential", "External Credential", FormInput.Text, "The name of the external credential that signs.") { IsRequired = true, Example = "OrdersTable" },
        new("clientCertificate", "Client Certificate", FormInput.Text, "The name of one of the certificates, for mutual TLS with the destination.") { Example = "OrdersClient" },
        new("generateAuthorizationHeader", "Generate Authorization Header", FormInput.Check, "Off: the caller's own authorization is forwarded, and nothing is signed here.") { Default = FormValues.On },
        new("allowMergeFieldsInHeader", "Allow Formulas in HTTP Header", FormInput.Check, "On: {!$Caller.Name}, {!$NamedCredential.Name} and {!$Principal.Name} in custom headers are filled in.") { Default = FormValues.Off },
        FormTables.CustomHeaders,
        new("callerHeaders/remove", "Headers not forwarded", FormInput.Lines, "Names of headers that the caller may send and the destination does not get, one on each line.") { Group = "Caller headers", Example = "X-Debug" },
        new("callerHeaders/keepAs", "Headers forwarded by another name", FormInput.Rows)
        {
            Group = "Caller headers",
            Columns = [new("name", "As the caller sends it", FormInput.Text), new("as", "As the destination sees it", FormInput.Text)],
        },
        new("signHost", "Sign host", FormInput.Text, "The host that is signed and sent, where it is another than the URL's; needs a host setting.") { Group = "Network", Example = "dynamodb.us-west-1.amazonaws.com" },
        new("listen", "Listen port", FormInput.Number, "A port of the loopback on which every request is meant for this named credential.") { Group = "Network", Example = "9000" },
        new("allowPlainHttp", "Allow plain HTTP", FormInput.Check, "On: the URL may be http to any host; needs a host setting.") { Group = "Network", Default = FormValues.Off },
        new("certificateAuthorities/file", "Certificate authorities", FormInput.Text, "A PEM file of the proxy's machine, trusted for this destination in place of the system's.") { Group = "Network", Example = "/run/secrets/setup/authority.pem" },
    ]);
}
