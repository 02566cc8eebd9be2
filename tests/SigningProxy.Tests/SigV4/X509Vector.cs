using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using SigningProxy.SigV4;

namespace SigningProxy.Tests.SigV4;

/// <summary>One request to IAM Roles Anywhere with every intermediate of its signature; keys and certificates are made up.</summary>
public sealed record X509Vector(
    string Kind, string Algorithm, string AmzDate, string Region, string Host, string Body, string SerialDecimal, string LeafPem, string ChainPem,
    string PrivateKeyPkcs8Pem, string CanonicalRequest, string StringToSign, string SignatureHex, bool SignatureIsDeterministic, string Authorization)
{
    private static readonly Dictionary<string, X509Vector> All = Load();

    public static TheoryData<string> Kinds => [.. All.Keys];

    public static X509Vector Of(string kind) => All[kind];

    public CredentialScope Scope => new(Region, "rolesanywhere");

    public DateTimeOffset Instant =>
        DateTimeOffset.ParseExact(AmzDate, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    public X509Certificate2 Leaf() => X509Certificate2.CreateFromPem(LeafPem, PrivateKeyPkcs8Pem);

    public X509Certificate2Collection Intermediates()
    {
        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(ChainPem);
        return chain;
    }

    public SigningCertificate Certificate()
    {
        using var leaf = Leaf();
        return new SigningCertificate(leaf, [.. Intermediates()]);
    }

    public X509Signature Sign(SigningCertificate certificate, SigningTrace? trace = null, params ReadOnlySpan<RequestHeader> more) => X509Signer.Sign(
        new SigningRequest
        {
            Method = "POST",
            Path = "/sessions",
            Query = "",
            Headers = [new("Host", Host), new("Content-Type", "application/json"), .. more],
            Payload = PayloadHash.Of(Encoding.UTF8.GetBytes(Body)),
        },
        certificate, Scope, Instant, trace);

    /// <summary>Whether the public key of the certificate finds the signature right.</summary>
    public bool Verifies(string signatureHex)
    {
        using var leaf = X509CertificateLoader.LoadCertificate(Leaf().RawData);
        var (text, signature) = (Encoding.UTF8.GetBytes(StringToSign), Convert.FromHexString(signatureHex));
        return leaf.GetRSAPublicKey() is { } rsa
            ? rsa.VerifyData(text, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : leaf.GetECDsaPublicKey()!.VerifyData(text, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    private static Dictionary<string, X509Vector> Load()
    {
        using var file = typeof(X509Vector).Assembly.GetManifestResourceStream("rolesanywhere.json")!;
        return JsonSerializer.Deserialize<X509Vector[]>(file, JsonSerializerOptions.Web)!.ToDictionary(v => v.Kind, StringComparer.Ordinal);
    }
}
