using System.Security.Cryptography.X509Certificates;

namespace SigningProxy.Catalog;

/// <summary>
/// How a peer's certificate is judged: by what it shows and what is on this machine. An intermediate that it leaves out is not fetched from
/// where its certificate says: the peer would choose whom the proxy calls, and a thread that serves sockets would wait for it.
/// </summary>
internal static class OfflineTrust
{
    /// <param name="authorities">Trusted in place of the system's; null for those.</param>
    public static X509ChainPolicy Policy(X509Certificate2Collection? authorities = null)
    {
        var policy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
        if (authorities is not null)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(authorities);
        }
        return policy;
    }
}
