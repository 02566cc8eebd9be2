namespace SigningProxy.Catalog.Declarations;

/// <summary>What was written, before it is judged.</summary>
/// <param name="Origin">Where.</param>
internal abstract record Declaration(Origin Origin);

/// <summary>All that was written, from however many files.</summary>
internal sealed record CatalogDeclarations
{
    public IReadOnlyList<ExternalCredentialDeclaration> ExternalCredentials { get; init; } = [];

    public IReadOnlyList<NamedCredentialDeclaration> NamedCredentials { get; init; } = [];

    public IReadOnlyList<CertificateDeclaration> Certificates { get; init; } = [];

    public IReadOnlyList<PermissionSetDeclaration> PermissionSets { get; init; } = [];

    public IReadOnlyList<ProfileDeclaration> Profiles { get; init; } = [];

    public IReadOnlyList<CallerDeclaration> Callers { get; init; } = [];
}
