using SigningProxy.SigV4;

namespace SigningProxy.Catalog;

internal enum AuthenticationProtocol
{
    AwsSignatureV4,
    AwsSignatureV4a,
}

/// <summary>How a principal's session credentials are obtained.</summary>
internal enum CredentialVariant
{
    /// <summary>Each principal has a key pair of its own.</summary>
    AccessKey,

    /// <summary>An IAM user's key pair assumes the principal's role at STS.</summary>
    AssumeRole,

    /// <summary>A certificate assumes the principal's role at IAM Roles Anywhere.</summary>
    RolesAnywhere,
}

/// <summary>How to authenticate at a destination: service, region, variant, and the principals that may sign.</summary>
internal sealed record ExternalCredential
{
    public required string Name { get; init; }

    public required string Label { get; init; }

    public required AuthenticationProtocol AuthenticationProtocol { get; init; }

    public required CredentialScope Scope { get; init; }

    /// <summary>The quirks of the service; its own unless the entry says otherwise.</summary>
    public required SigningSettings Signing { get; init; }

    public required CredentialVariant Variant { get; init; }

    /// <summary>12 digits, or null.</summary>
    public string? AwsAccountId { get; init; }

    /// <summary>Set when <see cref="Variant"/> is <see cref="CredentialVariant.AssumeRole"/>.</summary>
    public StsSettings? Sts { get; init; }

    /// <summary>Set when <see cref="Variant"/> is <see cref="CredentialVariant.RolesAnywhere"/>.</summary>
    public RolesAnywhereSettings? RolesAnywhere { get; init; }

    public IReadOnlyList<int> AdditionalStatusCodesForTokenRefresh { get; init; } = [];

    /// <summary>In order of their sequence numbers.</summary>
    public IReadOnlyList<CustomHeader> CustomHeaders { get; init; } = [];

    /// <summary>In order of their sequence numbers.</summary>
    public required IReadOnlyList<Principal> Principals { get; init; }
}

/// <summary>How STS is asked to assume a role.</summary>
internal sealed record StsSettings
{
    public Secret? AccessKey { get; init; }

    public Secret? AccessSecret { get; init; }

    public string? ExternalId { get; init; }

    public TimeSpan Duration { get; init; } = TimeSpan.FromHours(1);

    public string? Region { get; init; }

    public Uri? Endpoint { get; init; }
}

/// <summary>How IAM Roles Anywhere is asked for a session.</summary>
internal sealed record RolesAnywhereSettings
{
    public string? TrustAnchorArn { get; init; }

    public string? ProfileArn { get; init; }

    /// <summary>What signs there, or null while it is not configured.</summary>
    public SigningCertificate? Certificate { get; init; }

    public TimeSpan? Duration { get; init; }

    public Uri? Endpoint { get; init; }
}
