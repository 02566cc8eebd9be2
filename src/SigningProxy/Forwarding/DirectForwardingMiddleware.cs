using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Model;

namespace SigningProxy.Forwarding;

/// <summary>
/// Hands a request on a route of the catalog straight to YARP's forwarder: a named credential has one destination, so there is none to
/// choose, to stick to or to watch the health of. Routes of the operator's own take all of YARP's steps. Either may fail, and then the caller is told.
/// </summary>
internal sealed class DirectForwardingMiddleware(RequestDelegate next, IHttpForwarder forwarder, FailedForwarding failed)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.Features.Get<MatchedRoute>() is { Origin: RouteOrigin.Catalog, Destination: { } destination })
        {
            var route = context.GetEndpoint()!.Metadata.GetRequiredMetadata<RouteModel>();
            var cluster = route.Cluster!.Model;
            if (await forwarder.SendAsync(context, destination.Prefix, cluster.HttpClient, cluster.Config.HttpRequest!, route.Transformer) == ForwarderError.None)
                return;
        }
        else
        {
            await next(context);
        }
        await failed.AnswerAsync(context);
    }
}
