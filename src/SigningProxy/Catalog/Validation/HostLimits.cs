using System.Collections.Frozen;

namespace SigningProxy.Catalog.Validation;

/// <summary>What the host settings leave to a catalog.</summary>
/// <param name="Duration">How long sessions may be asked to last.</param>
/// <param name="TakenPorts">The ports that no named credential can have for its own, each with the setting and the address that has it.</param>
internal sealed record HostLimits(DurationLimit Duration, IReadOnlyDictionary<int, string> TakenPorts)
{
    /// <summary>What a catalog is judged by where there are no host settings.</summary>
    public static HostLimits None { get; } = new(DurationLimit.OfAws, FrozenDictionary<int, string>.Empty);
}
