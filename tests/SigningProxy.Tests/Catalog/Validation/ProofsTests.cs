using SigningProxy.Catalog;
using SigningProxy.Catalog.Declarations;
using SigningProxy.Catalog.Validation;

namespace SigningProxy.Tests.Catalog.Validation;

public sealed class ProofsTests
{
    private static readonly SecretReference Token = new("TOKEN", null, null);
    private static readonly Origin At = Origin.Of("proof");
    private static readonly CatalogMaterial Material = new() { Secrets = new Dictionary<SecretReference, Reading<Secret>> { [Token] = new(new Secret("canary-0123456789"), null) } };

    [Fact]
    public void Of_MakesAProofOfEachKind()
    {
        Assert.Equal(new UnixPeerProof(1001, null), Of(new(At) { UnixPeer = new(At) { Uid = 1001 } }));
        Assert.Equal(new UnixPeerProof(null, 5), Of(new(At) { UnixPeer = new(At) { Gid = 5 } }));
        Assert.Equal(new JwtProof("i", "a", "s"), Of(new(At) { Jwt = new(At) { Issuer = "i", Audience = "a", Subject = "s" } }));
        Assert.Equal(new ClientCertificateProof(CertificatePart.Subject, "CN=A"), Of(new(At) { ClientCertificate = new(At) { Subject = "CN=A" } }));
        Assert.Equal(new ClientCertificateProof(CertificatePart.Dns, "a.example.com"), Of(new(At) { ClientCertificate = new(At) { Dns = "A.Example.Com" } }));
        Assert.Equal(new ClientCertificateProof(CertificatePart.Uri, "spiffe://A"), Of(new(At) { ClientCertificate = new(At) { Uri = "spiffe://A" } }));
        var local = Assert.IsType<LocalSigV4Proof>(Of(new(At) { LocalSigV4 = new(At) { AccessKeyId = "LOCALORDERS00001", Secret = Token } }));
        Assert.Equal("LOCALORDERS00001", local.Keys.AccessKeyId);
    }

    [Fact]
    public void Of_WhenItIsAToken_KeepsItsDigestAlone()
    {
        var proof = Assert.IsType<TokenProof>(Of(new(At) { Token = Token }));

        // printf canary-0123456789 | sha256sum
        Assert.Equal("14a2d55a1196d0f318f7b226b99e36b8ecce3ce82c274dc865cda044ed4489ff", proof.Digest);
        Assert.Equal("a token (not shown)", $"{proof}");
    }

    [Fact]
    public void Of_WhenItCannotBeGiven_IsNone()
    {
        var none = new SecretReference("NONE", null, null);

        Assert.Null(Of(new(At)));
        Assert.Null(Of(new(At) { Token = none }));
        Assert.Null(Of(new(At) { Jwt = new(At) { Issuer = "i" } }));
        Assert.Null(Of(new(At) { Jwt = new(At) { Subject = "s" } }));
        Assert.Null(Of(new(At) { ClientCertificate = new(At) }));
        Assert.Null(Of(new(At) { LocalSigV4 = new(At) { AccessKeyId = "LOCALORDERS00001", Secret = none } }));
        Assert.Null(Of(new(At) { LocalSigV4 = new(At) { AccessKeyId = " ", Secret = Token } }));
    }

    private static CallerProof? Of(ProofDeclaration from) => Proofs.Of(from, Material);
}
