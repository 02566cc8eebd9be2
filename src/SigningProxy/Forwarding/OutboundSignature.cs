using System.Runtime.InteropServices;
using SigningProxy.SigV4;

namespace SigningProxy.Forwarding;

/// <summary>Signs an outgoing request as it stands, and puts the signature on it in the place of any before.</summary>
internal static class OutboundSignature
{
    /// <param name="request">The request.</param>
    /// <param name="intent">What is to be signed.</param>
    /// <param name="credentials">Whose signature it is.</param>
    /// <param name="now">When it is made.</param>
    /// <param name="trace">Filled with the intermediates when given.</param>
    public static void Set(HttpRequestMessage request, SigningIntent intent, SessionCredentials credentials, DateTimeOffset now, SigningTrace? trace = null)
    {
        var headers = new List<RequestHeader>(8);
        Collect(request, intent, headers);
        var signature = SigV4Signer.Sign(
            new SigningRequest
            {
                Method = request.Method.Method,
                Path = intent.Target.Path,
                Query = intent.Target.Query,
                Headers = CollectionsMarshal.AsSpan(headers),
                Payload = intent.Body?.Hash ?? PayloadHash.Empty,
            },
            credentials,
            intent.ExternalCredential.Scope,
            now,
            intent.ExternalCredential.Signing,
            trace);

        OutboundHeaders.Set(request, "X-Amz-Date", signature.AmzDate);
        if (signature.ContentSha256 is { } hash)
            OutboundHeaders.Set(request, "X-Amz-Content-Sha256", hash);
        if (signature.SecurityToken is { } token)
            OutboundHeaders.Set(request, "X-Amz-Security-Token", token);
        else
            request.Headers.Remove("X-Amz-Security-Token");
        if (signature.RegionSet is { } regions)
            OutboundHeaders.Set(request, "X-Amz-Region-Set", regions);
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
