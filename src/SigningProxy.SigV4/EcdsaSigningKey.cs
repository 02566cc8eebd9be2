using System.Security.Cryptography;
using System.Text;

namespace SigningProxy.SigV4;

/// <summary>The key pair that SigV4A derives from a secret; unlike SigV4's key it depends on neither day nor region nor service.</summary>
/// <remarks>
/// Source: AWS IAM User Guide, "How to derive a signing key for SigV4A": a NIST SP 800-108 KDF in counter mode gives 256 bits; they are
/// taken when they are no greater than the curve's order less two, and one is added. FIPS 186-4, B.4.2, is the same.
/// </remarks>
internal static class EcdsaSigningKey
{
    /// <summary>A sequence of two integers of 33 bytes, in DER.</summary>
    public const int MaximumSignatureLength = 72;

    private const int IntegerLength = 32;

    // Of NIST P-256.
    private static ReadOnlySpan<byte> OrderLessTwo =>
    [
        0xFF, 0xFF, 0xFF, 0xFF, 0x00, 0x00, 0x00, 0x00, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
        0xBC, 0xE6, 0xFA, 0xAD, 0xA7, 0x17, 0x9E, 0x84, 0xF3, 0xB9, 0xCA, 0xC2, 0xFC, 0x63, 0x25, 0x4F,
    ];

    /// <summary>Derives it.</summary>
    /// <param name="accessKeyId">The access key id.</param>
    /// <param name="secret">The secret access key.</param>
    /// <exception cref="CryptographicException">No key came of 254 trials, which one secret in 2^8128 could do.</exception>
    public static ECDsa Derive(string accessKeyId, ReadOnlySpan<byte> secret)
    {
        var seed = new byte[5 + secret.Length];
        "AWS4A"u8.CopyTo(seed);
        secret.CopyTo(seed.AsSpan(5));
        byte[] context = [.. Encoding.UTF8.GetBytes(accessKeyId), 0];
        var key = new byte[32];
        try
        {
            for (byte counter = 1; counter < byte.MaxValue; counter++)
            {
                context[^1] = counter;
                SP800108HmacCounterKdf.DeriveBytes(seed, HashAlgorithmName.SHA256, "AWS4-ECDSA-P256-SHA256"u8, context, key);
                if (TryAddOne(key))
                    return ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = key });
            }
            throw new CryptographicException("No key pair could be derived from the secret.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>Signs, in DER as SigV4A has it. The library's own way to DER allocates 1.5 KB a signature, this one nothing.</summary>
    /// <param name="key">The key pair.</param>
    /// <param name="text">What is signed.</param>
    /// <param name="signature">Takes the signature; <see cref="MaximumSignatureLength"/> bytes.</param>
    /// <returns>How many bytes it has.</returns>
    /// <exception cref="CryptographicException">It cannot sign.</exception>
    public static int Sign(ECDsa key, ReadOnlySpan<byte> text, Span<byte> signature)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text, hash);
        Span<byte> numbers = stackalloc byte[2 * IntegerLength];
        if (!key.TrySignHash(hash, numbers, out _))
            throw new CryptographicException("The key is not of P-256.");
        return WriteDer(numbers, signature);
    }

    /// <summary>Writes the two numbers of a signature, each of 32 bytes, as DER.</summary>
    /// <param name="numbers">The numbers; neither is zero.</param>
    /// <param name="signature">Takes the DER.</param>
    /// <returns>How many bytes it has.</returns>
    internal static int WriteDer(ReadOnlySpan<byte> numbers, Span<byte> signature)
    {
        var length = WriteInteger(numbers[..IntegerLength], signature[2..]);
        length += WriteInteger(numbers[IntegerLength..], signature[(2 + length)..]);
        (signature[0], signature[1]) = (0x30, (byte)length);
        return 2 + length;
    }

    /// <summary>Writes a positive integer: without leading zeros, but with one where it would read as negative.</summary>
    private static int WriteInteger(ReadOnlySpan<byte> number, Span<byte> der)
    {
        number = number.TrimStart((byte)0);
        var start = number[0] < 0x80 ? 2 : 3;
        (der[0], der[1], der[2]) = (0x02, (byte)(start - 2 + number.Length), 0);
        number.CopyTo(der[start..]);
        return start + number.Length;
    }

    /// <summary>Makes a private key of 32 derived bytes, in a time that tells nothing of them but whether they were taken.</summary>
    /// <param name="key">The bytes, big-endian; then the key.</param>
    /// <returns>Whether they were in range; else they are as they were.</returns>
    internal static bool TryAddOne(Span<byte> key)
    {
        var borrow = 0;
        for (var i = key.Length - 1; i >= 0; i--)
            borrow = ((OrderLessTwo[i] - key[i] - borrow) >> 8) & 1;
        if (borrow != 0)
            return false;
        var carry = 1;
        for (var i = key.Length - 1; i >= 0; i--)
        {
            carry += key[i];
            key[i] = (byte)carry;
            carry >>= 8;
        }
        return true;
    }
}
