using System.Security.Cryptography;
using System.Text;

namespace SigningProxy.LocalAws.Verification;

/// <summary>The string to sign, and the derived key and signature of AWS4-HMAC-SHA256.</summary>
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
}
