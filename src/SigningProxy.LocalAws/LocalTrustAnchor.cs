using System.Security.Cryptography.X509Certificates;

namespace SigningProxy.LocalAws;

/// <summary>A certificate authority that Roles Anywhere trusts.</summary>
/// <param name="Arn">The trust anchor's ARN. Its region is the only one that a signature may name.</param>
/// <param name="Certificate">The authority's certificate, root or intermediate. Its owner disposes it after the stand-in.</param>
public sealed record LocalTrustAnchor(string Arn, X509Certificate2 Certificate)
{
    /// <summary>Serial numbers in decimal of leaf certificates that are trusted no more.</summary>
    public IReadOnlyCollection<string> RevokedSerials { get; init; } = [];
}
