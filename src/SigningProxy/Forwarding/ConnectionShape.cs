using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using SigningProxy.Catalog;

namespace SigningProxy.Forwarding;

/// <summary>The metadata of a catalog's cluster: all of a named credential that shapes the connection itself.</summary>
internal sealed class ConnectionShape(NamedCredential named) : CarriedMetadata(new Dictionary<string, string> { ["SigningProxy.Connection"] = KeyOf(named) })
{
    /// <summary>Equal for shapes whose connections may be shared.</summary>
    public string Key { get; } = KeyOf(named);

    public void Apply(SslClientAuthenticationOptions options)
    {
        if (named.ClientCertificate is { } certificate)
            options.ClientCertificateContext = SslStreamCertificateContext.Create(certificate, additionalCertificates: null, offline: true);
        if (named.CertificateAuthorities is { } authorities)
        {
            options.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            options.CertificateChainPolicy.CustomTrustStore.AddRange(authorities);
        }
    }

    public static string KeyOf(NamedCredential named)
    {
        var key = new StringBuilder(named.ClientCertificate?.Thumbprint).Append('|');
        foreach (var authority in named.CertificateAuthorities ?? [])
            key.Append(authority.Thumbprint).Append(',');
        return key.ToString();
    }
}
