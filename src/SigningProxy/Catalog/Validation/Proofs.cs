using System.Security.Cryptography;
using System.Text;
using SigningProxy.Catalog.Declarations;
using SigningProxy.SigV4;

namespace SigningProxy.Catalog.Validation;

/// <summary>Makes proofs of their declarations.</summary>
internal static class Proofs
{
    /// <summary>The proof, or null where it cannot be given: its secret could not be read, or it breaks a rule.</summary>
    public static CallerProof? Of(ProofDeclaration from, CatalogMaterial material) => from switch
    {
        { UnixPeer: { } peer } => new UnixPeerProof((uint?)peer.Uid, (uint?)peer.Gid),
        { Token: { } token } => material.SecretOf(token) is { } text ? new TokenProof(DigestOf(text.Reveal())) : null,
        { Jwt: { Issuer: { } issuer, Subject: { } subject } jwt } => new JwtProof(issuer, jwt.Audience, subject),
        { ClientCertificate.Subject: { } subject } => new ClientCertificateProof(CertificatePart.Subject, subject),
        { ClientCertificate.Dns: { } dns } => new ClientCertificateProof(CertificatePart.Dns, dns.ToLowerInvariant()),
        { ClientCertificate.Uri: { } uri } => new ClientCertificateProof(CertificatePart.Uri, uri),
        { LocalSigV4: { AccessKeyId: { } id } local } when !string.IsNullOrWhiteSpace(id) && !string.IsNullOrWhiteSpace(material.SecretOf(local.Secret)?.Reveal()) =>
            new LocalSigV4Proof(new SessionCredentials(id, material.SecretOf(local.Secret)!.Reveal())),
        _ => null,
    };

    public static string DigestOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
