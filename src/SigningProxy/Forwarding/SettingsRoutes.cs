using SigningProxy.Catalog;
using Yarp.ReverseProxy.Configuration;

namespace SigningProxy.Forwarding;

/// <summary>Ties the operator's own routes to the catalog, whenever YARP takes up either of them. A route that breaks a rule stays, and refuses.</summary>
internal sealed class SettingsRoutes(CurrentCatalog catalog, ILogger<SettingsRoutes> logger) : IProxyConfigFilter
{
    public ValueTask<ClusterConfig> ConfigureClusterAsync(ClusterConfig cluster, CancellationToken cancel) => new(cluster);

    public ValueTask<RouteConfig> ConfigureRouteAsync(RouteConfig route, ClusterConfig? cluster, CancellationToken cancel)
    {
        if (route.Metadata is MatchedRoute)
            return new(route);
        var snapshot = catalog.Snapshot;
        var fault = SettingsRouteRules.Faults(route, cluster, snapshot).FirstOrDefault();
        if (fault is not null)
            Log.RouteRefused(logger, route.RouteId, fault);
        var named = fault is null ? snapshot.NamedCredentials[SettingsRouteRules.NameOf(route, cluster)!] : null;
        return new(route with { Metadata = new MatchedRoute(RouteOrigin.Settings, snapshot, named, route.Metadata) });
    }

    /// <summary>Every rule that the section breaks, to be known before the first request.</summary>
    public static IEnumerable<string> Faults(IEnumerable<IProxyConfigProvider> providers, CatalogSnapshot catalog)
    {
        foreach (var config in providers.Where(p => p is not CatalogRoutes).Select(p => p.GetConfig()))
        {
            foreach (var route in config.Routes)
            {
                var cluster = config.Clusters.FirstOrDefault(c => c.ClusterId.Equals(route.ClusterId, StringComparison.OrdinalIgnoreCase));
                foreach (var fault in SettingsRouteRules.Faults(route, cluster, catalog))
                    yield return $"ReverseProxy:Routes:{route.RouteId}: {fault}";
            }
        }
    }
}
