namespace SigningProxy.Catalog.Declarations;

/// <summary>One proof of a caller; exactly one of its kinds is there.</summary>
internal sealed record ProofDeclaration(Origin Origin) : Declaration(Origin)
{
    public UnixPeerDeclaration? UnixPeer { get; init; }

    public SecretReference? Token { get; init; }

    public JwtDeclaration? Jwt { get; init; }

    public ClientCertificateDeclaration? ClientCertificate { get; init; }

    public LocalSigV4Declaration? LocalSigV4 { get; init; }

    public int Kinds => new object?[] { UnixPeer, Token, Jwt, ClientCertificate, LocalSigV4 }.Count(kind => kind is not null);
}

internal sealed record UnixPeerDeclaration(Origin Origin) : Declaration(Origin)
{
    public int? Uid { get; init; }

    public int? Gid { get; init; }
}

internal sealed record JwtDeclaration(Origin Origin) : Declaration(Origin)
{
    public string? Issuer { get; init; }

    public string? Audience { get; init; }

    public string? Subject { get; init; }
}

internal sealed record ClientCertificateDeclaration(Origin Origin) : Declaration(Origin)
{
    public string? Subject { get; init; }

    public string? Dns { get; init; }

    public string? Uri { get; init; }
}

internal sealed record LocalSigV4Declaration(Origin Origin) : Declaration(Origin)
{
    public string? AccessKeyId { get; init; }

    public SecretReference? Secret { get; init; }
}
