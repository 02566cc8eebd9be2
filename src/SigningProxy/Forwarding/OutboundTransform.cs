using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http.Features;
using SigningProxy.Callouts;
using SigningProxy.Destinations;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace SigningProxy.Forwarding;

/// <summary>Gives YARP's messages their address and what signs them, and takes from its answers what is not the destination's to say.</summary>
internal sealed class OutboundTransform : ITransformProvider
{
    private readonly ConcurrentDictionary<string, Destination> _destinations = new(StringComparer.Ordinal);

    public void ValidateRoute(TransformRouteValidationContext context)
    {
    }

    public void ValidateCluster(TransformClusterValidationContext context)
    {
    }

    public void Apply(TransformBuilderContext context)
    {
        context.UseDefaultForwarders = false;
        context.CopyRequestHeaders = false;
        context.AddRequestTransform(Prepare);
        context.AddResponseTransform(SetOurs);
    }

    private async ValueTask Prepare(RequestTransformContext context)
    {
        var features = context.HttpContext.Features;
        var destination = DestinationOf(features.GetRequiredFeature<MatchedRoute>(), context.DestinationPrefix);
        if (destination is null)
        {
            await new Refusal(RefusalKind.CatalogChanged, "The catalog was replaced while the request was on its way. Send it again.")
            {
                RetryAfter = TimeSpan.FromSeconds(1),
            }.WriteAsync(context.HttpContext);
            return;
        }
        var intent = OutboundIntent.Of(context.HttpContext, destination, withAddress: true);
        context.ProxyRequest.RequestUri = intent.Address;
        SigningHandler.Attach(intent, context.ProxyRequest);
        features.Get<CallTimes>()?.Begin(CallStep.Destination);
    }

    /// <summary>Where the request goes, or null when YARP means another place than the snapshot does.</summary>
    private Destination? DestinationOf(MatchedRoute route, string prefix)
    {
        if (route.Origin == RouteOrigin.Catalog)
            return prefix == route.Destination!.Prefix ? route.Destination : null;
        var destination = _destinations.GetOrAdd(prefix, p => new Destination(new Uri(p)));
        return destination.IsSafe ? destination : null;
    }

    /// <summary>What the destination sent under our names does not pass for ours.</summary>
    private static ValueTask SetOurs(ResponseTransformContext context)
    {
        if (context.ProxyResponse is not { } answer)
            return default;
        context.HttpContext.Features.Get<CallTimes>()?.End(CallStep.Destination);
        var headers = context.HttpContext.Response.Headers;
        foreach (var (name, _) in answer.Headers.NonValidated)
        {
            if (OutboundHeaders.IsOurs(name))
                headers.Remove(name);
        }
        SetupCookies.Drop(headers);
        if (answer.RequestMessage is { } request && SigningHandler.Of(request)?.Replay is { } replay)
            headers[ReplayHeader.Name] = ReplayHeader.Word(replay);
        return default;
    }
}
