using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SigningProxy.Catalog;
using SigningProxy.Catalog.Declarations;

namespace SigningProxy.Configuration;

/// <summary>Reads certificates with their private keys, and bundles of authorities.</summary>
internal sealed class CertificateReader(CatalogInputs inputs)
{
    public const int MaximumBytes = 1024 * 1024;
    private const string PemMark = "-----BEGIN ";

    public Reading<X509Certificate2> Read(CertificateReference reference, Reading<Secret>? password)
    {
        var file = inputs.File(reference.File, MaximumBytes);
        var key = reference.KeyFile is null ? file : inputs.File(reference.KeyFile, MaximumBytes);
        if ((file.Problem ?? key.Problem ?? password?.Problem) is { } problem)
            return new(null, problem);
        try
        {
            return new(Load(file, key, password?.Value?.Reveal()), null);
        }
        catch (Exception fault) when (fault is CryptographicException or ArgumentException)
        {
            return new(null, $"the file {LikelySecret.Hide(reference.File)} gives no certificate with its private key{(password is null ? "" : " by this password")}");
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

    private static X509Certificate2 Load(FileText file, FileText key, string? password)
    {
        if (file.Text() is not { } pem || !pem.Contains(PemMark, StringComparison.Ordinal))
            return X509CertificateLoader.LoadPkcs12(file.Bytes!, password, X509KeyStorageFlags.EphemeralKeySet) is { HasPrivateKey: true } whole
                ? whole
                : throw new CryptographicException();
        return password is null
            ? X509Certificate2.CreateFromPem(pem, key.Text())
            : X509Certificate2.CreateFromEncryptedPem(pem, key.Text(), password);
    }
}
