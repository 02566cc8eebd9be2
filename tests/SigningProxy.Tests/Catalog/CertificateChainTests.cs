using System.Security.Cryptography;
using SigningProxy.Catalog;
using SigningProxy.SigV4;
using SigningProxy.Tests.Configuration;

namespace SigningProxy.Tests.Catalog;

public sealed class CertificateChainTests
{
    [Fact]
    public void From_WhenAuthoritiesShareAName_FollowsTheKey()
    {
        using var authority = new MadeUpAuthority(intermediates: 2);
        using var namesake = new MadeUpAuthority(intermediates: 2);
        using var key = ECDsa.Create();
        using var leaf = authority.Leaf(key);

        var chain = CertificateChain.From(leaf, [.. namesake.Intermediates, namesake.Root, .. authority.Intermediates, authority.Root, leaf]);

        Assert.Same(leaf, chain.Leaf);
        Assert.Equal(authority.Intermediates, chain.Intermediates);
    }

    [Fact]
    public void From_WhenARootChangedItsKey_KeepsTheCertificateThatTheOldKeySignedForTheNew()
    {
        using var before = new MadeUpAuthority(intermediates: 0);
        using var after = new MadeUpAuthority(intermediates: 1);
        using var key = ECDsa.Create();
        using var leaf = after.Leaf(key);
        using var bridge = before.Certify(after.Root);
        Assert.Equal(bridge.Subject, bridge.Issuer);

        var chain = CertificateChain.From(leaf, [before.Root, bridge, after.Root, .. after.Intermediates]);

        Assert.Equal([after.Intermediates[0], bridge], chain.Intermediates);
        using var certificate = new SigningCertificate(chain.Leaf, chain.Intermediates);
        Assert.Equal(2, certificate.Chain!.Split(',').Length);
    }

    [Fact]
    public void From_WhenALinkIsMissing_EndsBeforeIt()
    {
        using var authority = new MadeUpAuthority(intermediates: 3);
        using var key = ECDsa.Create();
        using var leaf = authority.Leaf(key);
        Assert.Equal([authority.Intermediates[0]], CertificateChain.From(leaf, [authority.Intermediates[2], authority.Intermediates[0]]).Intermediates);
        Assert.Empty(CertificateChain.From(leaf, []).Intermediates);
    }

    [Fact]
    public void From_WhenAuthoritiesCertifyEachOther_ComesToAnEnd()
    {
        using var one = new MadeUpAuthority(intermediates: 0, root: "CN=One");
        using var other = new MadeUpAuthority(intermediates: 0, root: "CN=Other");
        using var key = ECDsa.Create();
        using var leaf = one.Leaf(key);
        using var there = other.Certify(one.Root);
        using var back = one.Certify(other.Root);
        Assert.Equal([there, back], CertificateChain.From(leaf, [back, there]).Intermediates);
    }

    [Fact]
    public void ToString_TellsTheSubjectOnly()
    {
        using var authority = new MadeUpAuthority();
        using var key = ECDsa.Create();
        using var leaf = authority.Leaf(key);
        Assert.Equal("CN=workload", CertificateChain.From(leaf, authority.Intermediates).ToString());
    }
}
