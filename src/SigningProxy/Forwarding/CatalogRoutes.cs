using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using SigningProxy.Catalog;
using SigningProxy.Destinations;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;

namespace SigningProxy.Forwarding;

/// <summary>The routes and clusters of the catalog: one of each for every named credential.</summary>
internal sealed class CatalogRoutes(CurrentCatalog catalog, DestinationPools pools, DestinationConnections connections, IOptions<DestinationOptions> options) : IProxyConfigProvider
{
    public IProxyConfig GetConfig()
    {
        var (snapshot, replaced) = catalog.Watch();
        pools.Forget(allBut: snapshot);
        connections.Forget(allBut: snapshot);
        return new Config(
            [.. snapshot.NamedCredentials.Values.Select(named => Route(named, snapshot))],
            [.. snapshot.NamedCredentials.Values.Select(Cluster)],
            replaced);
    }

    private RouteConfig Route(NamedCredential named, CatalogSnapshot snapshot) => new()
    {
        RouteId = named.Name,
        ClusterId = ClusterId(named),
        // Before any route of the operator's own: a name that was read from the raw target is not open to another reading.
        Order = int.MinValue,
        Match = new RouteMatch { Path = $"/{named.Name}" },
        Metadata = new MatchedRoute(RouteOrigin.Catalog, snapshot, named) { Pool = pools.Of(named) },
    };

    private ClusterConfig Cluster(NamedCredential named) => new()
    {
        ClusterId = ClusterId(named),
        Destinations = new Dictionary<string, DestinationConfig> { ["url"] = new() { Address = named.Url.AbsoluteUri } },
        HttpRequest = new ForwarderRequestConfig { ActivityTimeout = options.Value.ActivityTimeout },
        Metadata = new ConnectionShape(named),
    };

    /// <summary>
    /// YARP changes a cluster in place, under the feet of requests that matched a route of the revision before. A cluster whose name
    /// holds a digest of all that shapes it never changes.
    /// </summary>
    private static string ClusterId(NamedCredential named)
    {
        var shape = $"{named.Url.AbsoluteUri}\n{ConnectionShape.KeyOf(named)}";
        return $"{named.Name}#{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(shape)).AsSpan(0, 8))}";
    }

    private sealed class Config(IReadOnlyList<RouteConfig> routes, IReadOnlyList<ClusterConfig> clusters, IChangeToken changed) : IProxyConfig
    {
        public IReadOnlyList<RouteConfig> Routes => routes;

        public IReadOnlyList<ClusterConfig> Clusters => clusters;

        public IChangeToken ChangeToken => changed;
    }
}
