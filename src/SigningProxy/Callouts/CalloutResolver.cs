using SigningProxy.Catalog;

namespace SigningProxy.Callouts;

/// <summary>Reads which named credential a request means: by its own listen port, else by host, else by the first segment of the path.</summary>
internal static class CalloutResolver
{
    private const string HostSuffix = ".localhost";
    private const int LongestNameShown = DeveloperName.MaximumLength;

    /// <param name="target">The raw target.</param>
    /// <param name="host">The host without its port.</param>
    /// <param name="ownPort">The port the request came in by when that is a named credential's own, else null.</param>
    /// <param name="catalog">The catalog now.</param>
    public static Callout Resolve(in RawTarget target, string host, int? ownPort, CatalogSnapshot catalog)
    {
        if (ownPort is { } port)
        {
            // A port outlives for a moment the named credential it was opened for; it must not come to mean another.
            var name = catalog.ByListenPort.TryGetValue(port, out var owner) ? owner.Name : $"port {port}";
            return new Callout { Name = name, Address = CalloutAddress.ListenPort, Path = target.Path, WholePath = target.Path, Query = target.Query };
        }
        if (host.EndsWith(HostSuffix, StringComparison.OrdinalIgnoreCase))
            return Named(host[..^HostSuffix.Length], CalloutAddress.Host, target.Path, target, catalog);
        var rest = target.Path.IndexOf('/', 1);
        var (first, path) = rest < 0 ? (target.Path[1..], "/") : (target.Path[1..rest], target.Path[rest..]);
        return Named(first, CalloutAddress.Path, path, target, catalog);
    }

    /// <remarks>A Name holds neither percent sign nor dot, so nothing encoded and no dot segment can be one.</remarks>
    private static Callout Named(string name, CalloutAddress address, string path, in RawTarget target, CatalogSnapshot catalog) => new()
    {
        Name = name.Length <= LongestNameShown ? name : string.Concat(name.AsSpan(0, LongestNameShown), "..."),
        Address = catalog.NamedCredentials.ContainsKey(name) ? address : CalloutAddress.None,
        Path = path,
        WholePath = target.Path,
        Query = target.Query,
    };
}
