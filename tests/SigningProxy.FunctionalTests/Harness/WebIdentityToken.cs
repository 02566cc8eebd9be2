using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SigningProxy.FunctionalTests.Harness;

/// <summary>Tokens as an OpenID Connect provider signs them (RS256), for STS and of an hour's life.</summary>
internal static class WebIdentityToken
{
    public static string Of(RSA key, string issuer, string subject)
    {
        var end = TimeProvider.System.GetUtcNow().AddHours(1).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signed = $"{Part("""{"alg":"RS256"}""")}.{Part($$"""{"iss":"{{issuer}}","sub":"{{subject}}","aud":"sts.amazonaws.com","exp":{{end}}}""")}";
        return $"{signed}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    private static string Part(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
