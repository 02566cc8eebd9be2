using Microsoft.AspNetCore.Http.Features;
using SigningProxy.Destinations;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Model;

namespace SigningProxy.Forwarding;

/// <summary>
/// Chooses the way to the destination. A named credential has one destination, so there is none to choose, to stick to or to watch the health of:
/// its requests take our own connections, or YARP's forwarder where HTTP/2, an upgrade or the environment's proxy is meant. Routes of the
/// operator's own take all of YARP's steps.
/// </summary>
internal sealed class DirectForwardingMiddleware(RequestDelegate next, DirectForwarder direct, IHttpForwarder forwarder, FailedForwarding failed)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.Features.Get<MatchedRoute>() is not { Origin: RouteOrigin.Catalog, Destination: { } destination } route)
            return OperatorsOwnAsync(context);
        if (route.Pool is not { } pool || IsUpgrade(context))
            return ByYarpAsync(context, destination);
        var learning = pool.LearnAsync(context.RequestAborted);
        if (!learning.IsCompletedSuccessfully)
            return LearnAsync(learning, context, destination, pool);
        return pool.SpeaksHttp2 ? ByYarpAsync(context, destination) : direct.SendAsync(context, destination, pool);
    }

    private static bool IsUpgrade(HttpContext context) =>
        context.Features.Get<IHttpUpgradeFeature>()?.IsUpgradableRequest == true || context.Features.Get<IHttpExtendedConnectFeature>()?.IsExtendedConnect == true;

    private async Task LearnAsync(ValueTask learning, HttpContext context, Destination destination, DestinationPool pool)
    {
        try
        {
            await learning;
        }
        catch (Exception e)
        {
            await failed.AnswerAsync(context, e is OperationCanceledException ? ForwarderError.RequestCanceled : ForwarderError.Request, e);
            return;
        }
        await (pool.SpeaksHttp2 ? ByYarpAsync(context, destination) : direct.SendAsync(context, destination, pool));
    }

    private async Task ByYarpAsync(HttpContext context, Destination destination)
    {
        var route = context.GetEndpoint()!.Metadata.GetRequiredMetadata<RouteModel>();
        var cluster = route.Cluster!.Model;
        if (await forwarder.SendAsync(context, destination.Prefix, cluster.HttpClient, cluster.Config.HttpRequest!, route.Transformer) != ForwarderError.None)
            await failed.AnswerAsync(context);
    }

    private async Task OperatorsOwnAsync(HttpContext context)
    {
        await next(context);
        await failed.AnswerAsync(context);
    }
}
