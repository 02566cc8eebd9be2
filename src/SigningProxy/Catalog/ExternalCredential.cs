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
    /// <summary>That of <see cref="NamedCredential.Nothing"/>: it has no principals.</summary>
    public static ExternalCredential Nothing { get; } = new()
    {
        Name = "(none)",
        Label = "(none)",
        Scope = new CredentialScope("none", "none"),
        Signing = new SigningSettings(),
        Variant = CredentialVariant.AccessKey,
        DeclaredIn = "",
        Principals = [],
    };

    public required string Name { get; init; }

    public required string Label { get; init; }

    /// <summary>A region for Signature Version 4, a region set for 4a.</summary>
    public required CredentialScope Scope { get; init; }

    /// <summary>The region or the region set, as it was declared.</summary>
    public string Region => Scope.RegionSet ?? Scope.Region;

    /// <summary>Whether a caller's local signature for one region may stand for one of ours: of the same service, in the region or in one of the set.</summary>
    public bool Covers(CredentialScope local) =>
        local.Service == Scope.Service && (Scope.RegionSet is { } set ? RegionSet.Covers(set, local.Region) : local.Region == Scope.Region);

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

    /// <summary>Where STS and Roles Anywhere may be for it.</summary>
    public AddressReach Reach { get; init; }

    /// <summary>A digest of the catalog's own text: equal in two snapshots when nothing but secrets and certificates changed between them.</summary>
    public required string DeclaredIn { get; init; }

    /// <summary>In order of their sequence numbers.</summary>
    public required IReadOnlyList<Principal> Principals { get; init; }
}

/// <summary>Whose credentials sign the call to STS.</summary>
internal enum StsSource
{
    /// <summary>The external credential's own key pair.</summary>
    AccessKey,

    /// <summary>What the pod or host has: environment, container endpoint, instance metadata.</summary>
    Ambient,

    /// <summary>Nobody's: the call carries a token from a file, and is not signed.</summary>
    WebIdentity,

    /// <summary>The session of a principal of another external credential: role chaining.</summary>
    Principal,
}

/// <summary>How STS is asked to assume a role.</summary>
internal sealed record StsSettings
{
    public StsSource Source { get; init; }

    /// <summary>Of the source AccessKey.</summary>
    public Secret? AccessKey { get; init; }

    /// <summary>Of the source AccessKey.</summary>
    public Secret? AccessSecret { get; init; }

    /// <summary>Of the source WebIdentity. Read anew for every session, since the platform replaces it.</summary>
    public string? WebIdentityTokenFile { get; init; }

    /// <summary>Of the source Principal.</summary>
    public ChainedPrincipal? Chained { get; init; }

    public string? ExternalId { get; init; }

    public TimeSpan Duration { get; init; } = TimeSpan.FromHours(1);

    public string? Region { get; init; }

    /// <summary>Whether the regional endpoint validated for FIPS is called.</summary>
    public bool FipsEndpoint { get; init; }

    public Uri? Endpoint { get; init; }
}

/// <summary>The principal whose session signs for a role to be assumed.</summary>
internal sealed record ChainedPrincipal(ExternalCredential ExternalCredential, Principal Principal);

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
