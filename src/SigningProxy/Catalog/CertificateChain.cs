using System.Security.Cryptography.X509Certificates;
using SigningProxy.SigV4;

namespace SigningProxy.Catalog;

/// <summary>A certificate with its private key, and the intermediates that lead from it towards its root.</summary>
/// <param name="Leaf">With its private key, RSA or ECDSA.</param>
/// <param name="Intermediates">In issuing order: the first signed the leaf. No self-signed root is among them, for whoever trusts it has it.</param>
internal sealed record CertificateChain(X509Certificate2 Leaf, IReadOnlyList<X509Certificate2> Intermediates)
{
    public CertificateLife Life => new(Leaf.NotBefore, Leaf.NotAfter);

    /// <summary>Finds the way from a leaf towards its root; what does not lie on it is left out.</summary>
    /// <param name="leaf">With its private key.</param>
    /// <param name="others">The certificates that came with it, in any order.</param>
    public static CertificateChain From(X509Certificate2 leaf, IEnumerable<X509Certificate2> others)
    {
        var left = others.Where(c => !SigningCertificate.IsIssuer(c, c) && !c.RawDataMemory.Span.SequenceEqual(leaf.RawDataMemory.Span)).ToList();
        var intermediates = new List<X509Certificate2>();
        // Of an authority that was renewed under its old name and key, the certificate that lasts longest leads on.
        for (var at = leaf; left.Where(c => SigningCertificate.IsIssuer(c, at)).MaxBy(c => c.NotAfter) is { } issuer; at = issuer)
        {
            intermediates.Add(issuer);
            left.Remove(issuer);
        }
        return new CertificateChain(leaf, intermediates);
    }

    public override string ToString() => Leaf.Subject;
}
