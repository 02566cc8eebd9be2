namespace SigningProxy.Catalog.Declarations;

internal sealed record ExternalCredentialDeclaration(Origin Origin) : Declaration(Origin)
{
    public string? Name { get; init; }

    public string? Label { get; init; }

    public string? AuthenticationProtocol { get; init; }

    public string? Service { get; init; }

    public string? Region { get; init; }

    public string? AwsAccountId { get; init; }

    public string? Variant { get; init; }

    public StsDeclaration? Sts { get; init; }

    public RolesAnywhereDeclaration? RolesAnywhere { get; init; }

    public IReadOnlyList<int> AdditionalStatusCodesForTokenRefresh { get; init; } = [];

    public IReadOnlyList<CustomHeaderDeclaration> CustomHeaders { get; init; } = [];

    public SigningDeclaration? Signing { get; init; }

    /// <summary>Where named credentials made in Setup may lead; the hosts of its own provisioned ones when null.</summary>
    public IReadOnlyList<string>? AllowedHosts { get; init; }

    public IReadOnlyList<PrincipalDeclaration> Principals { get; init; } = [];
}

internal sealed record StsDeclaration(Origin Origin) : Declaration(Origin)
{
    public string? Source { get; init; }

    public SecretReference? AccessKey { get; init; }

    public SecretReference? AccessSecret { get; init; }

    public string? WebIdentityTokenFile { get; init; }

    /// <summary>Written <c>ExternalCredential-PrincipalName</c>.</summary>
    public string? Principal { get; init; }

    public string? ExternalId { get; init; }

    public int? DurationSeconds { get; init; }

    public string? Region { get; init; }

    public bool? FipsEndpoint { get; init; }

    public string? Endpoint { get; init; }
}

internal sealed record RolesAnywhereDeclaration(Origin Origin) : Declaration(Origin)
{
    public string? TrustAnchorArn { get; init; }

    public string? ProfileArn { get; init; }

    public CertificateFilesDeclaration? Certificate { get; init; }

    public int? DurationSeconds { get; init; }

    public string? Endpoint { get; init; }
}

internal sealed record CertificateFilesDeclaration(Origin Origin) : Declaration(Origin)
{
    public string? File { get; init; }

    public string? KeyFile { get; init; }

    public SecretReference? Password { get; init; }

    public SecretReference? Content { get; init; }

    public CertificateReference? Reference => CertificateReference.Of(File, KeyFile, Password, Content);
}

internal sealed record SigningDeclaration(Origin Origin) : Declaration(Origin)
{
    public string? PathEncoding { get; init; }

    public string? NormalizePath { get; init; }

    public string? ContentSha256Header { get; init; }

    public string? SessionTokenMode { get; init; }
}

internal sealed record PrincipalDeclaration(Origin Origin) : Declaration(Origin)
{
    public string? Name { get; init; }

    public string? IdentityType { get; init; }

    public int? SequenceNumber { get; init; }

    public SecretReference? AccessKey { get; init; }

    public SecretReference? AccessSecret { get; init; }

    public SecretReference? SessionToken { get; init; }

    public string? RoleArn { get; init; }
}
