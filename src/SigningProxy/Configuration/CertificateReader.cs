using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using SigningProxy.Catalog;
using SigningProxy.Catalog.Declarations;

namespace SigningProxy.Configuration;

/// <summary>Reads certificates with their private keys and intermediates, and bundles of authorities.</summary>
internal sealed class CertificateReader(CatalogInputs inputs)
{
    public const int MaximumBytes = 1024 * 1024;

    // ERROR_INVALID_PASSWORD, also where there is no Windows.
    private const int WrongPassword = unchecked((int)0x80070056);

    /// <param name="reference">Where it is.</param>
    /// <param name="password">What its password led to, or null where it has none.</param>
    /// <param name="content">What its content led to, or null where it is in a file.</param>
    public Reading<CertificateChain> Read(CertificateReference reference, Reading<Secret>? password, Reading<Secret>? content = null)
    {
        var file = reference.File is { } path ? inputs.File(path, MaximumBytes) : OfContent(content);
        var keyFile = reference.KeyFile is null ? file : inputs.File(reference.KeyFile, MaximumBytes);
        if ((file.Problem ?? keyFile.Problem ?? password?.Problem) is { } problem)
            return new(null, problem);
        var shown = LikelySecret.Hide(reference.Place);
        try
        {
            return new(
                PemFile.Is(file)
                    ? OfPem(file, shown, keyFile, LikelySecret.Hide(reference.KeyFile ?? reference.Place), password?.Value?.Reveal())
                    : OfPkcs12(file.Bytes!, shown, password?.Value?.Reveal()),
                null);
        }
        catch (UnusableCertificateException unusable)
        {
            return new(null, unusable.Message);
        }
        catch (Exception fault) when (fault is CryptographicException or ArgumentException)
        {
            return new(null, $"the file {shown} gives no certificate with its private key: its content is damaged");
        }
    }

    public Reading<X509Certificate2Collection> ReadAuthorities(string path)
    {
        var file = inputs.File(path, CatalogFiles.MaximumBytes);
        if (file.Problem is not null)
            return new(null, file.Problem);
        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPem(file.Text());
        }
        catch (CryptographicException)
        {
            authorities.Clear();
        }
        return authorities.Count > 0 ? new(authorities, null) : new(null, $"the file {LikelySecret.Hide(path)} holds no certificates in PEM");
    }

    private static FileText OfContent(Reading<Secret>? content)
    {
        if (content?.Value?.Reveal() is not { } text)
            return new(null, content?.Problem ?? "content cannot be read");
        var given = new FileText(Encoding.UTF8.GetBytes(text), null);
        var bytes = new byte[text.Length];
        return !PemFile.Is(given) && Convert.TryFromBase64String(text, bytes, out var count) ? new(bytes[..count], null) : given;
    }

    private static CertificateChain OfPem(FileText file, string path, FileText keyFile, string keyPath, string? password)
    {
        var certificates = PemFile.Blocks(file, path).Where(b => b.Label == "CERTIFICATE").Select(b => X509CertificateLoader.LoadCertificate(b.Content)).ToList();
        if (certificates.Count == 0)
            throw new UnusableCertificateException($"the file {path} holds no certificate");
        var reader = new PrivateKeyReader(keyPath, password);
        var keys = PemFile.Blocks(keyFile, keyPath).Select(b => reader.Read(b.Label, b.Content)).OfType<AsymmetricAlgorithm>().ToList();
        if (keys.Count == 0)
            throw new UnusableCertificateException($"the file {keyPath} holds no private key");

        // Of a certificate that was renewed for its old key, the one that lasts longest.
        var fitting = certificates.SelectMany(_ => keys, (certificate, key) => (certificate, key)).Where(p => Fits(p.key, p.certificate)).ToList();
        if (fitting.Count == 0)
            throw new UnusableCertificateException($"the private key in {keyPath} fits no certificate in {path}");
        var (leaf, own) = fitting.MaxBy(p => p.certificate.NotAfter);
        return CertificateChain.From(own is RSA rsa ? leaf.CopyWithPrivateKey(rsa) : leaf.CopyWithPrivateKey((ECDsa)own), certificates);
    }

    private static bool Fits(AsymmetricAlgorithm key, X509Certificate2 certificate)
    {
        var (own, other) = (new PublicKey(key), certificate.PublicKey);
        return own.Oid.Value == other.Oid.Value && own.EncodedKeyValue.RawData.AsSpan().SequenceEqual(other.EncodedKeyValue.RawData);
    }

    private static CertificateChain OfPkcs12(byte[] bytes, string path, string? password)
    {
        try
        {
            var all = X509CertificateLoader.LoadPkcs12Collection(bytes, password, X509KeyStorageFlags.EphemeralKeySet);
            var leaf = all.Where(c => c.HasPrivateKey).MaxBy(c => c.NotAfter)
                ?? throw new UnusableCertificateException($"the file {path} holds no certificate with its private key");
            if (leaf.GetRSAPrivateKey() is null && leaf.GetECDsaPrivateKey() is null)
                throw new UnusableCertificateException($"the private key in {path} is of the kind {leaf.PublicKey.Oid.FriendlyName}, and only RSA and ECDSA keys are supported");
            return CertificateChain.From(leaf, all.Where(c => !c.HasPrivateKey));
        }
        catch (CryptographicException fault) when (fault.HResult == WrongPassword)
        {
            throw new UnusableCertificateException(password is null ? $"the file {path} is encrypted, and there is no password" : $"the password does not open the file {path}");
        }
        catch (CryptographicException)
        {
            throw new UnusableCertificateException($"the file {path} is neither PEM nor a PKCS#12 file with an RSA or ECDSA key that can be read");
        }
    }
}
