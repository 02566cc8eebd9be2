using SigningProxy.Catalog.Declarations;

namespace SigningProxy.Configuration.Readers;

/// <summary>Reads one file of a catalog.</summary>
internal static class CatalogReader
{
    public static CatalogDeclarations Read(FieldReader fields) => new()
    {
        ExternalCredentials = fields.Entries("externalCredentials", "externalCredential", ExternalCredentialReader.Read),
        NamedCredentials = fields.Entries("namedCredentials", "namedCredential", NamedCredentialReader.Read),
        Certificates = fields.Entries("certificates", "certificate", Certificate),
        PermissionSets = fields.Entries("permissionSets", "permissionSet", PermissionSet),
        Profiles = fields.Entries("profiles", "profile", Profile),
        Callers = fields.Entries("callers", "caller", ProofReader.Caller),
    };

    /// <summary>One catalog of many files.</summary>
    public static CatalogDeclarations Join(IReadOnlyCollection<CatalogDeclarations> files) => new()
    {
        ExternalCredentials = [.. files.SelectMany(f => f.ExternalCredentials)],
        NamedCredentials = [.. files.SelectMany(f => f.NamedCredentials)],
        Certificates = [.. files.SelectMany(f => f.Certificates)],
        PermissionSets = [.. files.SelectMany(f => f.PermissionSets)],
        Profiles = [.. files.SelectMany(f => f.Profiles)],
        Callers = [.. files.SelectMany(f => f.Callers)],
    };

    private static CertificateDeclaration Certificate(FieldReader fields) => new(fields.Origin)
    {
        Name = fields.Text("name"),
        Label = fields.Text("label"),
        File = fields.FilePath("file"),
        KeyFile = fields.FilePath("keyFile"),
        Password = fields.Secret("password"),
        Content = fields.Secret("content"),
    };

    private static PermissionSetDeclaration PermissionSet(FieldReader fields) => new(fields.Origin)
    {
        Name = fields.Text("name"),
        Label = fields.Text("label"),
        Callers = fields.Texts("callers"),
        Principals = fields.Texts("principals"),
        Only = fields.Entry("only", Only),
    };

    private static ProfileDeclaration Profile(FieldReader fields) => new(fields.Origin)
    {
        Name = fields.Text("name"),
        Label = fields.Text("label"),
        Principals = fields.Texts("principals"),
        Only = fields.Entry("only", Only),
    };

    private static OnlyDeclaration Only(FieldReader fields) => new(fields.Origin)
    {
        Methods = fields.Texts("methods"),
        Paths = fields.Texts("paths"),
        NamedCredentials = fields.Texts("namedCredentials"),
        Operations = fields.Texts("operations"),
    };
}
