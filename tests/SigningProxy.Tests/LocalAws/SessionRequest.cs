using System.Globalization;
using System.Net.Http.Headers;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace SigningProxy.Tests.LocalAws;

/// <summary>CreateSession, signed here by the base class library alone. Each property may be set to what it should not be.</summary>
internal sealed record SessionRequest(Uri Endpoint, X509Certificate2 Leaf, string Body)
{
    public IReadOnlyList<X509Certificate2> Chain { get; init; } = [];

    /// <summary>Whose private key signs; the leaf's when null.</summary>
    public X509Certificate2? Signer { get; init; }

    public DateTimeOffset Time { get; init; } = MadeUpAuthority.Now;

    public string Region { get; init; } = "eu-west-1";

    public string Service { get; init; } = "rolesanywhere";

    /// <summary>The start of the Credential; the leaf's serial number in decimal when null.</summary>
    public string? Serial { get; init; }

    /// <summary>The algorithm's name; the signer's own when null.</summary>
    public string? Algorithm { get; init; }

    public DSASignatureFormat SignatureFormat { get; init; } = DSASignatureFormat.Rfc3279DerSequence;

    /// <summary>Headers that are sent and left out of the signature.</summary>
    public IReadOnlyList<string> LeftUnsigned { get; init; } = [];

    public IReadOnlyDictionary<string, string> MoreHeaders { get; init; } = new Dictionary<string, string>();

    public HttpRequestMessage Signed()
    {
        var date = Time.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["content-type"] = "application/json",
            ["host"] = Endpoint.Authority,
            ["x-amz-date"] = date,
            ["x-amz-x509"] = Convert.ToBase64String(Leaf.RawData),
        };
        foreach (var (name, value) in MoreHeaders)
        {
            headers[name] = value;
        }

        if (Chain.Count > 0)
        {
            headers["x-amz-x509-chain"] = string.Join(',', Chain.Select(certificate => Convert.ToBase64String(certificate.RawData)));
        }

        var signed = headers.Where(header => !LeftUnsigned.Contains(header.Key)).ToArray();
        var names = string.Join(';', signed.Select(header => header.Key));
        var canonical = $"POST\n/sessions\n\n{string.Concat(signed.Select(header => $"{header.Key}:{header.Value}\n"))}\n{names}\n{Sha256(Body)}";
        var scope = $"{date[..8]}/{Region}/{Service}/aws4_request";
        var algorithm = Algorithm ?? ((Signer ?? Leaf).GetRSAPublicKey() is null ? "AWS4-X509-ECDSA-SHA256" : "AWS4-X509-RSA-SHA256");
        var signature = Sign(Encoding.UTF8.GetBytes($"{algorithm}\n{date}\n{scope}\n{Sha256(canonical)}"));
        var serial = Serial ?? new BigInteger(Leaf.SerialNumberBytes.Span, true, true).ToString(CultureInfo.InvariantCulture);
        headers["authorization"] = $"{algorithm} Credential={serial}/{scope}, SignedHeaders={names}, Signature={signature}";
        return Message(Endpoint, headers, Body);
    }

    /// <summary>A request with exactly these headers.</summary>
    public static HttpRequestMessage Message(Uri endpoint, IReadOnlyDictionary<string, string> headers, string body)
    {
        var message = new HttpRequestMessage(HttpMethod.Post, new Uri(endpoint, "sessions")) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        foreach (var (name, value) in headers)
        {
            HttpHeaders target = name == "content-type" ? message.Content.Headers : message.Headers;
            Assert.True(target.TryAddWithoutValidation(name, value), name);
        }

        return message;
    }

    private string Sign(byte[] text)
    {
        using var rsa = (Signer ?? Leaf).GetRSAPrivateKey();
        using var ecdsa = (Signer ?? Leaf).GetECDsaPrivateKey();
        return Convert.ToHexStringLower(rsa?.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            ?? ecdsa!.SignData(text, HashAlgorithmName.SHA256, SignatureFormat));
    }

    private static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
