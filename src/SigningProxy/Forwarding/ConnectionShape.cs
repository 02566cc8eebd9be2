using System.Net.Security;
using System.Text;
using SigningProxy.Catalog;

namespace SigningProxy.Forwarding;

/// <summary>The metadata of a catalog's cluster: all of a named credential that shapes the connection itself.</summary>
internal sealed class ConnectionShape(NamedCredential named) : CarriedMetadata(new Dictionary<string, string> { ["SigningProxy.Connection"] = KeyOf(named) })
{
    /// <summary>Equal for shapes whose connections may be shared.</summary>
    public string Key { get; } = KeyOf(named);

    /// <summary>Where the connections may lead.</summary>
    public AddressReach Reach => named.Reach;

    public void Apply(SslClientAuthenticationOptions options)
    {
        // Offline: what a destination needs of the chain is in the files, and is not looked for in the network.
        if (named.ClientCertificate is { } chain)
            options.ClientCertificateContext = SslStreamCertificateContext.Create(chain.Leaf, [.. chain.Intermediates], offline: true);
        options.CertificateChainPolicy = OfflineTrust.Policy(named.CertificateAuthorities);
    }

    public static string KeyOf(NamedCredential named)
    {
        var key = new StringBuilder();
        if (named.ClientCertificate is { } chain)
            key.AppendJoin(',', chain.Intermediates.Prepend(chain.Leaf).Select(c => c.Thumbprint));
        key.Append('|');
        foreach (var authority in named.CertificateAuthorities ?? [])
            key.Append(authority.Thumbprint).Append(',');
        key.Append('|').Append(named.Reach);
        return key.ToString();
    }
}
