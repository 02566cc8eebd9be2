using SigningProxy.Catalog.Declarations;

namespace SigningProxy.Catalog.Validation;

/// <summary>What entries made in Setup may do beyond holding secrets of their own. Whoever may manage Setup must not thereby read what the proxy can.</summary>
internal sealed record SetupTrust
{
    /// <summary>Nothing.</summary>
    public static SetupTrust None { get; } = new();

    /// <summary>Beneath which they may refer to files; plain absolute paths.</summary>
    public IReadOnlyList<string> Folders { get; init; } = [];

    /// <summary>How the variables begin that they may refer to.</summary>
    public IReadOnlyList<string> VariablePrefixes { get; init; } = [];

    public IReadOnlySet<SetupAllowance> Allowances { get; init; } = new HashSet<SetupAllowance>();

    /// <summary>Where an entry's connections may lead.</summary>
    public AddressReach ReachOf(Origin entry) =>
        entry.IsProvisioned ? AddressReach.Everywhere : Allowances.Contains(SetupAllowance.LocalAddresses) ? AddressReach.NoMetadata : AddressReach.NoLocal;

    public bool AllowsFile(string path) => Folders.Any(f => path.StartsWith(f.Length > 1 ? $"{f}/" : f, StringComparison.Ordinal));

    public bool AllowsVariable(string name) => VariablePrefixes.Any(p => name.StartsWith(p, StringComparison.Ordinal));
}

/// <summary>What a host setting may allow to entries made in Setup, each by its own word.</summary>
internal enum SetupAllowance
{
    /// <summary>STS asked with the credentials of the pod or host.</summary>
    Ambient,

    /// <summary>STS asked with a token from a file.</summary>
    WebIdentity,

    /// <summary>Another endpoint of STS or Roles Anywhere than AWS's own: it is sent secrets.</summary>
    Endpoint,

    /// <summary>Another host signed and sent than that of the URL.</summary>
    SignHost,

    /// <summary>Requests that cross the network unencrypted.</summary>
    PlainHttp,

    /// <summary>Destinations, STS and Roles Anywhere on the loopback. Link-local and metadata addresses are never reached.</summary>
    LocalAddresses,

    /// <summary>Provisioned principals given to callers: by permission sets, profiles and callers made in Setup, and by test calls.</summary>
    GrantProvisioned,
}
