using SigningProxy.Catalog;
using SigningProxy.Catalog.Declarations;

namespace SigningProxy.Configuration;

/// <summary>What came of reading a catalog once.</summary>
internal sealed record CatalogLoad
{
    /// <summary>The catalog, or null when it has errors.</summary>
    public required CatalogSnapshot? Snapshot { get; init; }

    /// <summary>Every error, by file and line.</summary>
    public required IReadOnlyList<CatalogFault> Faults { get; init; }

    /// <summary>Every warning, by file and line.</summary>
    public required IReadOnlyList<CatalogFault> Warnings { get; init; }

    /// <summary>How much was declared, good or bad.</summary>
    public required EntryCounts Counts { get; init; }

    /// <summary>The files and folders it was read from, those included that could not be read.</summary>
    public required Fingerprint Fingerprint { get; init; }

    /// <summary>Of everything that was read: equal when nothing has changed. Secrets are in it, so it is not for showing.</summary>
    public required string ContentHash { get; init; }
}

/// <summary>How many entries of each kind a catalog declares.</summary>
internal readonly record struct EntryCounts(
    int ExternalCredentials, int Principals, int NamedCredentials, int Certificates, int PermissionSets, int Profiles, int Callers)
{
    public static EntryCounts Of(CatalogDeclarations declared) => new(
        declared.ExternalCredentials.Count,
        declared.ExternalCredentials.Sum(e => e.Principals.Count),
        declared.NamedCredentials.Count,
        declared.Certificates.Count,
        declared.PermissionSets.Count,
        declared.Profiles.Count,
        declared.Callers.Count);
}
