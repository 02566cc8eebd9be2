using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SigningProxy.SigV4;

/// <summary>A certificate whose private key signs, and the intermediates that lead from it to a root AWS knows.</summary>
/// <remarks>It keeps what it needs of the certificates and leaves them to whoever gave them. Safe for use by many threads.</remarks>
public sealed class SigningCertificate : IDisposable
{
    /// <summary>AWS takes no more intermediates than these.</summary>
    public const int MaximumIntermediates = 5;

    private readonly Lock _gate = new();
    private readonly AsymmetricAlgorithm _key;
    private readonly string _subject;

    /// <summary>Takes a certificate with its private key.</summary>
    /// <param name="leaf">With an RSA or ECDSA key, of any size and curve.</param>
    /// <param name="intermediates">Neither the leaf nor a root, in issuing order; none when a root signed the leaf.</param>
    /// <exception cref="ArgumentException">
    /// There is no private key, or one of another kind; there are too many intermediates, or the leaf or a self-signed root is among them.
    /// </exception>
    public SigningCertificate(X509Certificate2 leaf, IReadOnlyList<X509Certificate2> intermediates)
    {
        ArgumentNullException.ThrowIfNull(leaf);
        ArgumentNullException.ThrowIfNull(intermediates);
        if (intermediates.Count > MaximumIntermediates)
            throw new ArgumentException($"There may be up to {MaximumIntermediates} intermediates, and not {intermediates.Count}.", nameof(intermediates));
        foreach (var intermediate in intermediates)
        {
            if (intermediate.RawDataMemory.Span.SequenceEqual(leaf.RawDataMemory.Span))
                throw new ArgumentException("The leaf is none of its own intermediates.", nameof(intermediates));
            if (IsIssuer(intermediate, intermediate))
                throw new ArgumentException($"A self-signed root is no intermediate: {intermediate.Subject}.", nameof(intermediates));
        }
        _key = KeyOf(leaf);
        Algorithm = _key is RSA ? "AWS4-X509-RSA-SHA256" : "AWS4-X509-ECDSA-SHA256";
        _subject = leaf.Subject;
        SerialDecimal = new BigInteger(leaf.SerialNumberBytes.Span, isUnsigned: true, isBigEndian: true).ToString();
        Leaf = Convert.ToBase64String(leaf.RawDataMemory.Span);
        Chain = intermediates.Count == 0 ? null : string.Join(',', intermediates.Select(i => Convert.ToBase64String(i.RawDataMemory.Span)));
        NotBefore = leaf.NotBefore;
        NotAfter = leaf.NotAfter;
    }

    /// <summary>AWS's name of what its key signs with: <c>AWS4-X509-RSA-SHA256</c> or <c>AWS4-X509-ECDSA-SHA256</c>.</summary>
    public string Algorithm { get; }

    /// <summary>The serial number in decimal, as the credential scope names it.</summary>
    public string SerialDecimal { get; }

    /// <summary>The certificate in DER, in base64 on one line: the value of <c>x-amz-x509</c>.</summary>
    public string Leaf { get; }

    /// <summary>The intermediates likewise, joined by commas: the value of <c>x-amz-x509-chain</c>; null when there are none.</summary>
    public string? Chain { get; }

    /// <summary>When the certificate begins to be valid.</summary>
    public DateTimeOffset NotBefore { get; }

    /// <summary>When it ends.</summary>
    public DateTimeOffset NotAfter { get; }

    /// <summary>Whether one certificate is by name and key identifier the issuer of another; its own, if it is a self-signed root. Signatures are not looked at.</summary>
    /// <remarks>RFC 5280, 4.2.1.1: the identifier tells apart authorities of one name, such as a root before and after it changed its key.</remarks>
    /// <param name="issuer">The one.</param>
    /// <param name="certificate">The other.</param>
    public static bool IsIssuer(X509Certificate2 issuer, X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(issuer);
        ArgumentNullException.ThrowIfNull(certificate);
        return issuer.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData)
            && (certificate.Extensions.OfType<X509AuthorityKeyIdentifierExtension>().FirstOrDefault()?.KeyIdentifier is not { } wanted
                || issuer.Extensions.OfType<X509SubjectKeyIdentifierExtension>().FirstOrDefault() is not { } identifier
                || identifier.SubjectKeyIdentifierBytes.Span.SequenceEqual(wanted.Span));
    }

    /// <summary>Gives the private key up. Signing fails from then on.</summary>
    public void Dispose()
    {
        lock (_gate)
            _key.Dispose();
    }

    /// <summary>Subject and serial number: nothing of the key.</summary>
    public override string ToString() => $"{_subject}, serial {SerialDecimal}";

    /// <summary>Signs with the private key: RSA in PKCS#1 v1.5, ECDSA in DER, both over SHA-256 whatever the key's size.</summary>
    /// <exception cref="ObjectDisposedException">The private key was given up.</exception>
    internal byte[] Sign(ReadOnlySpan<byte> stringToSign)
    {
        // A session is fetched now and then, so that it costs nothing to ask no more of a key object than one thread at a time.
        lock (_gate)
        {
            return _key is RSA rsa
                ? rsa.SignData(stringToSign, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
                : ((ECDsa)_key).SignData(stringToSign, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        }
    }

    private static AsymmetricAlgorithm KeyOf(X509Certificate2 leaf) =>
        !leaf.HasPrivateKey ? throw new ArgumentException("The certificate has no private key.", nameof(leaf))
        : leaf.GetRSAPrivateKey() ?? (AsymmetricAlgorithm?)leaf.GetECDsaPrivateKey() ?? throw new ArgumentException(
            $"The private key is of the kind {leaf.PublicKey.Oid.FriendlyName ?? leaf.PublicKey.Oid.Value}; only RSA and ECDSA keys can sign.", nameof(leaf));
}
