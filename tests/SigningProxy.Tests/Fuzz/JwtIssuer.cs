using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace SigningProxy.Tests.Fuzz;

/// <summary>Makes JSON Web Tokens (RFC 7515), and remembers what it signed: nothing else can be a token of its.</summary>
internal sealed class JwtIssuer : IDisposable
{
    public const string Name = "https://issuer.example";
    public const string Audience = "signing-proxy";

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa _other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly RSA _rsa = RSA.Create(2048);

    /// <summary>By what was signed, header and claims as they are written: the whole token, and what its claims are worth.</summary>
    public Dictionary<string, (string Token, ClaimWorth Worth)> Issued { get; } = new(StringComparer.Ordinal);

    /// <summary>The key set (RFC 7517); with an RSA key in it, since confusing that with a secret is an old attack.</summary>
    public string KeySet()
    {
        var (point, rsa) = (_key.ExportParameters(false).Q, _rsa.ExportParameters(false));
        return $$"""
            {"keys":[
              {"kty":"EC","crv":"P-256","use":"sig","kid":"ec","x":"{{Base64Url.EncodeToString(point.X)}}","y":"{{Base64Url.EncodeToString(point.Y)}}"},
              {"kty":"RSA","use":"sig","kid":"rsa","n":"{{Base64Url.EncodeToString(rsa.Modulus)}}","e":"{{Base64Url.EncodeToString(rsa.Exponent)}}"}]}
            """;
    }

    /// <summary>Signs as the issuer does.</summary>
    public string Issue(string claims, ClaimWorth worth)
    {
        var signed = Joined("""{"alg":"ES256","typ":"JWT","kid":"ec"}""", claims);
        var token = $"{signed}.{Signature(_key, signed)}";
        Issued[signed] = (token, worth);
        return token;
    }

    /// <summary>Signs as somebody else does who knows what everybody may: with another key, with a public one as secret, or not at all.</summary>
    public string Forge(string header, string claims, Random random)
    {
        var signed = Joined(header, claims);
        return $"{signed}." + random.Next(6) switch
        {
            0 => "",
            1 => Signature(_other, signed),
            2 => Secret(_rsa.ExportSubjectPublicKeyInfo(), signed),
            3 => Secret(Encoding.ASCII.GetBytes(_rsa.ExportSubjectPublicKeyInfoPem()), signed),
            4 => Secret([], signed),
            _ => Base64Url.EncodeToString(new byte[64]),
        };
    }

    public void Dispose()
    {
        _key.Dispose();
        _other.Dispose();
        _rsa.Dispose();
    }

    private static string Joined(string header, string claims) =>
        $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}";

    private static string Signature(ECDsa key, string signed) =>
        Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));

    private static string Secret(byte[] secret, string signed) => Base64Url.EncodeToString(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(signed)));
}

/// <summary>What claims are worth that an issuer has signed.</summary>
internal enum ClaimWorth
{
    /// <summary>They must be taken.</summary>
    Good,

    /// <summary>They are odd, and the issuer answers for them: taken or not, but for the caller that they name.</summary>
    Odd,

    /// <summary>They must not be taken.</summary>
    Bad,
}
