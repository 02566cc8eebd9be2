using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using SigningProxy.SigV4;

namespace SigningProxy.Tests.SigV4;

public sealed class X509SignerTests
{
    public static TheoryData<string> Kinds => X509Vector.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Sign_GivesTheVectorsIntermediates(string kind)
    {
        var vector = X509Vector.Of(kind);
        using var certificate = vector.Certificate();
        var trace = new SigningTrace();

        var signature = vector.Sign(certificate, trace);

        Assert.Equal(vector.CanonicalRequest, trace.CanonicalRequest);
        Assert.Equal(vector.StringToSign, trace.StringToSign);
        Assert.Equal(vector.AmzDate, signature.AmzDate);
        Assert.Contains($"\nx-amz-x509:{signature.X509}\n", vector.CanonicalRequest, StringComparison.Ordinal);
        Assert.Contains($"\nx-amz-x509-chain:{signature.X509Chain}\n", vector.CanonicalRequest, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Sign_GivesTheVectorsAuthorization(string kind)
    {
        var vector = X509Vector.Of(kind);
        using var certificate = vector.Certificate();
        var trace = new SigningTrace();

        var signature = vector.Sign(certificate, trace);

        var before = vector.Authorization[..vector.Authorization.IndexOf("Signature=", StringComparison.Ordinal)];
        Assert.Equal($"{before}Signature={trace.Signature}", signature.Authorization);
        if (vector.SignatureIsDeterministic)
            Assert.Equal(vector.SignatureHex, trace.Signature);
        Assert.True(vector.Verifies(vector.SignatureHex), "The vector's own signature.");
        Assert.True(vector.Verifies(trace.Signature), "Our signature.");
    }

    [Fact]
    public void Verifies_WhenASignatureIsOfAnotherText_SaysNo()
    {
        foreach (var kind in Kinds.Select(k => k.Data))
        {
            var vector = X509Vector.Of(kind);
            Assert.False((vector with { StringToSign = vector.StringToSign + " " }).Verifies(vector.SignatureHex));
        }
    }

    [Theory]
    [InlineData("RSA", 2048, "AWS4-X509-RSA-SHA256")]
    [InlineData("RSA", 4096, "AWS4-X509-RSA-SHA256")]
    [InlineData("EC", 256, "AWS4-X509-ECDSA-SHA256")]
    [InlineData("EC", 384, "AWS4-X509-ECDSA-SHA256")]
    [InlineData("EC", 521, "AWS4-X509-ECDSA-SHA256")]
    public void Sign_WithALargeSerialAndAChainOfTwo_HoldsUnderTheLeafsKey(string kind, int size, string algorithm)
    {
        using AsymmetricAlgorithm key = kind == "RSA" ? RSA.Create(size) : ECDsa.Create(ECCurve.CreateFromFriendlyName($"nistP{size}"));
        byte[] serial = [0xFE, .. Enumerable.Range(1, 19).Select(i => (byte)i)];
        using var issuer = ECDsa.Create();
        using var leaf = Issued("CN=leaf", key, issuer, serial);
        using var first = Issued("CN=first", issuer, issuer, [1]);
        using var second = Issued("CN=second", issuer, issuer, [2]);
        using var certificate = new SigningCertificate(leaf, [first, second]);
        var trace = new SigningTrace();

        var signature = X509Vector.Of("RSA-2048").Sign(certificate, trace);

        var number = new BigInteger(serial, isUnsigned: true, isBigEndian: true);
        Assert.StartsWith($"{algorithm} Credential={number}/20260102/", signature.Authorization, StringComparison.Ordinal);
        Assert.Equal($"{Convert.ToBase64String(first.RawData)},{Convert.ToBase64String(second.RawData)}", signature.X509Chain);
        Assert.Contains($"\nx-amz-x509-chain:{signature.X509Chain}\n", trace.CanonicalRequest, StringComparison.Ordinal);
        var (text, bytes) = (Encoding.UTF8.GetBytes(trace.StringToSign), Convert.FromHexString(trace.Signature));
        Assert.True(key is RSA rsa
            ? rsa.VerifyData(text, bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : ((ECDsa)key).VerifyData(text, bytes, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
    }

    [Fact]
    public void Sign_WithoutIntermediates_LeavesTheChainOut()
    {
        var vector = X509Vector.Of("EC-P256");
        using var leaf = vector.Leaf();
        using var certificate = new SigningCertificate(leaf, []);
        var trace = new SigningTrace();

        var signature = vector.Sign(certificate, trace);

        Assert.Null(signature.X509Chain);
        Assert.Equal("content-type;host;x-amz-date;x-amz-x509", trace.SignedHeaders);
    }

    [Fact]
    public void Sign_WhenTheRequestHoldsTheSignersHeaders_PassesOverThem()
    {
        var vector = X509Vector.Of("RSA-2048");
        using var certificate = vector.Certificate();
        string[] own = ["X-Amz-Date", "X-Amz-X509", "X-Amz-X509-Chain", "X-Amz-Content-Sha256", "X-Amz-Security-Token", "Authorization"];

        var signature = vector.Sign(certificate, null, [.. own.Select(name => new RequestHeader(name, "another's"))]);

        Assert.Equal(vector.Authorization, signature.Authorization);
    }

    [Fact]
    public void Sign_WhenTheFactsAreNotWhole_Refuses()
    {
        using var certificate = X509Vector.Of("EC-P256").Certificate();
        Refuses("POST", "/sessions", "eu-west-1");
        Refuses("", "/sessions", "eu-west-1", "Host");
        Refuses("POST", "sessions", "eu-west-1", "Host");
        Refuses("POST", "/sessions", "", "Host");
        Refuses("POST", "/sessions", "eu-west-1", "Host", "host");

        Assert.Throws<ArgumentException>("scope", () => X509Signer.Sign(
            new SigningRequest { Method = "POST", Path = "/sessions", Query = "", Headers = [new("Host", "h")] },
            certificate, CredentialScope.Across("*", "rolesanywhere"), DateTimeOffset.UnixEpoch));

        void Refuses(string method, string path, string region, params string[] headers) =>
            Assert.ThrowsAny<ArgumentException>(() => X509Signer.Sign(
                new SigningRequest { Method = method, Path = path, Query = "", Headers = [.. headers.Select(name => new RequestHeader(name, "h"))] },
                certificate, new CredentialScope(region, "rolesanywhere"), DateTimeOffset.UnixEpoch));
    }

    [Fact]
    public void ToString_DoesNotShowTheSignature()
    {
        var vector = X509Vector.Of("RSA-2048");
        using var certificate = vector.Certificate();
        Assert.Equal("signature of 20260102T030405Z (not shown)", vector.Sign(certificate).ToString());
    }

    private static X509Certificate2 Issued(string subject, AsymmetricAlgorithm key, ECDsa issuer, byte[] serial)
    {
        var name = new X500DistinguishedName(subject);
        var request = key is RSA rsa
            ? new CertificateRequest(name, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new CertificateRequest(name, (ECDsa)key, HashAlgorithmName.SHA256);
        var signer = X509SignatureGenerator.CreateForECDsa(issuer);
        var made = request.Create(new X500DistinguishedName("CN=issuer"), signer, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(1), serial);
        return key is RSA mine ? made.CopyWithPrivateKey(mine) : made.CopyWithPrivateKey((ECDsa)key);
    }
}
