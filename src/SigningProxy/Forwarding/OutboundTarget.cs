using SigningProxy.Callouts;
using SigningProxy.Catalog;
using SigningProxy.Destinations;
using SigningProxy.SigV4;

namespace SigningProxy.Forwarding;

/// <summary>The target that is signed and sent: one string for both.</summary>
/// <param name="Path">Base path and caller's path.</param>
/// <param name="Query">Without its question mark.</param>
internal readonly record struct OutboundTarget(string Path, string Query)
{
    public static OutboundTarget Of(Callout callout, NamedCredential named, Destination destination) => new(
        callout.PathSentTo(named, destination.BasePath),
        // What a caller presigned with is of no use at the destination: S3 refuses a request with two signatures.
        named.GenerateAuthorizationHeader ? CanonicalQuery.ToSend(callout.Query, PresignedQuery.Names) : callout.Query);

    /// <summary>The address to the character: nothing decodes, escapes or normalises it any more.</summary>
    public Uri AddressAt(Destination destination) => new(
        Query.Length == 0 ? string.Concat(destination.Origin, Path) : string.Concat(destination.Origin, Path, "?", Query),
        new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
}
