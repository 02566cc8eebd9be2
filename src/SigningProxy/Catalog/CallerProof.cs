using SigningProxy.SigV4;

namespace SigningProxy.Catalog;

/// <summary>One way by which a declared caller proves itself. Each is told apart by its kind: a token never stands for a user id.</summary>
internal abstract record CallerProof;

/// <summary>The user or the group of the process at the other end of a Unix socket, as the kernel tells it.</summary>
/// <param name="Uid">The user id, or null for any.</param>
/// <param name="Gid">The group id, or null for any.</param>
internal sealed record UnixPeerProof(uint? Uid, uint? Gid) : CallerProof
{
    /// <summary>The user <c>nobody</c>, to which a kernel maps those it does not know: everybody's, and so nobody's.</summary>
    public const uint Nobody = 65534;
}

/// <summary>A token that the caller sends.</summary>
/// <param name="Digest">The SHA-256 of the token, in hexadecimal; the token itself is not kept.</param>
internal sealed record TokenProof(string Digest) : CallerProof
{
    /// <summary>The digest itself stands for a token only in comparisons.</summary>
    public override string ToString() => "a token (not shown)";
}

/// <summary>A JSON Web Token of an issuer.</summary>
/// <param name="Issuer">Its <c>iss</c>, compared exactly.</param>
/// <param name="Audience">One of its <c>aud</c>, or null for what the listener's issuer asks.</param>
/// <param name="Subject">Its <c>sub</c>, compared exactly.</param>
internal sealed record JwtProof(string Issuer, string? Audience, string Subject) : CallerProof
{
    /// <summary>Whether a bearer token has the form of a JSON Web Token; where a listener accepts these, it is no other token.</summary>
    public static bool IsFormOf(string token) => token.Count('.') == 2 && token.StartsWith("ey", StringComparison.Ordinal);
}

/// <summary>A client certificate that the listener's authorities vouch for.</summary>
/// <param name="Part">Which part of it names the caller.</param>
/// <param name="Value">What stands there; DNS names without regard to case, the others exactly.</param>
internal sealed record ClientCertificateProof(CertificatePart Part, string Value) : CallerProof;

internal enum CertificatePart
{
    /// <summary>The whole subject, such as <c>CN=orders, O=Shop</c>.</summary>
    Subject,

    /// <summary>A DNS name among its alternative names.</summary>
    Dns,

    /// <summary>A URI among its alternative names, such as a SPIFFE ID.</summary>
    Uri,
}

/// <summary>A signature by a key pair that is known to the caller and the proxy alone, and is no key of AWS.</summary>
/// <param name="Keys">The key pair.</param>
internal sealed record LocalSigV4Proof(SessionCredentials Keys) : CallerProof;
