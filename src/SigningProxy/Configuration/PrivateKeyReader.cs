using System.Formats.Asn1;
using System.Security.Cryptography;

namespace SigningProxy.Configuration;

/// <summary>Reads private keys of RSA and ECDSA in any of their forms: PKCS#8, plain and encrypted, PKCS#1 and SEC1.</summary>
/// <param name="path">The file they are in, for whoever is told of a fault.</param>
/// <param name="password">Of an encrypted key, or null.</param>
internal sealed class PrivateKeyReader(string path, string? password)
{
    /// <summary>The key of a PEM block, or null when the block is something else.</summary>
    /// <exception cref="UnusableCertificateException">It is a key and cannot be used.</exception>
    /// <exception cref="CryptographicException">It is no key, whatever its label says.</exception>
    public AsymmetricAlgorithm? Read(string label, byte[] content) => label switch
    {
        "PRIVATE KEY" => OfPkcs8(content),
        "ENCRYPTED PRIVATE KEY" => OfEncryptedPkcs8(content),
        "RSA PRIVATE KEY" => Import(RSA.Create(), key => key.ImportRSAPrivateKey(content, out _)),
        "EC PRIVATE KEY" => Import(ECDsa.Create(), key => key.ImportECPrivateKey(content, out _)),
        "DSA PRIVATE KEY" => throw NotSupported(label),
        _ => null,
    };

    private AsymmetricAlgorithm OfPkcs8(byte[] content) => AlgorithmOf(content) switch
    {
        "1.2.840.113549.1.1.1" => Import(RSA.Create(), key => key.ImportPkcs8PrivateKey(content, out _)),
        "1.2.840.10045.2.1" => Import(ECDsa.Create(), key => key.ImportPkcs8PrivateKey(content, out _)),
        var other => throw NotSupported(other),
    };

    // Which kind of key it is lies under the encryption.
    private AsymmetricAlgorithm OfEncryptedPkcs8(byte[] content)
    {
        if (password is null)
            throw new UnusableCertificateException($"the private key in {path} is encrypted, and there is no password");
        return Decrypt(RSA.Create(), content) ?? Decrypt(ECDsa.Create(), content)
            ?? throw new UnusableCertificateException($"the password does not open the private key in {path}, or the key is neither RSA nor ECDSA");
    }

    private AsymmetricAlgorithm? Decrypt(AsymmetricAlgorithm key, byte[] content)
    {
        try
        {
            return Import(key, k => k.ImportEncryptedPkcs8PrivateKey(password, content, out _));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    // RFC 5208, 5: version, then the algorithm.
    private static string AlgorithmOf(byte[] pkcs8)
    {
        try
        {
            var key = new AsnReader(pkcs8, AsnEncodingRules.BER).ReadSequence();
            key.ReadInteger();
            return key.ReadSequence().ReadObjectIdentifier();
        }
        catch (AsnContentException damaged)
        {
            throw new CryptographicException("It is no PKCS#8.", damaged);
        }
    }

    private UnusableCertificateException NotSupported(string kind) =>
        new($"the private key in {path} is of the kind {kind}, and only RSA and ECDSA keys are supported");

    private static T Import<T>(T key, Action<T> import)
        where T : AsymmetricAlgorithm
    {
        import(key);
        return key;
    }
}
