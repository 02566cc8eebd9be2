using System.Collections.Frozen;
using System.Runtime.InteropServices;
using SigningProxy.SigV4;

namespace SigningProxy.Forwarding;

/// <summary>Signs an outgoing request as it stands, and puts the signature on it in the place of any before.</summary>
internal static class OutboundSignature
{
    /// <param name="intent">The request, and what of it is to be signed.</param>
    /// <param name="credentials">Whose signature it is.</param>
    /// <param name="now">When it is made.</param>
    public static void Set(SigningIntent intent, SessionCredentials credentials, DateTimeOffset now)
    {
        var request = intent.Request;
        var headers = new List<RequestHeader>(8) { new("host", request.Host) };
        foreach (var header in request.Headers)
        {
            if (Covers(header.Name, intent.CustomHeaders))
                headers.Add(header);
        }
        var signature = SigV4Signer.Sign(
            new SigningRequest
            {
                Method = request.Method,
                Path = request.Path,
                Query = request.Query,
                Headers = CollectionsMarshal.AsSpan(headers),
                Payload = intent.Body?.Hash ?? PayloadHash.Empty,
            },
            credentials,
            intent.ExternalCredential.Scope,
            now,
            intent.ExternalCredential.Signing,
            intent.Trace);

        request.Set("X-Amz-Date", signature.AmzDate);
        if (signature.ContentSha256 is { } hash)
            request.Set("X-Amz-Content-Sha256", hash);
        if (signature.SecurityToken is { } token)
            request.Set("X-Amz-Security-Token", token);
        else
            request.Remove("X-Amz-Security-Token");
        if (signature.RegionSet is { } regions)
            request.Set("X-Amz-Region-Set", regions);
        request.Set("Authorization", signature.Authorization);
    }

    /// <summary>Whether a header is signed, and so sent as one line.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="custom">The names of custom headers.</param>
    public static bool Covers(string name, FrozenSet<string> custom) =>
        (SignedHeaderRule.ByDefault(name) || custom.Contains(name)) && !SignedHeaderRule.IsNever(name);
}
