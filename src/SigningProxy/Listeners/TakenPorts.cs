using System.Collections.Frozen;

namespace SigningProxy.Listeners;

/// <summary>The ports that listeners of the host settings keep from the named credentials: an own port is opened on both loopback addresses.</summary>
internal static class TakenPorts
{
    /// <param name="listeners">Each with its setting.</param>
    /// <returns>By port, the setting and the address that has it.</returns>
    public static IReadOnlyDictionary<int, string> Of(IEnumerable<(string Setting, ListenAddress Address)> listeners) => listeners
        .Where(l => new ListenAddress { Protocol = ListenProtocol.Http1, Port = l.Address.Port }.Clashes(l.Address))
        .DistinctBy(l => l.Address.Port)
        .ToFrozenDictionary(l => l.Address.Port, l => $"{l.Setting}, \"{l.Address}\"");
}
