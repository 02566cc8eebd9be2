using SigningProxy.Configuration;

namespace SigningProxy.Tests.Configuration;

public sealed class LikelySecretTests
{
    [Theory]
    [InlineData("wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY00")]
    [InlineData("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")]
    [InlineData("/etc/signing-proxy/wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")]
    [InlineData("wJalrXUtnFEMI+K7MDENG+bPxRfiCYEXAMPLEKEY")]
    [InlineData("sk_live_51HabcdefghijklmnopqrsT")]
    [InlineData("0123456789abcdef0123456789abcdef")]
    public void Hide_WhenItLooksLikeASecret_ShowsNothingOfIt(string text) => Assert.Equal("(not shown, it may be a secret)", LikelySecret.Hide(text));

    [Theory]
    [InlineData("")]
    [InlineData("ORDERS_ACCESS_SECRET_2")]
    [InlineData("Orders2__AccessSecret")]
    [InlineData("additionalStatusCodesForTokenRefresh")]
    [InlineData("/run/secrets/orders/access-secret")]
    [InlineData("/var/lib/kubelet/pods/0b5f3c1e-8f0a-4c57-9f43-2f6f6a1d7c3e/volumes/kubernetes.io~secret/orders/..2026_01_02_03_04_05.678901234/secret")]
    public void Hide_WhenItLooksLikeAName_ShowsIt(string text) => Assert.Equal(text, LikelySecret.Hide(text));
}
