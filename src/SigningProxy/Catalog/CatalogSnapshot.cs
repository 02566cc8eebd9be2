using System.Collections.Frozen;
using SigningProxy.Catalog.Declarations;

namespace SigningProxy.Catalog;

/// <summary>Everything the administrator declared, as it stood at one moment. Nothing in it changes; a reload makes a new one.</summary>
internal sealed class CatalogSnapshot
{
    public static CatalogSnapshot Empty { get; } = new(0, [], [], [], [], []);

    public CatalogSnapshot(
        long revision,
        IReadOnlyList<ExternalCredential> externalCredentials,
        IReadOnlyList<NamedCredential> namedCredentials,
        IReadOnlyList<PermissionSet> permissionSets,
        IReadOnlyList<Profile> profiles,
        IReadOnlyList<DeclaredCaller> callers)
    {
        Revision = revision;
        ExternalCredentials = externalCredentials.ToFrozenDictionary(e => e.Name, DeveloperName.Comparer);
        NamedCredentials = namedCredentials.ToFrozenDictionary(n => n.Name, DeveloperName.Comparer);
        ByListenPort = namedCredentials.Where(n => n.ListenPort is not null).ToFrozenDictionary(n => n.ListenPort!.Value);
        PermissionSets = permissionSets;
        Profiles = profiles.ToFrozenDictionary(p => p.Name, DeveloperName.Comparer);
        Callers = callers.ToFrozenDictionary(c => c.Name, StringComparer.Ordinal);
    }

    /// <summary>Grows by one with every catalog that is published; 0 is the empty one.</summary>
    public long Revision { get; }

    public FrozenDictionary<string, ExternalCredential> ExternalCredentials { get; }

    public FrozenDictionary<string, NamedCredential> NamedCredentials { get; }

    /// <summary>The named credentials that have a loopback port of their own.</summary>
    public FrozenDictionary<int, NamedCredential> ByListenPort { get; }

    public IReadOnlyList<PermissionSet> PermissionSets { get; }

    public FrozenDictionary<string, Profile> Profiles { get; }

    public FrozenDictionary<string, DeclaredCaller> Callers { get; }

    /// <summary>The certificates of entries of their own, by Name.</summary>
    public FrozenDictionary<string, CertificateChain> Certificates { get; init; } = FrozenDictionary<string, CertificateChain>.Empty;

    /// <summary>The secrets that could be read for it: one that is lost later makes a catalog bad, and never empties good keys.</summary>
    public IReadOnlySet<SecretReference> ReadSecrets { get; init; } = FrozenSet<SecretReference>.Empty;

    /// <summary>Of everything it was read from: equal when nothing has changed. Secrets are in it, so it is not for showing.</summary>
    public string ContentHash { get; init; } = "";
}
