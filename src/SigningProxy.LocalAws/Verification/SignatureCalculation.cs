using System.Security.Cryptography;
using System.Text;

namespace SigningProxy.LocalAws.Verification;

/// <summary>The string to sign, the derived key and signature of AWS4-HMAC-SHA256, and whether a signature holds.</summary>
internal static class SignatureCalculation
{
    public static string StringToSign(string signingTime, CredentialScope scope, string canonicalRequest, string algorithm = AuthorizationHeader.Hmac) =>
        $"{algorithm}\n{signingTime}\n{scope}\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonicalRequest)))}";

    /// <summary>The signature as 64 lower-case hexadecimal digits.</summary>
    public static string Sign(string secret, CredentialScope scope, string stringToSign)
    {
        var key = Encoding.UTF8.GetBytes("AWS4" + secret);
        foreach (var part in (string[])[scope.Date, scope.Region, scope.Service, CredentialScope.Terminator])
        {
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        }

        return Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(stringToSign)));
    }

    /// <summary>Whether a signature is the key's, by the algorithm and in the scope of the request it belongs to.</summary>
    /// <param name="request">The signature of the request.</param>
    /// <param name="key">The key that it names.</param>
    /// <param name="stringToSign">What was to be signed.</param>
    /// <param name="signature">Hexadecimal digits; what is none does not hold.</param>
    public static bool Holds(AuthorizationHeader request, LocalKey key, string stringToSign, string signature) => request.Algorithm switch
    {
        AuthorizationHeader.Ecdsa => AuthorizationHeader.IsLowerHex(signature) && EcdsaKey.Verifies(key, stringToSign, Convert.FromHexString(signature)),
        _ => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Sign(key.Secret, request.Scope, stringToSign)), Encoding.ASCII.GetBytes(signature)),
    };
}
