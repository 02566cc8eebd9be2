using SigningProxy.Catalog;
using SigningProxy.Destinations;
using Yarp.ReverseProxy.Configuration;

namespace SigningProxy.Forwarding;

/// <summary>What a route of the operator's own <c>ReverseProxy</c> section must keep to, so that nothing leaves by it unsigned, unprotected or other than signed.</summary>
internal static class SettingsRouteRules
{
    private static readonly string[] ResponseFields = ["Set", "Append", "When"];

    public static string? NameOf(RouteConfig route, ClusterConfig? cluster) =>
        Value(route.Metadata, MatchedRoute.NamedCredentialKey) ?? Value(cluster?.Metadata, MatchedRoute.NamedCredentialKey);

    /// <summary>Every rule the route breaks, each with its mend.</summary>
    public static IEnumerable<string> Faults(RouteConfig route, ClusterConfig? cluster, CatalogSnapshot catalog)
    {
        var name = NameOf(route, cluster);
        if (name is null)
            yield return $"neither it nor its cluster has the metadata \"{MatchedRoute.NamedCredentialKey}\", so its requests would leave unsigned. Add it with the Name of a named credential.";
        else if (!catalog.NamedCredentials.ContainsKey(name))
            yield return $"its metadata \"{MatchedRoute.NamedCredentialKey}\" names \"{name}\", which is no named credential of the catalog. Write the Name of one.";

        if (FirstSegment(route) is { } first && catalog.NamedCredentials.TryGetValue(first, out var hiding))
            yield return $"its path \"{route.Match.Path}\" begins with the Name of the named credential \"{hiding.Name}\", to whom every such request goes. Begin it with another word.";

        foreach (var key in (route.Transforms ?? []).SelectMany(t => t.Keys).Where(key => !OfTheResponse(key)))
            yield return $"its transform \"{key}\" would change what is signed. Only transforms of the response are allowed.";

        if (cluster is null)
        {
            yield return $"its cluster \"{route.ClusterId}\" does not exist. Declare it under ReverseProxy:Clusters.";
            yield break;
        }
        foreach (var (id, destination) in cluster.Destinations ?? new Dictionary<string, DestinationConfig>())
        {
            if (!Uri.TryCreate(destination.Address, UriKind.Absolute, out var url) || !new Destination(url).IsSafe)
                yield return $"the destination \"{id}\" of its cluster \"{cluster.ClusterId}\" is neither https nor on the loopback. Give it an https address.";
            else if (url.Query.Length > 0 || url.Fragment.Length > 0 || url.UserInfo.Length > 0)
                yield return $"the destination \"{id}\" of its cluster \"{cluster.ClusterId}\" has a query, a fragment or user information. Leave them out.";
            if (destination.Host is { Length: > 0 })
                yield return $"the destination \"{id}\" of its cluster \"{cluster.ClusterId}\" sets a Host. Set signHost on the named credential instead.";
        }
        if (cluster.HttpClient?.DangerousAcceptAnyServerCertificate == true)
            yield return $"its cluster \"{cluster.ClusterId}\" accepts any server certificate. Declare certificateAuthorities on a named credential instead.";
    }

    /// <summary>Whether it names a transform of the response, or one of the fields that those have. Configuration gives the keys of a transform in no telling order.</summary>
    private static bool OfTheResponse(string key) =>
        key.StartsWith("Response", StringComparison.OrdinalIgnoreCase) || ResponseFields.Contains(key, StringComparer.OrdinalIgnoreCase);

    private static string? FirstSegment(RouteConfig route) => route.Match.Path?.TrimStart('~').TrimStart('/').Split('/')[0];

    private static string? Value(IReadOnlyDictionary<string, string>? metadata, string key) =>
        metadata?.FirstOrDefault(pair => pair.Key.Equals(key, StringComparison.OrdinalIgnoreCase)).Value;
}
