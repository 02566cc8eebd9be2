using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace SigningProxy.LocalAws.Verification;

/// <summary>
/// The key pair of Signature Version 4A, which both sides derive from the secret: NIST SP 800-108 in counter mode over the access key id, and
/// FIPS 186-4 B.4.2 by testing candidates. Reckoned in whole numbers, where a signer must take care that its time tells nothing.
/// </summary>
internal static class EcdsaKey
{
    // The order of P-256
    private static readonly BigInteger Order =
        BigInteger.Parse("0ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", System.Globalization.NumberStyles.HexNumber, null);

    /// <summary>Whether a DER signature of a text was made with the key pair of a secret.</summary>
    public static bool Verifies(LocalKey key, string text, byte[] signature)
    {
        using var pair = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = Private(key.AccessKeyId, key.Secret) });
        using var shown = ECDsa.Create(pair.ExportParameters(includePrivateParameters: false));
        return shown.VerifyData(Encoding.UTF8.GetBytes(text), signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    /// <summary>The private number, 32 bytes, the greatest first.</summary>
    public static byte[] Private(string accessKeyId, string secret)
    {
        for (var counter = 1; counter < 255; counter++)
        {
            byte[] input = [0, 0, 0, 1, .. Encoding.ASCII.GetBytes(AuthorizationHeader.Ecdsa), 0, .. Encoding.UTF8.GetBytes(accessKeyId), (byte)counter, 0, 0, 1, 0];
            var candidate = new BigInteger(HMACSHA256.HashData(Encoding.UTF8.GetBytes("AWS4A" + secret), input), isUnsigned: true, isBigEndian: true);
            if (candidate <= Order - 2)
            {
                var bytes = (candidate + 1).ToByteArray(isUnsigned: true, isBigEndian: true);
                return [.. new byte[32 - bytes.Length], .. bytes];
            }
        }

        throw new CryptographicException("No key can be derived from this secret.");
    }
}
