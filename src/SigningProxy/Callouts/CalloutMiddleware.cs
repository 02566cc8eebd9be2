using Microsoft.AspNetCore.Http.Features;
using SigningProxy.Catalog;

namespace SigningProxy.Callouts;

/// <summary>Reads the name from the raw target, once, before anything routes.</summary>
internal sealed class CalloutMiddleware(RequestDelegate next, CurrentCatalog catalog)
{
    public const string ReservedPrefix = "X-SigningProxy-";

    public Task InvokeAsync(HttpContext context)
    {
        var fault = RawTarget.TryParse(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget, out var target);
        if (fault is not null)
            return new Refusal(RefusalKind.TargetMalformed, fault).WriteAsync(context);
        if (HttpMethods.IsConnect(context.Request.Method))
            return new Refusal(RefusalKind.TargetMalformed, "CONNECT asks for a tunnel, and none is served.").WriteAsync(context);
        foreach (var (name, values) in context.Request.Headers)
        {
            if (values.Count > 1 && name.StartsWith(ReservedPrefix, StringComparison.OrdinalIgnoreCase))
                return new Refusal(RefusalKind.ReservedHeader, $"Send {name} once.").WriteAsync(context);
        }
        var ownPort = context.Features.Get<Listener>() is { Purpose: ListenerPurpose.OwnPort } ? context.Connection.LocalPort : (int?)null;
        var callout = CalloutResolver.Resolve(target, context.Request.Host.Host, ownPort, catalog.Snapshot);
        if (callout.Climbs)
            return new Refusal(RefusalKind.PathClimbs, "Dot segments in the path lead above the named credential's own root.").WriteAsync(context);

        context.Features.Set(callout);
        // From here on the path only chooses the route; what is sent comes from the callout.
        if (callout.Address != CalloutAddress.None)
            context.Request.Path = $"/{callout.Name}";
        return next(context);
    }
}
