using System.Collections.Frozen;
using Microsoft.AspNetCore.Http.Features;
using SigningProxy.Bodies;
using SigningProxy.Callers;
using SigningProxy.Callouts;
using SigningProxy.Catalog;
using SigningProxy.Destinations;
using SigningProxy.SigV4;

namespace SigningProxy.Forwarding;

/// <summary>A request made and signed just as it would be sent, and not sent: for explanations.</summary>
/// <param name="Request">With its signature on it.</param>
/// <param name="Address">Where it would go.</param>
/// <param name="Payload">What the signature says of the body.</param>
/// <param name="SecretHeaders">Those whose values are the operator's.</param>
internal sealed record OutboundRehearsal(OutboundRequest Request, Uri Address, PayloadHash Payload, FrozenSet<string> SecretHeaders)
{
    /// <param name="callout">What is called.</param>
    /// <param name="context">Method and headers of the caller's request.</param>
    /// <param name="body">Its body.</param>
    /// <param name="signer">Whose keys sign, and for whom.</param>
    /// <param name="now">When.</param>
    /// <param name="trace">Filled with the intermediates of the signature.</param>
    /// <returns>The request, or why it would be refused.</returns>
    /// <exception cref="SigningException">It cannot be signed as the catalog means it.</exception>
    public static (OutboundRehearsal? Rehearsal, Refusal? Refusal) Hold(
        Callout callout, HttpContext context, ReadOnlyMemory<byte> body, RehearsedSigner signer, DateTimeOffset now, SigningTrace trace)
    {
        var named = callout.NamedCredential;
        context.Features.Set<IHttpRequestBodyDetectionFeature>(new KnownBody(!body.IsEmpty));
        context.Request.ContentLength = context.Request.ContentLength is not null || !body.IsEmpty ? body.Length : null;
        if (BodyPlan.TryMake(context.Request, overTls: named.Url.Scheme == Uri.UriSchemeHttps, out var plan) is { } refusal)
            return (null, refusal);
        var hash = PayloadHash.Of(body.Span);
        if (plan is { Treatment: BodyTreatment.Hold, Given: { } given } && given != hash)
            return (null, new Refusal(RefusalKind.ContentSha256Mismatch, "The body's SHA-256 is not the one in X-Amz-Content-Sha256."));

        var headers = new OutboundHeaders(named);
        var destination = new Destination(named.Url);
        var target = OutboundTarget.Of(callout, named, destination);
        var request = new OutboundRequest { Method = context.Request.Method, Path = target.Path, Query = target.Query, Host = named.SignHost ?? destination.Host };
        headers.Apply(context.Request, request, signer.Caller, signer.Principal);
        var intent = new SigningIntent
        {
            Signature = IntendedSignature.Generated,
            NamedCredential = named,
            Session = null,
            Destination = destination,
            Request = request,
            Body = new OutboundBody(plan.Given ?? hash, plan.Treatment),
            CustomHeaders = headers.CustomNames,
            Trace = trace,
        };
        OutboundSignature.Set(intent, signer.Credentials, now);
        return (new OutboundRehearsal(request, target.AddressAt(destination), intent.Body.Hash, headers.CustomNames), null);
    }

    private sealed record KnownBody(bool CanHaveBody) : IHttpRequestBodyDetectionFeature;
}

/// <summary>Who would sign a request, and for which caller.</summary>
internal sealed record RehearsedSigner(Caller Caller, Principal Principal, SessionCredentials Credentials);
