using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SigningProxy.Catalog;

namespace SigningProxy.Listeners;

/// <summary>
/// What TLS listeners show and whom they trust: a certificate with its key, and the authorities of client certificates. The files are looked
/// at with every handshake and read again when they changed; what cannot be read leaves the last good in place.
/// </summary>
/// <param name="options">The files.</param>
/// <param name="section">The host settings that name them.</param>
internal sealed class ListenerCertificate(ListenerOptions options, string section = ListenerOptions.Section)
{
    private readonly Lock _lock = new();
    private string _stamp = "";
    private SslStreamCertificateContext? _shown;
    private X509Certificate2Collection? _authorities;

    /// <summary>What is wrong with the files now, each fault with its mend; for the start.</summary>
    public IEnumerable<string> Faults()
    {
        var faults = new List<string>();
        try
        {
            Read();
        }
        catch (Exception e) when (IsOfTheFiles(e))
        {
            faults.Add($"{section}:CertificateFile: no certificate with its private key could be read ({e.GetType().Name}). Give both as PEM, and client authorities as a PEM bundle.");
        }
        return faults;
    }

    public SslServerAuthenticationOptions For(bool withClients)
    {
        lock (_lock)
        {
            if (Stamp() != _stamp)
            {
                try
                {
                    Read();
                }
                catch (Exception e) when (IsOfTheFiles(e))
                {
                    // Half-written, most likely: the next handshake looks again.
                }
            }
            return new SslServerAuthenticationOptions
            {
                ServerCertificateContext = _shown,
                ClientCertificateRequired = withClients,
                CertificateChainPolicy = OfflineTrust.Policy(),
                // Without a certificate a caller may prove itself otherwise; one that is shown must hold.
                RemoteCertificateValidationCallback = (_, certificate, sent, _) => certificate is null || (withClients && IsTrusted((X509Certificate2)certificate, sent)),
            };
        }
    }

    private bool IsTrusted(X509Certificate2 certificate, X509Chain? sent)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy = OfflineTrust.Policy(Volatile.Read(ref _authorities) ?? []);
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.2"));
        // The intermediates that the client sent along.
        if (sent is not null)
            chain.ChainPolicy.ExtraStore.AddRange(sent.ChainPolicy.ExtraStore);
        return chain.Build(certificate);
    }

    private void Read()
    {
        var stamp = Stamp();
        var pem = File.ReadAllText(options.CertificateFile);
        using var bare = X509Certificate2.CreateFromPem(pem, File.ReadAllText(options.CertificateKeyFile.Length > 0 ? options.CertificateKeyFile : options.CertificateFile));
        var all = new X509Certificate2Collection();
        all.ImportFromPem(pem);
        X509Certificate2Collection? authorities = null;
        if (options.ClientAuthoritiesFile.Length > 0)
        {
            authorities = [];
            authorities.ImportFromPem(File.ReadAllText(options.ClientAuthoritiesFile));
            if (authorities.Count == 0)
                throw new CryptographicException("The bundle of client authorities is empty.");
        }
        // TLS wants a key that is kept as one of PKCS#12 is.
        var leaf = X509CertificateLoader.LoadPkcs12(bare.Export(X509ContentType.Pfx), password: null, X509KeyStorageFlags.EphemeralKeySet);
        _shown = SslStreamCertificateContext.Create(leaf, [.. all.Where(c => c.Thumbprint != leaf.Thumbprint)], offline: true);
        Volatile.Write(ref _authorities, authorities);
        _stamp = stamp;
    }

    private string Stamp() => string.Join('|', new[] { options.CertificateFile, options.CertificateKeyFile, options.ClientAuthoritiesFile }
        .Where(file => file.Length > 0).Select(file => new FileInfo(file) is { Exists: true } found ? $"{found.LastWriteTimeUtc.Ticks}:{found.Length}:{found.ResolveLinkTarget(true)?.FullName}" : "none"));

    private static bool IsOfTheFiles(Exception e) => e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException;
}
