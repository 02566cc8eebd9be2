using SigningProxy.Catalog.Declarations;

namespace SigningProxy.Configuration.Readers;

/// <summary>Reads named credentials.</summary>
internal static class NamedCredentialReader
{
    public static NamedCredentialDeclaration Read(FieldReader fields) => new(fields.Origin)
    {
        Name = fields.Text("name"),
        Label = fields.Text("label"),
        Url = fields.Text("url"),
        ExternalCredential = fields.Text("externalCredential"),
        EnabledForCallouts = fields.Flag("enabledForCallouts"),
        GenerateAuthorizationHeader = fields.Flag("generateAuthorizationHeader"),
        AllowPlainHttp = fields.Flag("allowPlainHttp"),
        AllowMergeFieldsInHeader = fields.Flag("allowMergeFieldsInHeader"),
        CustomHeaders = fields.Entries("customHeaders", "customHeader", ExternalCredentialReader.CustomHeader),
        CallerHeaders = fields.Entry("callerHeaders", CallerHeaders),
        SignHost = fields.Text("signHost"),
        Listen = fields.Number("listen"),
        ClientCertificate = fields.Text("clientCertificate"),
        CertificateAuthorities = fields.Entry("certificateAuthorities", f => new CertificateAuthoritiesDeclaration(f.Origin) { File = f.FilePath("file") }),
    };

    private static CallerHeadersDeclaration CallerHeaders(FieldReader fields) => new(fields.Origin)
    {
        Remove = fields.Texts("remove"),
        KeepAs = fields.Entries("keepAs", "header", f => new KeptHeaderDeclaration(f.Origin) { Name = f.Text("name"), As = f.Text("as") }),
    };
}
