using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SigningProxy.Catalog;
using SigningProxy.Catalog.Declarations;
using SigningProxy.Configuration;

namespace SigningProxy.Tests.Configuration;

public sealed class CertificateReaderTests : IDisposable
{
    private static readonly PbeParameters Encryption = new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000);

    private readonly CatalogFolder _folder = new();
    private readonly MadeUpAuthority _authority = new(intermediates: 2);
    private readonly ECDsa _key = ECDsa.Create();
    private readonly RSA _rsa = RSA.Create(2048);

    public void Dispose()
    {
        _key.Dispose();
        _rsa.Dispose();
        _authority.Dispose();
        _folder.Dispose();
    }

    public static TheoryData<string, string?> KeyForms => new()
    {
        { "RSA in PKCS#1", null }, { "RSA in PKCS#8", null }, { "RSA in PKCS#8, encrypted", "right" },
        { "ECDSA in SEC1", null }, { "ECDSA in SEC1 behind its parameters", null }, { "ECDSA in PKCS#8", null }, { "ECDSA in PKCS#8, encrypted", "right" },
        { "ECDSA in PKCS#8", "needless" },
    };

    [Theory]
    [MemberData(nameof(KeyForms))]
    public void Read_TakesTheKeyInAnyFormFromEitherFile(string form, string? password)
    {
        using var leaf = _authority.Leaf(form.StartsWith("RSA", StringComparison.Ordinal) ? _rsa : _key);
        var key = form switch
        {
            "RSA in PKCS#1" => _rsa.ExportRSAPrivateKeyPem(),
            "RSA in PKCS#8" => _rsa.ExportPkcs8PrivateKeyPem(),
            "RSA in PKCS#8, encrypted" => _rsa.ExportEncryptedPkcs8PrivateKeyPem("right", Encryption),
            "ECDSA in SEC1" => _key.ExportECPrivateKeyPem(),
            // OpenSSL writes the curve's name before the key: here that of P-256.
            "ECDSA in SEC1 behind its parameters" => $"-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n{_key.ExportECPrivateKeyPem()}",
            "ECDSA in PKCS#8" => _key.ExportPkcs8PrivateKeyPem(),
            _ => _key.ExportEncryptedPkcs8PrivateKeyPem("right", Encryption),
        };
        var alone = _folder.Write("tls.crt", leaf.ExportCertificatePem());
        var keyFile = _folder.Write("tls.key", $"{key}\n");

        IsTheLeaf(leaf, Read(_folder.Write("both.pem", $"{leaf.ExportCertificatePem()}\n{key}\n"), null, password));
        IsTheLeaf(leaf, Read(_folder.Write("turned.pem", $"{key}\n{leaf.ExportCertificatePem()}\n"), null, password));
        IsTheLeaf(leaf, Read(alone, keyFile, password));
        Assert.Equal($"the file {alone} holds no private key", Read(alone, null, password).Problem);
    }

    [Theory]
    [InlineData("PEM")]
    [InlineData("PKCS#12 in Base64")]
    public void Read_TakesACertificateThatIsGivenAsContent(string form)
    {
        using var leaf = _authority.Leaf(_key);
        var text = form == "PEM" ? $"{leaf.ExportCertificatePem()}\n{_key.ExportPkcs8PrivateKeyPem()}\n" : Convert.ToBase64String(leaf.Export(X509ContentType.Pkcs12));

        IsTheLeaf(leaf, ReadContent(new Reading<Secret>(new Secret(text), null)));
    }

    [Theory]
    [InlineData("no certificate", "the file content is neither PEM nor a PKCS#12 file with an RSA or ECDSA key that can be read")]
    [InlineData(null, "the file pem does not exist")]
    public void Read_WhenContentIsNoCertificate_SaysWhy(string? text, string expected) =>
        Assert.Equal(expected, ReadContent(text is null ? new Reading<Secret>(null, expected) : new Reading<Secret>(new Secret(text), null)).Problem);

    [Fact]
    public void Read_WhenTheChainIsInAnyOrder_PutsItIntoIssuingOrderWithoutTheRoot()
    {
        using var leaf = _authority.Leaf(_key);
        using var stranger = new MadeUpAuthority();
        X509Certificate2[] all = [leaf, .. _authority.Intermediates, _authority.Root, stranger.Intermediates[0]];
        for (var turn = 0; turn < all.Length; turn++)
        {
            var turned = all.Skip(turn).Concat(all.Take(turn)).Reverse().Select(c => c.ExportCertificatePem());
            var file = _folder.Write("chain.pem", string.Join('\n', turned.Append(_key.ExportPkcs8PrivateKeyPem())));
            var chain = Read(file).Value!;
            Assert.Equal(leaf.Thumbprint, chain.Leaf.Thumbprint);
            Assert.Equal(_authority.Intermediates.Select(i => i.Thumbprint), chain.Intermediates.Select(i => i.Thumbprint));
        }
    }

    [Fact]
    public void Read_WhenTheLeafWasRenewedForItsKey_TakesTheOneThatLastsLongest()
    {
        using var old = _authority.Leaf(_key, MadeUpAuthority.Begin.AddDays(1));
        using var renewed = _authority.Leaf(_key, MadeUpAuthority.Begin.AddDays(2));
        var key = _key.ExportPkcs8PrivateKeyPem();
        foreach (var pair in new[] { new[] { old, renewed }, [renewed, old] })
            IsTheLeaf(renewed, Read(_folder.Write("tls.pem", string.Join('\n', pair.Select(c => c.ExportCertificatePem()).Append(key)))));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_WhenPkcs12_TakesKeyAndChain(bool isRsa)
    {
        using var leaf = _authority.Leaf(isRsa ? _rsa : _key);
        var file = Pkcs12(leaf, "right");
        var reading = Read(file, null, "right");
        IsTheLeaf(leaf, reading);
        Assert.Equal(_authority.Intermediates.Select(i => i.Thumbprint), reading.Value!.Intermediates.Select(i => i.Thumbprint));
        Assert.Equal($"the password does not open the file {file}", Read(file, null, "wrong").Problem);
        Assert.Equal($"the file {file} is encrypted, and there is no password", Read(file).Problem);
    }

    [Fact]
    public void Read_WhenThePasswordIsWrongOrMissing_SaysSo()
    {
        using var leaf = _authority.Leaf(_key);
        var certificate = _folder.Write("tls.crt", leaf.ExportCertificatePem());
        var key = _folder.Write("tls.key", _key.ExportEncryptedPkcs8PrivateKeyPem("right", Encryption));
        Assert.Equal($"the password does not open the private key in {key}, or the key is neither RSA nor ECDSA", Read(certificate, key, "wrong").Problem);
        Assert.Equal($"the private key in {key} is encrypted, and there is no password", Read(certificate, key).Problem);
        var unread = new CertificateReader(new CatalogInputs(_ => null)).Read(new(certificate, key, null), new Reading<Secret>(null, "the file pw does not exist"));
        Assert.Equal("the file pw does not exist", unread.Problem);
    }

    [Fact]
    public void Read_WhenTheKeyFitsNoCertificate_SaysSo()
    {
        using var leaf = _authority.Leaf(_key);
        using var other = ECDsa.Create();
        var certificate = _folder.Write("tls.crt", leaf.ExportCertificatePem());
        foreach (var pem in new[] { other.ExportPkcs8PrivateKeyPem(), _rsa.ExportPkcs8PrivateKeyPem() })
        {
            var key = _folder.Write("tls.key", pem);
            Assert.Equal($"the private key in {key} fits no certificate in {certificate}", Read(certificate, key).Problem);
        }
    }

    [Fact]
    public void Read_WhenTheKeyIsOfAnotherKind_NamesIt()
    {
        using var leaf = _authority.Leaf(_key);
        // Ed25519 in PKCS#8 (RFC 8410): 32 bytes behind what says so.
        byte[] ed25519 = [.. Convert.FromHexString("302e020100300506032b657004220420"), .. RandomNumberGenerator.GetBytes(32)];
        var file = _folder.Write("tls.pem", $"{leaf.ExportCertificatePem()}\n{PemEncoding.WriteString("PRIVATE KEY", ed25519)}");
        Assert.Equal($"the private key in {file} is of the kind 1.3.101.112, and only RSA and ECDSA keys are supported", Read(file).Problem);
    }

    [Fact]
    public void Read_WhenAFileIsHalfWritten_SaysSo()
    {
        using var leaf = _authority.Leaf(_key);
        var whole = $"{leaf.ExportCertificatePem()}\n{_authority.Intermediates[0].ExportCertificatePem()}\n";
        var key = _folder.Write("tls.key", _key.ExportPkcs8PrivateKeyPem());
        // Cut off anywhere, a file is never taken for a shorter chain: but between two certificates there is nothing to see.
        var seam = leaf.ExportCertificatePem().Length;
        for (var length = 0; length < whole.Length - 1; length += 23)
        {
            var certificate = _folder.Write("tls.crt", whole[..length]);
            if (length >= seam && length <= seam + "\n-----BEGIN".Length)
                continue;
            Assert.NotNull(Read(certificate, key).Problem);
        }
        var cut = _folder.Write("tls.crt", whole[..^20]);
        Assert.Equal($"the file {cut} holds a PEM block that is cut off or damaged", Read(cut, key).Problem);
        var good = _folder.Write("tls.crt", whole);
        var cutKey = _folder.Write("tls.key", _key.ExportPkcs8PrivateKeyPem()[..^40]);
        Assert.Equal($"the file {cutKey} holds a PEM block that is cut off or damaged", Read(good, cutKey).Problem);
        var empty = _folder.Write("tls.key", "");
        Assert.Equal($"the file {empty} holds no private key", Read(good, empty).Problem);
    }

    [Fact]
    public void Read_WhenTheContentIsNoCertificate_SaysSo()
    {
        var key = _key.ExportPkcs8PrivateKeyPem();
        Assert.Equal($"the file {_folder.Path}/none does not exist", Read($"{_folder.Path}/none").Problem);
        var neither = _folder.Write("tls.bin", "neither");
        Assert.Equal($"the file {neither} is neither PEM nor a PKCS#12 file with an RSA or ECDSA key that can be read", Read(neither).Problem);
        var keyOnly = _folder.Write("key.pem", key);
        Assert.Equal($"the file {keyOnly} holds no certificate", Read(keyOnly).Problem);
        var damaged = _folder.Write("damaged.pem", $"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n{key}");
        Assert.Equal($"the file {damaged} gives no certificate with its private key: its content is damaged", Read(damaged).Problem);
        var old = _folder.Write("old.pem", "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nAAAA\n-----END RSA PRIVATE KEY-----\n");
        Assert.EndsWith("openssl pkcs8 -topk8 brings it into PKCS#8", Read(old).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadAuthorities_TakesEveryCertificateOfTheBundle()
    {
        var reader = new CertificateReader(new CatalogInputs(_ => null));
        var pem = _authority.Root.ExportCertificatePem();
        Assert.Equal(2, reader.ReadAuthorities(_folder.Write("ca.pem", $"{pem}\n{pem}\n")).Value!.Count);
        var empty = _folder.Write("empty.pem", "# none\n");
        Assert.Equal($"the file {empty} holds no certificates in PEM", reader.ReadAuthorities(empty).Problem);
    }

    [Fact]
    public void Load_PutsThemIntoTheNamedCredential()
    {
        using var leaf = _authority.Leaf(_key);
        var pem = _authority.Intermediates.Prepend(leaf).Select(c => c.ExportCertificatePem());
        _folder.Write("tls.pem", string.Join('\n', pem.Append(_key.ExportPkcs8PrivateKeyPem())));
        _folder.Write("ca.pem", _authority.Root.ExportCertificatePem());
        var load = _folder.Load("""
            externalCredentials:
              - {name: E, label: E, authenticationProtocol: AwsSignatureV4, service: s3, region: eu-west-1, principals: []}
            namedCredentials:
              - {name: N, label: N, url: "https://example.com", externalCredential: E, clientCertificate: mine, certificateAuthorities: {file: ca.pem}}
            certificates:
              - {name: Mine, file: tls.pem}
            """);
        Assert.Empty(load.Faults);
        var certificate = load.Snapshot!.NamedCredentials["N"].ClientCertificate!;
        Assert.True(certificate.Leaf.HasPrivateKey);
        Assert.Equal(2, certificate.Intermediates.Count);
        Assert.Single(load.Snapshot.NamedCredentials["N"].CertificateAuthorities!);
    }

    private static Reading<CertificateChain> ReadContent(Reading<Secret> content) =>
        new CertificateReader(new CatalogInputs(_ => null)).Read(CertificateReference.Of(null, null, null, new SecretReference(null, null, new Secret("given")))!, null, content);

    private static Reading<CertificateChain> Read(string file, string? keyFile = null, string? password = null) =>
        new CertificateReader(new CatalogInputs(_ => null)).Read(
            new(file, keyFile, null), password is null ? null : new Reading<Secret>(new Secret(password), null));

    private static void IsTheLeaf(X509Certificate2 leaf, Reading<CertificateChain> reading)
    {
        Assert.Null(reading.Problem);
        Assert.Equal(leaf.Thumbprint, reading.Value!.Leaf.Thumbprint);
        Assert.True(reading.Value.Leaf.HasPrivateKey);
    }

    private string Pkcs12(X509Certificate2 leaf, string password)
    {
        var path = Path.Combine(_folder.Path, "tls.p12");
        var others = _authority.Intermediates.Prepend(_authority.Root).Select(c => X509CertificateLoader.LoadCertificate(c.RawData));
        var all = new X509Certificate2Collection((X509Certificate2[])[leaf, .. others]);
        File.WriteAllBytes(path, all.Export(X509ContentType.Pkcs12, password)!);
        return path;
    }
}
