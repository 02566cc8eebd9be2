using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace SigningProxy.Forwarding;

/// <summary>
/// The probes of YARP's active health checks. They carry nothing of any caller's, stand for no principal, and so go out unsigned; this
/// mark, which only their maker sets, is what tells them from a request that lost its intent.
/// </summary>
internal sealed class HealthProbe : IProbingRequestFactory
{
    private static readonly HttpRequestOptionsKey<bool> Mark = new("SigningProxy.HealthProbe");

    public static bool Is(HttpRequestMessage request) => request.Options.TryGetValue(Mark, out var marked) && marked;

    public HttpRequestMessage CreateRequest(ClusterModel cluster, DestinationModel destination)
    {
        var active = cluster.Config.HealthCheck?.Active;
        var address = destination.Config.Health is { Length: > 0 } health ? health : destination.Config.Address;
        var request = new HttpRequestMessage(HttpMethod.Get, $"{address.TrimEnd('/')}/{active?.Path?.TrimStart('/')}{active?.Query}");
        request.Options.Set(Mark, true);
        return request;
    }
}
