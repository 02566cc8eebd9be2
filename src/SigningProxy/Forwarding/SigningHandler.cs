using SigningProxy.Sessions;
using SigningProxy.SigV4;

namespace SigningProxy.Forwarding;

/// <summary>
/// Puts the signature on, as the last thing before the wire: only here are address, host and headers what is sent. Whatever fails here
/// fails the call, and nothing reaches the destination.
/// </summary>
internal sealed class SigningHandler(HttpMessageHandler inner, TimeProvider time) : DelegatingHandler(inner)
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (HealthProbe.Is(request))
            return base.SendAsync(request, cancellationToken);
        var intent = SigningIntent.Of(request) ?? throw new SigningException("The request carries no signing intent.");
        if (!ReferenceEquals(request.RequestUri, intent.Address))
            throw new SigningException("The address was rewritten after it was settled.");
        if (intent.Signature == IntendedSignature.Generated)
            Sign(request, intent);
        return base.SendAsync(request, cancellationToken);
    }

    private void Sign(HttpRequestMessage request, SigningIntent intent)
    {
        var headers = new List<RequestHeader>(8);
        Collect(request, intent, headers);
        var signature = SigV4Signer.Sign(
            new SigningRequest
            {
                Method = request.Method.Method,
                Path = intent.Target.Path,
                Query = intent.Target.Query,
                Headers = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(headers),
                Payload = intent.Payload,
            },
            AccessKeySource.Obtain(intent.Principal),
            intent.ExternalCredential.Scope,
            time.GetUtcNow(),
            intent.ExternalCredential.Signing);

        OutboundHeaders.Set(request, "X-Amz-Date", signature.AmzDate);
        if (signature.ContentSha256 is { } hash)
            OutboundHeaders.Set(request, "X-Amz-Content-Sha256", hash);
        if (signature.SecurityToken is { } token)
            OutboundHeaders.Set(request, "X-Amz-Security-Token", token);
        OutboundHeaders.Set(request, "Authorization", signature.Authorization);
    }

    /// <summary>Gathers what is signed, and makes one line of a header that has several.</summary>
    private static void Collect(HttpRequestMessage request, SigningIntent intent, List<RequestHeader> headers)
    {
        headers.Add(new("host", request.Headers.Host ?? throw new SigningException("The request has no host.")));
        var several = false;
        foreach (var (name, values) in request.Headers.NonValidated)
            several |= Take(name, values.Count, values.ToString(), intent, headers);
        if (request.Content is { } content)
        {
            foreach (var (name, values) in content.Headers.NonValidated)
                several |= Take(name, values.Count, values.ToString(), intent, headers);
        }
        if (!several)
            return;
        foreach (var (name, value) in headers)
        {
            if (!name.Equals("host", StringComparison.OrdinalIgnoreCase))
                OutboundHeaders.Set(request, name, value);
        }
    }

    private static bool Take(string name, int count, string value, SigningIntent intent, List<RequestHeader> headers)
    {
        if (name.Equals("Host", StringComparison.OrdinalIgnoreCase)
            || SignedHeaderRule.IsNever(name)
            || !(SignedHeaderRule.ByDefault(name) || intent.CustomHeaders.Contains(name)))
        {
            return false;
        }
        headers.Add(new(name, value));
        return count > 1;
    }
}
