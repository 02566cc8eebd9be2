using System.Security.Cryptography.X509Certificates;

namespace SigningProxy.LocalAws.RolesAnywhere;

/// <summary>Whether a leaf certificate leads to a trust anchor. Nothing is fetched: no revocation lists, no missing issuers.</summary>
internal static class CertificateTrust
{
    /// <summary>Why the leaf is not trusted at an instant; null when it is.</summary>
    public static string? Fault(PresentedCertificates presented, LocalTrustAnchor anchor, DateTimeOffset now)
    {
        if (anchor.RevokedSerials.Contains(presented.Serial, StringComparer.Ordinal))
        {
            return "the certificate is revoked";
        }

        return LeafFault(presented.Leaf) ?? ChainFault(presented, anchor.Certificate, now);
    }

    private static string? LeafFault(X509Certificate2 leaf)
    {
        if (leaf.Extensions.OfType<X509BasicConstraintsExtension>().Any(constraints => constraints.CertificateAuthority))
        {
            return "the certificate is a certificate authority's";
        }

        return leaf.Extensions.OfType<X509KeyUsageExtension>().All(usage => usage.KeyUsages.HasFlag(X509KeyUsageFlags.DigitalSignature))
            ? null
            : "the certificate's key is not for digital signatures";
    }

    private static string? ChainFault(PresentedCertificates presented, X509Certificate2 anchor, DateTimeOffset now)
    {
        using var chain = new X509Chain
        {
            ChainPolicy =
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
                DisableCertificateDownloads = true,
                VerificationTime = now.UtcDateTime,
                // An anchor may be an intermediate authority: that it is in the chain is asked below
                VerificationFlags = X509VerificationFlags.AllowUnknownCertificateAuthority,
            },
        };
        chain.ChainPolicy.CustomTrustStore.Add(anchor);
        chain.ChainPolicy.ExtraStore.AddRange(presented.Intermediates);
        try
        {
            if (!chain.Build(presented.Leaf))
            {
                return string.Join(", ", chain.ChainStatus.Select(status => status.Status.ToString()));
            }

            return chain.ChainElements.Skip(1).Any(element => element.Certificate.RawDataMemory.Span.SequenceEqual(anchor.RawDataMemory.Span))
                ? null
                : "the chain does not lead to the trust anchor";
        }
        finally
        {
            foreach (var element in chain.ChainElements)
            {
                element.Certificate.Dispose();
            }
        }
    }
}
