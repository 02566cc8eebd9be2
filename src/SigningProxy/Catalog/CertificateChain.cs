using System.Security.Cryptography.X509Certificates;

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
        var left = others.Where(c => !IsSelfSigned(c) && !c.RawDataMemory.Span.SequenceEqual(leaf.RawDataMemory.Span)).ToList();
        var intermediates = new List<X509Certificate2>();
        // Of an authority that was renewed under its old name and key, the certificate that lasts longest leads on.
        for (var at = leaf; left.Where(c => MayHaveSigned(c, at)).MaxBy(c => c.NotAfter) is { } issuer; at = issuer)
        {
            intermediates.Add(issuer);
            left.Remove(issuer);
        }
        return new CertificateChain(leaf, intermediates);
    }

    public override string ToString() => Leaf.Subject;

    private static bool IsSelfSigned(X509Certificate2 certificate) => MayHaveSigned(certificate, certificate);

    // RFC 5280, 4.2.1.1: the key identifier tells apart authorities of one name.
    private static bool MayHaveSigned(X509Certificate2 issuer, X509Certificate2 certificate) =>
        issuer.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData)
        && (certificate.Extensions.OfType<X509AuthorityKeyIdentifierExtension>().FirstOrDefault()?.KeyIdentifier is not { } wanted
            || issuer.Extensions.OfType<X509SubjectKeyIdentifierExtension>().FirstOrDefault() is not { } identifier
            || identifier.SubjectKeyIdentifierBytes.Span.SequenceEqual(wanted.Span));
}
