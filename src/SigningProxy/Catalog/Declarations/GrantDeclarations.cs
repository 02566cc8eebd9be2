namespace SigningProxy.Catalog.Declarations;

internal sealed record PermissionSetDeclaration(Origin Origin) : Declaration(Origin)
{
    public string? Name { get; init; }

    public string? Label { get; init; }

    public IReadOnlyList<string> Callers { get; init; } = [];

    public IReadOnlyList<string> Principals { get; init; } = [];

    public OnlyDeclaration? Only { get; init; }
}

internal sealed record ProfileDeclaration(Origin Origin) : Declaration(Origin)
{
    public string? Name { get; init; }

    public string? Label { get; init; }

    public IReadOnlyList<string> Principals { get; init; } = [];

    public OnlyDeclaration? Only { get; init; }
}

internal sealed record CallerDeclaration(Origin Origin) : Declaration(Origin)
{
    public string? Name { get; init; }

    public string? Profile { get; init; }

    public IReadOnlyList<ProofDeclaration> Proofs { get; init; } = [];
}

internal sealed record OnlyDeclaration(Origin Origin) : Declaration(Origin)
{
    public IReadOnlyList<string> Methods { get; init; } = [];

    public IReadOnlyList<string> Paths { get; init; } = [];

    public IReadOnlyList<string> NamedCredentials { get; init; } = [];

    public IReadOnlyList<string> Operations { get; init; } = [];
}
