using SigningProxy.Callouts;
using SigningProxy.Listeners;

namespace SigningProxy.Tests.Listeners;

/// <summary>How callers prove who they are at a listener, as an operator writes it.</summary>
public sealed class ListenerProofTests
{
    [Theory]
    [InlineData("127.0.0.1:80 by Loopback", "127.0.0.1:80", "Http1", "Loopback")]
    [InlineData("127.0.0.1:80 by Token", "127.0.0.1:80 by Token", "Http1", "Token")]
    [InlineData("localhost:80 by Token,Loopback", "localhost:80 by Loopback,Token", "Http1", "Loopback, Token")]
    [InlineData("unix:/run/a.sock by UnixPeer", "unix:/run/a.sock by UnixPeer", "Http1", "UnixPeer")]
    [InlineData("unix:/run/a by b.sock by UnixPeer, Token", "unix:/run/a by b.sock by UnixPeer,Token", "Http1", "UnixPeer, Token")]
    [InlineData("h2c:127.0.0.1:80 by Token", "h2c:127.0.0.1:80 by Token", "Http2", "Token")]
    [InlineData("127.0.0.1:80 by LocalSigV4", "127.0.0.1:80 by LocalSigV4", "Http1", "LocalSigV4")]
    [InlineData("https:0.0.0.0:443 by LocalSigV4,Token", "https:0.0.0.0:443 by Token,LocalSigV4", "Tls", "Token, LocalSigV4")]
    [InlineData("https:0.0.0.0:443", "https:0.0.0.0:443", "Tls", "Loopback")]
    [InlineData("https:[::]:443 by ClientCertificate", "https:[::]:443 by ClientCertificate", "Tls", "ClientCertificate")]
    [InlineData("https:unix:/run/a.sock by Token,ClientCertificate", "https:unix:/run/a.sock by Token,ClientCertificate", "Tls", "Token, ClientCertificate")]
    public void TryParse_ReadsProtocolAndProofs(string text, string written, string protocol, string proofs)
    {
        Assert.True(ListenAddress.TryParse(text, out var address));
        Assert.Equal((written, protocol, proofs), (address!.ToString(), address.Protocol.ToString(), address.Proofs.ToString()));
        Assert.True(ListenAddress.TryParse(written, out var again));
        Assert.Equal(address, again);
    }

    [Theory]
    [InlineData("127.0.0.1:80 by ")]
    [InlineData("127.0.0.1:80 by token")]
    [InlineData("127.0.0.1:80 by Token,")]
    [InlineData("127.0.0.1:80 by Token Loopback")]
    [InlineData("127.0.0.1:80 by None")]
    [InlineData("127.0.0.1:80 by 4")]
    [InlineData("127.0.0.1:80 By Token")]
    [InlineData("127.0.0.1:80  by Token")]
    [InlineData(" by Token")]
    [InlineData("https:")]
    [InlineData("https:h2c:127.0.0.1:80")]
    [InlineData("HTTPS:127.0.0.1:80")]
    [InlineData("https://127.0.0.1:80")]
    public void TryParse_WhenNoProof_SaysSo(string text) => Assert.False(ListenAddress.TryParse(text, out _));

    [Fact]
    public void TryParse_WhenNothingIsSaid_ReachingItIsProof() => Assert.Equal(AcceptedProofs.Loopback, ListenAddress.TryParse("localhost:80", out var address) ? address!.Proofs : default);

    [Theory]
    [InlineData("0.0.0.0:80", "can be reached from other machines, and reaching it proves nobody. Say how callers prove who they are, such as \"https:0.0.0.0:8443 by Token\".")]
    [InlineData("https:[::]:443 by Loopback,Token", "can be reached from other machines, and reaching it proves nobody. Say how callers prove who they are, such as \"https:0.0.0.0:8443 by Token\".")]
    [InlineData("10.1.2.3:80 by Token", "would carry proofs over the network in the clear. Write \"https:\" before it.")]
    [InlineData("10.1.2.3:80 by LocalSigV4", "would carry proofs over the network in the clear. Write \"https:\" before it.")]
    [InlineData("h2c:0.0.0.0:80 by Token", "would carry proofs over the network in the clear. Write \"https:\" before it.")]
    [InlineData("127.0.0.1:80 by UnixPeer", "is no Unix socket, and UnixPeer needs one.")]
    [InlineData("https:0.0.0.0:443 by UnixPeer,Token", "is no Unix socket, and UnixPeer needs one.")]
    [InlineData("127.0.0.1:80 by ClientCertificate", "is without TLS, and ClientCertificate needs it. Write \"https:\" before it.")]
    [InlineData("unix:/run/a.sock by Token,ClientCertificate", "is without TLS, and ClientCertificate needs it. Write \"https:\" before it.")]
    [InlineData("https:0.0.0.0:443 by Token", "needs a certificate. Set SigningProxy:Listeners:CertificateFile.")]
    [InlineData("https:localhost:443", "needs a certificate. Set SigningProxy:Listeners:CertificateFile.")]
    public void Faults_WhenCallersCannotProveThemselvesSo_SayWhy(string text, string expected) =>
        Assert.Equal([$"SigningProxy:Listeners:Callouts: \"{text}\" {expected}"], new ListenerOptions { Callouts = { text } }.Faults());

    [Fact]
    public void Faults_WhenClientCertificatesHaveNoAuthorities_SayWhy() => Assert.Equal(
        ["SigningProxy:Listeners:Callouts: \"https:0.0.0.0:443 by Token,ClientCertificate\" accepts client certificates. Set SigningProxy:Listeners:ClientAuthoritiesFile."],
        new ListenerOptions { Callouts = { "https:0.0.0.0:443 by Token,ClientCertificate" }, CertificateFile = "/tls.pem" }.Faults());

    [Theory]
    [InlineData("127.0.0.1:80 by Token")]
    [InlineData("unix:/run/a.sock by UnixPeer,Token,Loopback")]
    [InlineData("127.0.0.1:80 by LocalSigV4")]
    [InlineData("https:0.0.0.0:443 by Token")]
    [InlineData("https:0.0.0.0:443 by LocalSigV4")]
    [InlineData("https:0.0.0.0:443 by ClientCertificate")]
    public void Faults_WhenCallersCanProveThemselves_AreNone(string text) =>
        Assert.Empty(new ListenerOptions { Callouts = { text }, CertificateFile = "/tls.pem", ClientAuthoritiesFile = "/ca.pem" }.Faults());

    [Theory]
    [InlineData("127.0.0.1:9080 by Token")]
    [InlineData("https:127.0.0.1:9080")]
    public void Operations_TakeNoProofsOfCallers(string text) => Assert.Equal(
        [$"SigningProxy:Listeners:Operations: \"{text}\" is not an address to listen on. Write \"127.0.0.1:9080\" or \"off\"."], new ListenerOptions { Operations = text }.Faults());

    [Fact]
    public void Operator_TakesNoProofsOfCallers() => Assert.Single(new ListenerOptions { Operator = "unix:/run/operator.sock by Token" }.Faults());

    [Theory]
    [InlineData("127.0.0.1:80", "Loopback")]
    [InlineData("127.0.0.1:80|unix:/run/s", "Loopback")]
    [InlineData("127.0.0.1:80 by Token", "Token")]
    [InlineData("127.0.0.1:80|127.0.0.1:81 by Token", "Token")]
    [InlineData("127.0.0.1:80 by Token,Loopback|unix:/run/s by Loopback,UnixPeer", "Loopback, Token")]
    [InlineData("127.0.0.1:80 by LocalSigV4|unix:/run/s by UnixPeer", "LocalSigV4")]
    [InlineData("unix:/run/s by UnixPeer", "None")]
    [InlineData("https:127.0.0.1:80 by ClientCertificate,Jwt", "Jwt")]
    public void OwnPortProofs_AreNoWayAroundThoseOfTheListeners(string listeners, string expected)
    {
        var options = new ListenerOptions();
        foreach (var listener in listeners.Split('|'))
            options.Callouts.Add(listener);

        Assert.Equal(expected, options.OwnPortProofs().ToString());
    }

    [Theory]
    [InlineData("127.0.0.1:80", "127.0.0.1:80 by Token")]
    [InlineData("127.0.0.1:80", "h2c:127.0.0.1:80")]
    [InlineData("127.0.0.1:80 by Token", "127.0.0.1:80 by Token,Jwt")]
    [InlineData("localhost:80", "127.0.0.1:80 by Token")]
    [InlineData("[::1]:80", "localhost:80")]
    [InlineData("https:0.0.0.0:80 by Token", "127.0.0.1:80")]
    [InlineData("127.0.0.1:80", "https:[::]:80 by Token")]
    [InlineData("https:10.0.0.1:80 by Token", "https:0.0.0.0:80 by Token")]
    [InlineData("unix:/run/a.sock", "unix:/run/a.sock by UnixPeer")]
    public void Faults_WhenTwoAreAtOneAddress_NameBoth(string one, string other) => Assert.Equal(
        [$"SigningProxy:Listeners: \"{one}\" and \"{other}\" are at one address, where only one can listen. Give each its own, or write one with all the proofs that it accepts, such as \"127.0.0.1:8080 by Token,Jwt\"."],
        new ListenerOptions { Callouts = { one, other }, CertificateFile = "/tls.pem" }.Faults());

    [Theory]
    [InlineData("127.0.0.1:80", "127.0.0.1:80")]
    [InlineData("127.0.0.1:80", "127.0.0.1:81 by Token")]
    [InlineData("127.0.0.1:80", "[::1]:80")]
    [InlineData("127.0.0.1:80", "127.0.0.2:80 by Token")]
    [InlineData("127.0.0.1:0", "127.0.0.1:0 by Token")]
    [InlineData("https:0.0.0.0:80 by Token", "[::1]:80")]
    [InlineData("unix:/run/a.sock", "unix:/run/b.sock by UnixPeer")]
    [InlineData("unix:/run/a.sock", "127.0.0.1:80")]
    public void Faults_WhenBothCanListen_AreNone(string one, string other) =>
        Assert.Empty(new ListenerOptions { Callouts = { one, other }, CertificateFile = "/tls.pem" }.Faults());

    [Fact]
    public void Faults_WhenCalloutsAreWhereOperatorsAre_NameBoth()
    {
        Assert.Contains("\"127.0.0.1:9080\" and \"127.0.0.1:9080\"", Assert.Single(new ListenerOptions { Callouts = { "127.0.0.1:9080" } }.Faults()), StringComparison.Ordinal);
        Assert.Contains("\"unix:/run/a.sock by UnixPeer\" and \"unix:/run/a.sock\"",
            Assert.Single(new ListenerOptions { Callouts = { "unix:/run/a.sock by UnixPeer" }, Operator = "unix:/run/a.sock" }.Faults()), StringComparison.Ordinal);
        Assert.Empty(new ListenerOptions { Callouts = { "127.0.0.1:9080" }, Operations = ListenerOptions.Off }.Faults());
    }
}
