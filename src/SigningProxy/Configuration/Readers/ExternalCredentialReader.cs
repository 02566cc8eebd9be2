using SigningProxy.Catalog.Declarations;

namespace SigningProxy.Configuration.Readers;

/// <summary>Reads external credentials and their principals.</summary>
internal static class ExternalCredentialReader
{
    public static ExternalCredentialDeclaration Read(FieldReader fields) => new(fields.Origin)
    {
        Name = fields.Text("name"),
        Label = fields.Text("label"),
        AuthenticationProtocol = fields.Text("authenticationProtocol"),
        Service = fields.Text("service"),
        Region = fields.Text("region"),
        AwsAccountId = fields.Text("awsAccountId"),
        Variant = fields.Text("variant"),
        Sts = fields.Entry("sts", Sts),
        RolesAnywhere = fields.Entry("rolesAnywhere", RolesAnywhere),
        AdditionalStatusCodesForTokenRefresh = fields.Numbers("additionalStatusCodesForTokenRefresh"),
        CustomHeaders = fields.Entries("customHeaders", "customHeader", CustomHeader),
        Signing = fields.Entry("signing", Signing),
        AllowedHosts = fields.Texts("allowedHosts") is var hosts && fields.Origin.Wrote("allowedHosts") ? hosts : null,
        Principals = fields.Entries("principals", "principal", Principal),
    };

    public static CustomHeaderDeclaration CustomHeader(FieldReader fields)
    {
        var name = fields.Text("name");
        var (text, secret) = fields.TextOrSecret("value");
        return new(fields.Origin) { Name = name, Text = text, Secret = secret, SequenceNumber = fields.Number("sequenceNumber") };
    }

    private static StsDeclaration Sts(FieldReader fields) => new(fields.Origin)
    {
        Source = fields.Text("source"),
        AccessKey = fields.Secret("accessKey"),
        AccessSecret = fields.Secret("accessSecret"),
        WebIdentityTokenFile = fields.FilePath("webIdentityTokenFile"),
        Principal = fields.Text("principal"),
        ExternalId = fields.Text("externalId"),
        DurationSeconds = fields.Number("durationSeconds"),
        Region = fields.Text("region"),
        FipsEndpoint = fields.Flag("fipsEndpoint"),
        Endpoint = fields.Text("endpoint"),
    };

    private static RolesAnywhereDeclaration RolesAnywhere(FieldReader fields) => new(fields.Origin)
    {
        TrustAnchorArn = fields.Text("trustAnchorArn"),
        ProfileArn = fields.Text("profileArn"),
        Certificate = fields.Entry("certificate", SigningCertificate),
        DurationSeconds = fields.Number("durationSeconds"),
        Endpoint = fields.Text("endpoint"),
    };

    private static CertificateFilesDeclaration SigningCertificate(FieldReader fields) => new(fields.Origin)
    {
        File = fields.FilePath("file"),
        KeyFile = fields.FilePath("keyFile"),
        Password = fields.Secret("password"),
        Content = fields.Secret("content"),
    };

    private static SigningDeclaration Signing(FieldReader fields) => new(fields.Origin)
    {
        PathEncoding = fields.Text("pathEncoding"),
        NormalizePath = fields.Text("normalizePath"),
        ContentSha256Header = fields.Text("contentSha256Header"),
        SessionTokenMode = fields.Text("sessionTokenMode"),
    };

    private static PrincipalDeclaration Principal(FieldReader fields) => new(fields.Origin)
    {
        Name = fields.Text("name"),
        IdentityType = fields.Text("identityType"),
        SequenceNumber = fields.Number("sequenceNumber"),
        AccessKey = fields.Secret("accessKey"),
        AccessSecret = fields.Secret("accessSecret"),
        SessionToken = fields.Secret("sessionToken"),
        RoleArn = fields.Text("roleArn"),
    };
}
