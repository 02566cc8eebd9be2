using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http.Features;
using SigningProxy.Access;
using SigningProxy.Bodies;
using SigningProxy.Callers;
using SigningProxy.Callouts;
using SigningProxy.Sessions;
using SigningProxy.SigV4;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace SigningProxy.Forwarding;

/// <summary>Decides what is sent: address, headers, and with whose keys the handler signs it.</summary>
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
        context.AddRequestTransform(Prepare);
        context.AddResponseTransform(SetOurs);
    }

    private async ValueTask Prepare(RequestTransformContext context)
    {
        var features = context.HttpContext.Features;
        var callout = features.GetRequiredFeature<Callout>();
        var route = features.GetRequiredFeature<MatchedRoute>();
        var named = callout.NamedCredential;
        var principal = features.GetRequiredFeature<AccessDecision>().Principal;

        var destination = DestinationOf(route, context.DestinationPrefix);
        if (destination is null)
        {
            await new Refusal(RefusalKind.CatalogChanged, "The catalog was replaced while the request was on its way. Send it again.")
            {
                RetryAfter = TimeSpan.FromSeconds(1),
            }.WriteAsync(context.HttpContext);
            return;
        }
        var target = OutboundTarget.Of(callout, named, destination);
        var address = target.AddressAt(destination);
        context.ProxyRequest.RequestUri = address;
        route.Headers!.Apply(context.HttpContext.Request, context.ProxyRequest, destination, features.GetRequiredFeature<Caller>(), principal);
        new SigningIntent
        {
            Signature = named.GenerateAuthorizationHeader ? IntendedSignature.Generated : IntendedSignature.CallersOwn,
            NamedCredential = named,
            Session = features.Get<Session>(),
            Address = address,
            Target = target,
            Body = features.Get<OutboundBody>(),
            CustomHeaders = route.Headers.CustomNames,
            Trace = features.Get<SigningTrace>(),
        }.AttachTo(context.ProxyRequest);
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
            else if (name.Equals("Set-Cookie", StringComparison.OrdinalIgnoreCase))
                SetupCookies.Drop(headers);
        }
        if (answer.RequestMessage is { } request && SigningIntent.Of(request)?.Replay is { } replay)
            headers[ReplayHeader.Name] = ReplayHeader.Word(replay);
        return default;
    }
}
