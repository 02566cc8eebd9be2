using System.Security.Cryptography;
using System.Text;

namespace SigningProxy.Tests.SigV4;

/// <summary>The public half of the key that SigV4A derives from the credentials of AWS's suite, made of the published coordinates alone.</summary>
internal static class SigV4AKey
{
    private static readonly ECParameters Suite = new()
    {
        Curve = ECCurve.NamedCurves.nistP256,
        Q = new ECPoint
        {
            X = Convert.FromHexString("b6618f6a65740a99e650b33b6b4b5bd0d43b176d721a3edfea7e7d2d56d936b1"),
            Y = Convert.FromHexString("865ed22a7eadc9c5cb9d2cbaca1b3699139fedc5043dc6661864218330c8e518"),
        },
    };

    public static bool Verifies(string stringToSign, string signatureHex)
    {
        using var key = ECDsa.Create(Suite);
        return key.VerifyData(
            Encoding.UTF8.GetBytes(stringToSign), Convert.FromHexString(signatureHex), HashAlgorithmName.SHA256,
            DSASignatureFormat.Rfc3279DerSequence);
    }
}
