using SigningProxy.Catalog;
using SigningProxy.Setup.SignIn;

namespace SigningProxy.Tests.Setup.SignIn;

public sealed class AdministratorSettingTests
{
    public static TheoryData<string, object> Lines => new()
    {
        { "ada may Manage by oidc sub=248=9", new OidcClaim("sub", "248=9") },
        { "ada  may  Manage by oidc groups=Setup Admins", new OidcClaim("groups", "Setup Admins") },
        { "ada may Manage by certificate dns:Ada.Example", new CertificateName(new ClientCertificateProof(CertificatePart.Dns, "ada.example")) },
        { "ada may Manage by certificate uri:spiffe://x/Ada", new CertificateName(new ClientCertificateProof(CertificatePart.Uri, "spiffe://x/Ada")) },
        { "ada may Manage by certificate subject:CN=ada, O=Shop", new CertificateName(new ClientCertificateProof(CertificatePart.Subject, "CN=ada, O=Shop")) },
    };

    [Theory]
    [MemberData(nameof(Lines))]
    public void Line_IsRead(string text, object proof)
    {
        Assert.True(AdministratorSetting.TryParse(text, out var setting));
        Assert.Equal((new Administrator("ada", SetupPermission.Manage), proof), (setting!.Administrator, setting.Proof));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ada")]
    [InlineData("ada may Manage")]
    [InlineData("ada may Own by oidc sub=1")]
    [InlineData("ada may 1 by oidc sub=1")]
    [InlineData("ada may Manage by oidc sub")]
    [InlineData("ada may Manage by oidc =x")]
    [InlineData("ada may Manage by oidc sub=")]
    [InlineData("ada may Manage by certificate ada.example")]
    [InlineData("ada may Manage by certificate 1:ada.example")]
    [InlineData("ada may Manage by certificate dns:")]
    [InlineData("ada may Manage by password x")]
    [InlineData("ada may Manage by tokenEnv A B")]
    [InlineData("a\u0001 may Manage by oidc sub=1")]
    public void Line_ThatSaysNobody_IsAFault(string text)
    {
        Assert.False(AdministratorSetting.TryParse(text, out _));
        Assert.Contains("names no administrator. Write ", Assert.Single(AdministratorSetting.Faults([text])), StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_OfOneName_AreOneAdministrator_AndOfOnePermission()
    {
        Assert.Empty(AdministratorSetting.Faults(["ada may View by oidc sub=1", "ada may View by certificate dns:a.example"]));
        Assert.Contains("one permission", Assert.Single(AdministratorSetting.Faults(["ada may View by oidc sub=1", "Ada may Manage by certificate dns:a.example"])), StringComparison.Ordinal);
        Assert.Contains("the file does not exist", Assert.Single(AdministratorSetting.Faults(["ada may View by tokenFile /nowhere at all"])), StringComparison.Ordinal);
    }
}
