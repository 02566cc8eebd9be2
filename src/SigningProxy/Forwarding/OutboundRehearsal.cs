using System.Collections.Frozen;
using Microsoft.AspNetCore.Http.Features;
using SigningProxy.Bodies;
using SigningProxy.Callers;
using SigningProxy.Callouts;
using SigningProxy.Catalog;
using SigningProxy.SigV4;
using Yarp.ReverseProxy.Forwarder;

namespace SigningProxy.Forwarding;

/// <summary>A request made and signed just as it would be sent, and not sent: for explanations.</summary>
/// <param name="Request">With its signature on it.</param>
/// <param name="Payload">What the signature says of the body.</param>
/// <param name="SecretHeaders">Those whose values are the operator's.</param>
internal sealed record OutboundRehearsal(HttpRequestMessage Request, PayloadHash Payload, FrozenSet<string> SecretHeaders) : IDisposable
{
    public void Dispose() => Request.Dispose();

    /// <param name="callout">What is called.</param>
    /// <param name="context">Method and headers of the caller's request.</param>
    /// <param name="body">Its body.</param>
    /// <param name="signer">Whose keys sign, and for whom.</param>
    /// <param name="now">When.</param>
    /// <param name="trace">Filled with the intermediates of the signature.</param>
    /// <returns>The request, or why it would be refused.</returns>
    /// <exception cref="SigningException">It cannot be signed as the catalog means it.</exception>
    public static async Task<(OutboundRehearsal? Rehearsal, Refusal? Refusal)> HoldAsync(
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
        var request = new HttpRequestMessage(HttpMethod.Parse(context.Request.Method), target.AddressAt(destination));
        if (!body.IsEmpty)
            request.Content = new ReadOnlyMemoryContent(body);
        // YARP's own copying, before any transform.
        await HttpTransformer.Empty.TransformRequestAsync(context, request, destination.Prefix, CancellationToken.None);
        headers.Apply(context.Request, request, destination, signer.Caller, signer.Principal);
        var intent = new SigningIntent
        {
            Signature = IntendedSignature.Generated,
            NamedCredential = named,
            Session = null,
            Address = request.RequestUri!,
            Target = target,
            Body = new OutboundBody(plan.Given ?? hash, plan.Treatment),
            CustomHeaders = headers.CustomNames,
        };
        OutboundSignature.Set(request, intent, signer.Credentials, now, trace);
        return (new OutboundRehearsal(request, intent.Body.Hash, headers.CustomNames), null);
    }

    private sealed record KnownBody(bool CanHaveBody) : IHttpRequestBodyDetectionFeature;
}

/// <summary>Who would sign a request, and for which caller.</summary>
internal sealed record RehearsedSigner(Caller Caller, Principal Principal, SessionCredentials Credentials);
