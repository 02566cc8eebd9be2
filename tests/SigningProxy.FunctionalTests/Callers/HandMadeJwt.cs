using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace SigningProxy.FunctionalTests.Callers;

/// <summary>JSON Web Tokens and key sets made by hand (RFC 7515, RFC 7517), also such as no honest issuer would make.</summary>
internal static class HandMadeJwt
{
    public static string Es256(ECDsa key, string kid, JsonObject claims) =>
        Signed($$"""{"alg":"ES256","typ":"JWT","kid":"{{kid}}"}""", claims, bytes => key.SignData(bytes, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));

    public static string Rs256(RSA key, string kid, JsonObject claims) =>
        Signed($$"""{"alg":"RS256","kid":"{{kid}}"}""", claims, bytes => key.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

    /// <summary>Signed with what everybody knows: the public key.</summary>
    public static string Hs256(byte[] secret, string kid, JsonObject claims) => Signed($$"""{"alg":"HS256","kid":"{{kid}}"}""", claims, bytes => HMACSHA256.HashData(secret, bytes));

    public static string Unsigned(JsonObject claims) => Signed("""{"alg":"none"}""", claims, _ => []);

    /// <summary>The claims of a token that holds.</summary>
    public static JsonObject Claims(string issuer, string subject, string audience = "signing-proxy", int endsInSeconds = 600)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        return new JsonObject { ["iss"] = issuer, ["sub"] = subject, ["aud"] = new JsonArray(audience), ["iat"] = now - 10, ["nbf"] = now - 10, ["exp"] = now + endsInSeconds };
    }

    public static string KeySet(params JsonObject[] keys) => new JsonObject { ["keys"] = new JsonArray(keys) }.ToJsonString();

    public static JsonObject Jwk(ECDsa key, string kid)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return new JsonObject
        {
            ["kty"] = "EC",
            ["crv"] = "P-256",
            ["use"] = "sig",
            ["kid"] = kid,
            ["x"] = Base64Url.EncodeToString(point.X),
            ["y"] = Base64Url.EncodeToString(point.Y),
        };
    }

    public static JsonObject Jwk(RSA key, string kid)
    {
        var parameters = key.ExportParameters(includePrivateParameters: false);
        return new JsonObject { ["kty"] = "RSA", ["use"] = "sig", ["kid"] = kid, ["n"] = Base64Url.EncodeToString(parameters.Modulus), ["e"] = Base64Url.EncodeToString(parameters.Exponent) };
    }

    private static string Signed(string header, JsonObject claims, Func<byte[], byte[]> sign)
    {
        var signed = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims.ToJsonString()))}";
        return $"{signed}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(signed)))}";
    }
}
