using System.Security.Cryptography.X509Certificates;

namespace SigningProxy.FunctionalTests.Setup;

public sealed class SignInByCertificateTests(TlsStage stage) : IClassFixture<TlsStage>
{
    private readonly int _before = stage.Folder.Audit().Count;

    [Fact]
    public async Task Certificate_ThatNamesAnAdministrator_ProvesIt()
    {
        await AssertIsAsync("ada", 201, stage.Client("CN=x", names => names.AddUri(new Uri("spiffe://shop/ada"))));
        await AssertIsAsync("bob", 403, stage.Client("CN=x", names => names.AddDnsName("BOB.example")));
        await AssertIsAsync("root", 201, stage.Client("CN=root, O=Shop", names => names.AddDnsName("elsewhere.example")));
        Assert.Equal(["ada: created", "root: created"], stage.Folder.Audit().Skip(_before));
    }

    [Fact]
    public async Task Certificate_ThatNamesNobody_OrSeveral_OrIsAStrangers_OpensNothing()
    {
        foreach (var certificate in (X509Certificate2[])
        [
            stage.Client("CN=x", names => names.AddUri(new Uri("spiffe://shop/Ada"))),
            stage.Client("CN=ada", names => names.AddDnsName("spiffe")),
            stage.Client("CN=x", names => { names.AddUri(new Uri("spiffe://shop/ada")); names.AddDnsName("bob.example"); }),
        ])
        {
            using var visitor = new Visitor(stage.Setup, certificate);
            Assert.Equal(401, await visitor.MeAsync());
        }
        using var stranger = new Visitor(stage.Setup, stage.Client("CN=x", names => names.AddUri(new Uri("spiffe://shop/ada")), trusted: false));
        await Assert.ThrowsAnyAsync<HttpRequestException>(stranger.MeAsync);
        await stage.Proxy.WritesAsync("Nobody was signed in to Setup by certificate, from 127.1.");
        Assert.Equal(_before, stage.Folder.Audit().Count);
    }

    [Fact]
    public async Task Visitor_WithoutOne_SignsInByToken()
    {
        using var visitor = new Visitor(stage.Setup);
        Assert.Equal(401, await visitor.MeAsync());
        Assert.Equal(200, (await visitor.SignInAsync("a-token-of-the-tests-0123456789")).Status);
        Assert.Equal(200, await visitor.MeAsync());
        Assert.Equal(201, (await visitor.ChangeAsync(HttpMethod.Put, "/api/v1/administrators/new", """{"permission":"View","token":{"new":true}}""")).Status);
    }

    [Fact]
    public async Task Certificate_BehindAPageOfAnotherSite_ChangesNothing()
    {
        using var visitor = new Visitor(stage.Setup, stage.Client("CN=x", names => names.AddUri(new Uri("spiffe://shop/ada"))));
        var answer = await visitor.SendAsync(HttpMethod.Put, "/api/v1/administrators/eve", """{"permission":"View","token":{"new":true}}""", ("Origin", "https://evil.example"));
        Assert.Equal("cross_site", answer.Member("code"));
        Assert.Equal(_before, stage.Folder.Audit().Count);
    }

    private async Task AssertIsAsync(string name, int status, X509Certificate2 certificate)
    {
        using var visitor = new Visitor(stage.Setup, certificate);
        Assert.Equal(name, (await visitor.GetAsync("/api/v1/me")).Member("name"));
        Assert.Equal(status, (await visitor.SendAsync(HttpMethod.Put, $"/api/v1/administrators/by_{name}", """{"permission":"View","token":{"new":true}}""")).Status);
    }
}
