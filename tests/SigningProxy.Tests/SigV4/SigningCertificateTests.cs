using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SigningProxy.SigV4;

namespace SigningProxy.Tests.SigV4;

public sealed class SigningCertificateTests
{
    private static readonly DateTimeOffset Begin = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> Kinds => X509Vector.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public void New_TellsWhatGoesIntoARequest(string kind)
    {
        var vector = X509Vector.Of(kind);
        using var certificate = vector.Certificate();

        Assert.Equal(vector.SerialDecimal, certificate.SerialDecimal);
        Assert.Equal(vector.Algorithm, certificate.Algorithm);
        Assert.Equal(vector.Leaf().RawData, Convert.FromBase64String(certificate.Leaf));
        Assert.Equal(Assert.Single(vector.Intermediates()).RawData, Convert.FromBase64String(certificate.Chain!));
        Assert.Equal((Begin, Begin.AddYears(20)), (certificate.NotBefore, certificate.NotAfter));
    }

    [Fact]
    public void New_WhenTheSerialIsLarge_TellsItUnsigned()
    {
        using var key = ECDsa.Create();
        using var issuer = Self("CN=issuer", key);
        var serial = Enumerable.Repeat((byte)0xff, 20).ToArray();
        using var leaf = new CertificateRequest("CN=leaf", key, HashAlgorithmName.SHA256)
            .Create(issuer.SubjectName, X509SignatureGenerator.CreateForECDsa(key), Begin, Begin.AddDays(1), serial).CopyWithPrivateKey(key);
        using var certificate = new SigningCertificate(leaf, []);
        Assert.Equal("1461501637330902918203684832716283019655932542975", certificate.SerialDecimal);
    }

    [Fact]
    public void New_JoinsTheIntermediatesInTheirOrder()
    {
        using var key = ECDsa.Create();
        using var leaf = Self("CN=leaf", key);
        var intermediates = Enumerable.Range(0, SigningCertificate.MaximumIntermediates).Select(i => Issued($"CN=intermediate {i}", key, leaf)).ToList();
        using var certificate = new SigningCertificate(leaf, intermediates);
        Assert.Equal(intermediates.Select(i => i.RawData), certificate.Chain!.Split(',').Select(Convert.FromBase64String));
    }

    [Fact]
    public void New_WhenAnIntermediateIsNone_Refuses()
    {
        using var key = ECDsa.Create();
        using var leaf = Self("CN=leaf", key);
        using var root = Self("CN=root", key);
        using var intermediate = Issued("CN=intermediate", key, root);
        Assert.Contains("none of its own", Refusal(leaf, leaf), StringComparison.Ordinal);
        Assert.Contains("self-signed root is no intermediate: CN=root", Refusal(leaf, root), StringComparison.Ordinal);
        Assert.Contains("up to 5 intermediates, and not 6", Refusal(leaf, [.. Enumerable.Repeat(intermediate, 6)]), StringComparison.Ordinal);
    }

    [Fact]
    public void New_WhenItsKeyCannotSign_SaysWhatItIs()
    {
        using var key = ECDsa.Create();
        using var whole = Self("CN=leaf", key);
        using var without = X509CertificateLoader.LoadCertificate(whole.RawData);
        using var dsa = DSA.Create(1024);
        using var signer = new CertificateRequest(whole.SubjectName, new PublicKey(dsa), HashAlgorithmName.SHA256)
            .Create(whole.SubjectName, X509SignatureGenerator.CreateForECDsa(key), Begin, Begin.AddDays(1), [1]).CopyWithPrivateKey(dsa);
        Assert.Contains("has no private key", Refusal(without), StringComparison.Ordinal);
        Assert.Contains("of the kind DSA; only RSA and ECDSA", Refusal(signer), StringComparison.Ordinal);
    }

    [Fact]
    public void Dispose_GivesTheKeyUpAndLeavesTheCertificateAlone()
    {
        foreach (var vector in Kinds.Select(k => X509Vector.Of(k.Data)))
        {
            using var leaf = vector.Leaf();
            var certificate = new SigningCertificate(leaf, []);
            certificate.Dispose();
            Assert.Throws<ObjectDisposedException>(() => vector.Sign(certificate));
            using var again = new SigningCertificate(leaf, []);
            Assert.NotEmpty(vector.Sign(again).Authorization);
        }
    }

    [Fact]
    public void ToString_TellsSubjectAndSerialOnly()
    {
        using var certificate = X509Vector.Of("RSA-2048").Certificate();
        Assert.Equal("CN=workload, serial 5394239030517750101789840213024343324885695436", certificate.ToString());
    }

    private static string Refusal(X509Certificate2 leaf, params X509Certificate2[] intermediates) =>
        Assert.ThrowsAny<ArgumentException>(() => new SigningCertificate(leaf, intermediates)).Message;

    private static X509Certificate2 Self(string subject, ECDsa key) =>
        new CertificateRequest(subject, key, HashAlgorithmName.SHA256).CreateSelfSigned(Begin, Begin.AddYears(1));

    private static X509Certificate2 Issued(string subject, ECDsa key, X509Certificate2 issuer) => new CertificateRequest(subject, key, HashAlgorithmName.SHA256)
        .Create(issuer.SubjectName, X509SignatureGenerator.CreateForECDsa(key), Begin, Begin.AddYears(1), [1]);
}
