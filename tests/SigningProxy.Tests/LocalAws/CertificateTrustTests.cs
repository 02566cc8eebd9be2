using System.Globalization;
using System.Numerics;
using System.Security.Cryptography.X509Certificates;
using static SigningProxy.Tests.LocalAws.RolesAnywhereStage;

namespace SigningProxy.Tests.LocalAws;

/// <summary>Which certificates lead to a trust anchor.</summary>
public sealed class CertificateTrustTests : IDisposable
{
    private readonly MadeUpAuthority _authority = new();

    public void Dispose() => _authority.Dispose();

    [Theory]
    [InlineData("the authority is another", "does not lead to the trust anchor")]
    [InlineData("the authority brings its own root", "does not lead to the trust anchor")]
    [InlineData("the authority only has the anchor's name", "NotSignatureValid")]
    [InlineData("the intermediate is missing", "does not lead to the trust anchor")]
    [InlineData("the issuer is a trusted leaf", "InvalidBasicConstraints")]
    [InlineData("the leaf has expired", "NotTimeValid")]
    [InlineData("the leaf is revoked", "revoked")]
    [InlineData("the leaf is an authority", "certificate authority's")]
    [InlineData("the leaf's key is for other things", "not for digital signatures")]
    public async Task CreateSession_WhenTheCertificateIsNotTrusted_IsRefused(string fault, string reason)
    {
        using var other = new MadeUpAuthority("Other");
        using var impostor = new MadeUpAuthority();
        using var trusted = _authority.Leaf();
        using var leaf = fault switch
        {
            "the authority is another" or "the authority brings its own root" => other.Leaf(),
            "the authority only has the anchor's name" => impostor.Leaf(issuer: impostor.Root),
            "the issuer is a trusted leaf" => _authority.Leaf(issuer: trusted, days: 29, name: "forged"),
            "the leaf has expired" => _authority.Leaf(days: 0.99),
            "the leaf is an authority" => _authority.Leaf(authority: true),
            "the leaf's key is for other things" => _authority.Leaf(usage: X509KeyUsageFlags.KeyEncipherment),
            _ => _authority.Leaf(),
        };
        var serial = new BigInteger(leaf.SerialNumberBytes.Span, true, true).ToString(CultureInfo.InvariantCulture);
        await using var aws = await RolesAnywhereStage.StartAsync(_authority.Root, fault == "the leaf is revoked" ? [serial] : []);
        var request = Request(aws, leaf) with
        {
            Chain = fault switch
            {
                "the intermediate is missing" or "the authority only has the anchor's name" => [],
                "the authority is another" => [other.Intermediate],
                "the issuer is a trusted leaf" => [trusted, _authority.Intermediate],
                "the authority brings its own root" => [other.Intermediate, other.Root],
                _ => [_authority.Intermediate],
            },
        };
        using var response = await aws.SendAsync(request.Signed());
        Assert.Equal(403, (int)response.StatusCode);
        Assert.Contains(Untrusted, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains(reason, Assert.Single(response.Headers.GetValues("x-local-aws-reason")), StringComparison.Ordinal);
        Assert.Empty(aws.Server.Sessions);
    }

    [Fact]
    public async Task CreateSession_WhenTheAnchorIsAnIntermediate_IsVerifiedAgainstItsKey()
    {
        using var impostor = new MadeUpAuthority();
        await using var aws = await RolesAnywhereStage.StartAsync(_authority.Intermediate);
        using var leaf = _authority.Leaf();
        using var forged = impostor.Leaf();
        Assert.Equal(201, (await aws.AskAsync(Request(aws, leaf).Signed())).Status);
        await AssertRefusedAsync(aws, Request(aws, forged).Signed(), "AccessDeniedException", Untrusted, sessions: 1);
        await AssertRefusedAsync(aws, Request(aws, forged, impostor.Intermediate).Signed(), "AccessDeniedException", Untrusted, sessions: 1);
    }
}
