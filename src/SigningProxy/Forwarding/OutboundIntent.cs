using Microsoft.AspNetCore.Http.Features;
using SigningProxy.Access;
using SigningProxy.Bodies;
using SigningProxy.Callers;
using SigningProxy.Callouts;
using SigningProxy.Destinations;
using SigningProxy.Sessions;
using SigningProxy.SigV4;

namespace SigningProxy.Forwarding;

/// <summary>Decides what is sent: target, headers, body, and with whose keys it is signed.</summary>
internal static class OutboundIntent
{
    /// <param name="context">The caller's request, with all that was decided of it.</param>
    /// <param name="destination">Where it goes.</param>
    /// <param name="withAddress">Whether a message of YARP's is made of it, which needs one.</param>
    public static SigningIntent Of(HttpContext context, Destination destination, bool withAddress)
    {
        var features = context.Features;
        var callout = features.GetRequiredFeature<Callout>();
        var named = callout.NamedCredential;
        var body = features.Get<OutboundBody>();
        var headers = features.GetRequiredFeature<MatchedRoute>().Headers!;
        var target = OutboundTarget.Of(callout, named, destination);
        var request = new OutboundRequest
        {
            Method = context.Request.Method,
            Path = target.Path,
            Query = target.Query,
            Host = named.SignHost ?? destination.Host,
            Body = BodyOf(context, body),
        };
        headers.Apply(context.Request, request, features.GetRequiredFeature<Caller>(), features.GetRequiredFeature<AccessDecision>().Principal);
        return new SigningIntent
        {
            Signature = named.GenerateAuthorizationHeader ? IntendedSignature.Generated : IntendedSignature.CallersOwn,
            NamedCredential = named,
            Session = features.Get<Session>(),
            Destination = destination,
            Request = request,
            Address = withAddress ? target.AddressAt(destination) : null,
            Body = body,
            CustomHeaders = headers.CustomNames,
            Trace = features.Get<SigningTrace>(),
        };
    }

    private static RequestBody? BodyOf(HttpContext context, OutboundBody? body)
    {
        if (body?.Held is { } held)
            return new RequestBody(held, null, held.Length);
        return context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true
            ? new RequestBody(null, context.Request.BodyReader, context.Request.ContentLength)
            : null;
    }
}
