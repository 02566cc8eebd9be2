namespace SigningProxy.Catalog.Declarations;

internal sealed record NamedCredentialDeclaration(Origin Origin) : Declaration(Origin)
{
    public string? Name { get; init; }

    public string? Label { get; init; }

    public string? Url { get; init; }

    public string? ExternalCredential { get; init; }

    public bool? EnabledForCallouts { get; init; }

    public bool? GenerateAuthorizationHeader { get; init; }

    public bool? AllowPlainHttp { get; init; }

    public bool? AllowMergeFieldsInHeader { get; init; }

    public IReadOnlyList<CustomHeaderDeclaration> CustomHeaders { get; init; } = [];

    public CallerHeadersDeclaration? CallerHeaders { get; init; }

    public string? SignHost { get; init; }

    public int? Listen { get; init; }

    public string? ClientCertificate { get; init; }

    public CertificateAuthoritiesDeclaration? CertificateAuthorities { get; init; }
}

/// <summary>A header with a value that is either a text for all to see or a secret.</summary>
internal sealed record CustomHeaderDeclaration(Origin Origin) : Declaration(Origin)
{
    public string? Name { get; init; }

    public string? Text { get; init; }

    public SecretReference? Secret { get; init; }

    public int? SequenceNumber { get; init; }
}

internal sealed record CallerHeadersDeclaration(Origin Origin) : Declaration(Origin)
{
    public IReadOnlyList<string> Remove { get; init; } = [];

    public IReadOnlyList<KeptHeaderDeclaration> KeepAs { get; init; } = [];
}

internal sealed record KeptHeaderDeclaration(Origin Origin) : Declaration(Origin)
{
    public string? Name { get; init; }

    public string? As { get; init; }
}

internal sealed record CertificateAuthoritiesDeclaration(Origin Origin) : Declaration(Origin)
{
    /// <summary>A bundle in PEM; a path made absolute by whoever read the declaration.</summary>
    public string? File { get; init; }
}

internal sealed record CertificateDeclaration(Origin Origin) : Declaration(Origin)
{
    public string? Name { get; init; }

    public string? Label { get; init; }

    public string? File { get; init; }

    public string? KeyFile { get; init; }

    public SecretReference? Password { get; init; }

    public SecretReference? Content { get; init; }

    public CertificateReference? Reference => CertificateReference.Of(File, KeyFile, Password, Content);
}
