using Microsoft.AspNetCore.Http.Features;
using SigningProxy.Callouts;
using SigningProxy.Catalog;
using Yarp.ReverseProxy.Model;

namespace SigningProxy.Forwarding;

/// <summary>Gives the request the snapshot of the route it matched, and what that route stands for; <see cref="NamedCredential.Nothing"/> where the two disagree.</summary>
internal sealed class RouteMiddleware(RequestDelegate next, CurrentCatalog catalog)
{
    public Task InvokeAsync(HttpContext context)
    {
        var callout = context.Features.GetRequiredFeature<Callout>();
        var route = context.GetEndpoint()?.Metadata.GetMetadata<RouteModel>()?.Config.Metadata as MatchedRoute;
        callout.Snapshot = route?.Snapshot ?? catalog.Snapshot;
        if (route is not null && Agree(callout, route, context))
        {
            callout.NamedCredential = route.NamedCredential ?? NamedCredential.Nothing;
            if (route.Origin == RouteOrigin.Settings)
                callout.Path = callout.WholePath;
            context.Features.Set(route);
        }
        return next(context);
    }

    private static bool Agree(Callout callout, MatchedRoute route, HttpContext context)
    {
        if (route.Origin == RouteOrigin.Catalog)
            return callout.Address != CalloutAddress.None && DeveloperName.Comparer.Equals(callout.Name, route.NamedCredential?.Name);
        // A route of the operator's own was matched by the decoded path with its dot segments removed, while the raw one is sent.
        return callout.Address == CalloutAddress.None && context.Request.Path == PathString.FromUriComponent(callout.WholePath);
    }
}
