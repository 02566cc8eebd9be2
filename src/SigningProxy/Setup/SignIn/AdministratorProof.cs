using System.Security.Cryptography;
using System.Text;
using SigningProxy.Catalog;
using SigningProxy.Operations;

namespace SigningProxy.Setup.SignIn;

/// <summary>One way by which an administrator proves who it is.</summary>
internal abstract record AdministratorProof;

/// <summary>A token that the host settings name.</summary>
/// <param name="Token">Where its text is.</param>
internal sealed record DeclaredToken(OperatorToken Token) : AdministratorProof;

/// <summary>A token that Setup made.</summary>
/// <param name="Digest">Its SHA-256 in hexadecimal; the token itself is not kept.</param>
internal sealed record MadeToken(string Digest) : AdministratorProof
{
    /// <summary>Whether a text is the token, in a time that depends on neither.</summary>
    public bool Is(string text) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(DigestOf(text)), Encoding.ASCII.GetBytes(Digest));

    public static string DigestOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    public override string ToString() => "a token (not shown)";
}

/// <summary>A claim of whom the OIDC issuer signed in.</summary>
/// <param name="Claim">Such as <c>sub</c>, <c>email</c> or <c>groups</c>.</param>
/// <param name="Value">Compared exactly; where the claim is a list, one of it.</param>
internal sealed record OidcClaim(string Claim, string Value) : AdministratorProof;

/// <summary>A client certificate that the authorities of Setup's listener vouch for.</summary>
/// <param name="Name">Which of its names is asked for.</param>
internal sealed record CertificateName(ClientCertificateProof Name) : AdministratorProof
{
    /// <summary>DNS names are compared without regard to case.</summary>
    public static CertificateName Of(CertificatePart part, string value) =>
        new(new ClientCertificateProof(part, part == CertificatePart.Dns ? value.ToLowerInvariant() : value));
}
