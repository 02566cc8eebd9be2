using SigningProxy.FunctionalTests.Harness;

namespace SigningProxy.FunctionalTests.Setup;

/// <summary>The real executable beside an issuer of the tests'.</summary>
public sealed class OidcStage : IAsyncLifetime
{
    internal OidcIssuer Issuer { get; private set; } = null!;

    internal SetupFolder Folder { get; private set; } = null!;

    internal ProxyProcess Proxy { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Issuer = await OidcIssuer.StartAsync();
        Folder = await SetupFolder.CreateAsync();
        await File.WriteAllTextAsync(Folder.File("client-secret"), OidcIssuer.ClientSecret + "\n");
        Proxy = await ProxyProcess.StartAsync("namedCredentials: []",
        [
            .. Folder.Settings,
            "--set", $"SigningProxy:Setup:Oidc:Issuer={Issuer.Address}",
            "--set", $"SigningProxy:Setup:Oidc:ClientId={OidcIssuer.ClientId}",
            "--set", $"SigningProxy:Setup:Oidc:ClientSecretFile={Folder.File("client-secret")}",
            "--set", "SigningProxy:Setup:Administrators:0=ada may Manage by oidc sub=248",
            "--set", "SigningProxy:Setup:Administrators:1=bob may View by oidc email=bob@shop.example",
            "--set", "SigningProxy:Setup:Administrators:2=team may View by oidc groups=Setup Admins",
        ]);
    }

    public async ValueTask DisposeAsync()
    {
        await Proxy.DisposeAsync();
        Folder.Dispose();
        await Issuer.DisposeAsync();
    }
}
