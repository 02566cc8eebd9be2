using SigningProxy.Configuration.Yaml;

namespace SigningProxy.Setup.Pages.Forms;

/// <summary>"Create or Edit an AWS Signature v4 External Credential": its fields, in the order of that page, and what there is beyond it under headings of its own.</summary>
internal static class ExternalCredentialForm
{
    private const string AccessKey = "AccessKey";
    private const string AssumeRole = "AssumeRole";
    private const string RolesAnywhere = "RolesAnywhere";
    private const string Sts = "~sts";
    private const string Type = "~credentialType";
    private const string Source = "sts/source";

    private const string Gateway = "If you're using Amazon API Gateway, configure the gateway response for expired tokens so that it returns a 400 or 401 HTTP code. "
        + "Then the session is refreshed when it expires, without a code being listed here. A 403 code doesn't cause a refresh, because it's reserved for scenarios where the token is valid but the caller "
        + "doesn't have access to the resource: listed here, it would refresh on every refusal of access.";

    private static readonly (string, string)[] ByUser = [(Sts, FormValues.On), (Type, AssumeRole)];
    private static readonly (string, string)[] ByCertificate = [(Sts, FormValues.On), (Type, RolesAnywhere)];

    public static FormTable Table { get; } = new("External Credential",
    [
        FormTables.Label with { Example = "Orders table" },
        FormTables.Name,
        new("authenticationProtocol", "Authentication Protocol", FormInput.Choice, "AWS Signature 4, unless one signature is to hold in several regions.")
        {
            IsRequired = true, Choices = [("AwsSignatureV4", "AWS Signature 4"), ("AwsSignatureV4a", "AWS Signature 4A (several regions)")],
        },
        new("service", "Service", FormInput.Text, "The name that AWS signs the service by: small letters, digits and dashes.") { IsRequired = true, Example = "dynamodb" },
        new("region", "Region", FormInput.Text, "An AWS geographic region; for AWS Signature 4A several with commas between, or *.") { IsRequired = true, Example = "us-west-1" },
        new("awsAccountId", "AWS Account ID", FormInput.Text, "The 12 digits of your AWS account. With it, a role of another account is refused.") { Example = "123456789012" },
        new(Sts, "Obtain Temporary IAM Credentials via STS", FormInput.Check, "Then select one of the credential types. Without it, each principal signs with keys of its own.")
        {
            Fill = e => Variant(e) == AccessKey ? FormValues.Off : FormValues.On,
        },
        new(Type, "Credential Type", FormInput.Choice)
        {
            When = [(Sts, FormValues.On)], IsRequired = true, Fill = e => Variant(e) == RolesAnywhere ? RolesAnywhere : AssumeRole,
            Choices = [(AssumeRole, "IAM User Identified by Access Key"), (RolesAnywhere, "Roles Anywhere (Assume an IAM Role via Certificate)")],
        },
        new("variant", "Variant", FormInput.Derived) { Default = AccessKey, FaultsAt = Sts, Tell = v => v.IsOn(Sts) ? v.Of(Type) : AccessKey },
        new("sts/accessKey", "STS Access Key", FormInput.Secret, "The access key ID for the AWS access key.") { When = [.. ByUser, (Source, AccessKey)], IsRequired = true, Example = "AKIAIOSFODNN7EXAMPLE" },
        new("sts/accessSecret", "STS Access Secret", FormInput.Secret, "The access secret for the AWS access key.") { When = [.. ByUser, (Source, AccessKey)], IsRequired = true },
        new("sts/externalId", "STS External ID", FormInput.Text, "What the role's trust policy expects as sts:ExternalId: 2 to 1224 letters, digits and _+=,.@:/-.")
        {
            When = ByUser, Example = "salesforceIntegration-abc123",
        },
        new("sts/durationSeconds", "STS Duration", FormInput.Number, "In seconds, 900 to 43200 (12 hours).") { When = ByUser, Example = "3600" },
        new("rolesAnywhere/trustAnchorArn", "Trust Anchor ARN", FormInput.Text, "Of the CA certificate that you registered with Roles Anywhere.")
        {
            When = ByCertificate, IsRequired = true, Example = "arn:aws:rolesanywhere:us-west-1:123456789012:trust-anchor/6f3b1c2d-0a1b-4c2d-8e3f-123456789abc",
        },
        new("rolesAnywhere/profileArn", "Profile ARN", FormInput.Text, "Of the Roles Anywhere profile, in the trust anchor's region.")
        {
            When = ByCertificate, IsRequired = true, Example = "arn:aws:rolesanywhere:us-west-1:123456789012:profile/6f3b1c2d-0a1b-4c2d-8e3f-123456789abc",
        },
        new("rolesAnywhere/certificate/content", "Signing Certificate", FormInput.SecretFile, "PEM with the private key and the intermediates in it, or PKCS#12. The CA of the trust anchor has issued it.")
        {
            When = ByCertificate, IsRequired = true,
        },
        new("rolesAnywhere/certificate/password", "Certificate Password", FormInput.Secret, "Where the key or the PKCS#12 is encrypted.") { When = ByCertificate },
        new("rolesAnywhere/durationSeconds", "STS Duration", FormInput.Number, "In seconds, 900 to 43200 (12 hours); the profile's own where there is none.") { When = ByCertificate, Example = "3600" },
        new("additionalStatusCodesForTokenRefresh", "Additional Status Codes for Token Refresh", FormInput.Numbers, "Answers that refresh the session, in addition to the standard 401: 400 to 499 or 600 to 999, with commas between.")
        {
            Example = "419, 498", Advice = Gateway, When = [(Sts, FormValues.On)],
        },
        new(Source, "Who asks STS", FormInput.Choice, "Other identities than that of an IAM user need a host setting.")
        {
            Group = "More about STS", When = ByUser, Default = AccessKey,
            Choices = [(AccessKey, "The access key above"), ("Ambient", "The identity of the pod or host"), ("WebIdentity", "A web identity token"), ("Principal", "Another principal")],
        },
        new("sts/webIdentityTokenFile", "Web identity token file", FormInput.Text, "The file that the platform keeps the token in.") { Group = "More about STS", When = [.. ByUser, (Source, "WebIdentity")] },
        new("sts/principal", "Asking principal", FormInput.Text, "The principal that assumes the roles.") { Group = "More about STS", When = [.. ByUser, (Source, "Principal")], Example = "OrdersTable-Admin" },
        new("sts/region", "STS region", FormInput.Text, "Of STS; the region above where there is none.") { Group = "More about STS", When = ByUser, Example = "us-east-1" },
        new("sts/fipsEndpoint", "Call the endpoint validated for FIPS", FormInput.Check) { Group = "More about STS", When = ByUser, Default = FormValues.Off },
        new("sts/endpoint", "STS endpoint", FormInput.Text, "Another than the region's own; needs a host setting.") { Group = "More about STS", When = ByUser, Example = "https://sts.us-east-1.amazonaws.com" },
        new("rolesAnywhere/endpoint", "Roles Anywhere endpoint", FormInput.Text, "Another than the region's own; needs a host setting.") { Group = "More about Roles Anywhere", When = ByCertificate },
        new("rolesAnywhere/certificate/file", "Certificate file", FormInput.Text, "In place of an upload: a file of the proxy's machine, in a folder that the host settings allow.") { Group = "More about Roles Anywhere", When = ByCertificate },
        new("rolesAnywhere/certificate/keyFile", "Key file", FormInput.Text, "The private key, where it is not in the certificate file.") { Group = "More about Roles Anywhere", When = ByCertificate },
        FormTables.CustomHeaders with { Rule = "Set on every call after the named credential's own, before it is signed; they replace the caller's own." },
        Signing("signing/pathEncoding", "Path encoding", "Once for the S3 family, else twice.", "once", "twice"),
        Signing("signing/normalizePath", "Normalize the path", "Off for the S3 family, else on.", "on", "off"),
        Signing("signing/contentSha256Header", "Send x-amz-content-sha256", "On, unless the service takes it amiss.", "on", "off"),
        Signing("signing/sessionTokenMode", "Session token", "Added after signing for iotdevicegateway, else signed.", "signed", "after"),
    ])
    {
        Elsewhere = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["principals"] = "each has a page of its own",
            ["allowedHosts"] = "it binds entries made in Setup to what was provisioned, and so is told by files alone",
        },
    };

    private static string Variant(YamlMap entry) => YamlPath.Text(entry, "variant") ?? AccessKey;

    private static FormField Signing(string name, string label, string rule, params string[] words) =>
        new(name, label, FormInput.Choice, rule) { Group = "Signing", Choices = [("", "As the service has it"), .. words.Select(w => (w, w))] };
}
