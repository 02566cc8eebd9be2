using SigningProxy.Listeners;
using SigningProxy.Setup;

namespace SigningProxy.Tests.Setup;

public sealed class SetupListeningTests
{
    [Theory]
    [InlineData("127.0.0.1:9081")]
    [InlineData("localhost:9081")]
    [InlineData("[::1]:9081")]
    [InlineData("unix:/run/setup.sock")]
    [InlineData("off")]
    public void Address_OfThisMachineAlone_NeedsNothing(string listen) => Assert.Empty(Faults(listen));

    [Theory]
    [InlineData("0.0.0.0:9081", "would carry tokens and secrets in the clear. Write \"https:\" before it, and set SigningProxy:Setup:CertificateFile or SigningProxy:Listeners:CertificateFile.")]
    [InlineData("10.1.2.3:9081", "in the clear")]
    [InlineData("[::]:9081", "in the clear")]
    [InlineData("https:0.0.0.0:9443", "needs a certificate. Set SigningProxy:Setup:CertificateFile or SigningProxy:Listeners:CertificateFile.")]
    [InlineData("https:127.0.0.1:9443", "needs a certificate")]
    [InlineData("h2c:127.0.0.1:9081", "is not an address for Setup. Write \"127.0.0.1:9081\"")]
    [InlineData("127.0.0.1:9081 by Token", "is not an address for Setup")]
    [InlineData("9081", "is not an address for Setup")]
    [InlineData("", "is not an address for Setup")]
    [InlineData("127.0.0.1:9080", "\"127.0.0.1:9080\" is at this address too, where only one can listen. Give Setup one of its own.")]
    [InlineData("localhost:8080", "\"localhost:8080\" is at this address too")]
    public void Address_ThatIsNone_IsAFault_WithItsMend(string listen, string fault)
    {
        var told = Assert.Single(Faults(listen));
        Assert.StartsWith("SigningProxy:Setup:Listen: \"", told, StringComparison.Ordinal);
        Assert.Contains(fault, told, StringComparison.Ordinal);
    }

    [Fact]
    public void ClientAuthorities_WithoutTls_AreAFault() => Assert.Contains(
        "ClientAuthoritiesFile: \"127.0.0.1:9081\" is without TLS", Assert.Single(SetupListening.Faults(new SetupOptions { ClientAuthoritiesFile = "/x" }, new ListenerOptions())), StringComparison.Ordinal);

    [Fact]
    public void Certificate_ThatCannotBeRead_IsAFaultOfItsOwnSection() => Assert.StartsWith(
        "SigningProxy:Setup:CertificateFile: no certificate",
        Assert.Single(SetupListening.Faults(new SetupOptions { Database = "/x/y", Listen = "https:0.0.0.0:9443", CertificateFile = "/nowhere" }, new ListenerOptions())), StringComparison.Ordinal);

    private static IEnumerable<string> Faults(string listen) => SetupListening.Faults(new SetupOptions { Database = "/x/y", Listen = listen }, new ListenerOptions());
}
