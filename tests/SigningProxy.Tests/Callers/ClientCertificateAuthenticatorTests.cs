using SigningProxy.Callers;
using SigningProxy.Callers.Proofs;
using SigningProxy.Catalog;

namespace SigningProxy.Tests.Callers;

public sealed class ClientCertificateAuthenticatorTests
{
    private static readonly ProofTable Callers = ProofTable.Of(new CatalogSnapshot(
        1, [], [], [], [],
        [
            new DeclaredCaller("orders", null, new ClientCertificateProof(CertificatePart.Uri, "spiffe://cluster.local/orders"), new ClientCertificateProof(CertificatePart.Dns, "orders.example.com")),
            new DeclaredCaller("billing", null, new ClientCertificateProof(CertificatePart.Dns, "billing.example.com")),
            new DeclaredCaller("stock", null, new ClientCertificateProof(CertificatePart.Subject, "CN=stock, O=Shop")),
        ]));

    [Theory]
    [InlineData("orders", "CN=x", "spiffe://cluster.local/orders")]
    [InlineData("orders", "CN=x", "orders.example.com")]
    [InlineData("orders", "CN=x", "ORDERS.Example.com")]
    [InlineData("orders", "CN=x", "orders.example.com", "spiffe://cluster.local/orders", "other.example.com")]
    [InlineData("stock", "CN=stock, O=Shop")]
    [InlineData("stock", "CN=stock, O=Shop", "other.example.com")]
    [InlineData("client-certificate:uri:spiffe://cluster.local/ORDERS", "CN=x", "spiffe://cluster.local/ORDERS")]
    [InlineData("client-certificate:uri:spiffe://b/1", "CN=x", "a.example.com", "spiffe://b/1")]
    [InlineData("client-certificate:dns:other.example.com", "CN=x", "Other.Example.com")]
    [InlineData("client-certificate:dns:spiffe.cluster.local", "CN=x", "spiffe.cluster.local")]
    [InlineData("client-certificate:subject:CN=orders", "CN=orders")]
    [InlineData("client-certificate:subject:CN=stock, O=Other", "CN=stock, O=Other")]
    [InlineData("client-certificate:subject:CN=orders.example.com", "CN=orders.example.com", "orders@example.com")]
    public void Of_IsTheDeclaredCallerOrNamedByTheFirstName(string expected, string subject, params string[] names)
    {
        using var certificate = MadeUpCertificate.Of(subject, names);

        Assert.Equal(ProofOutcome.Of(new Caller(expected, "ClientCertificate")), ClientCertificateAuthenticator.Of(certificate, Callers));
    }

    [Theory]
    [InlineData("its names are those of orders and billing", "CN=x", "spiffe://cluster.local/orders", "billing.example.com")]
    [InlineData("its names are those of billing and stock", "CN=stock, O=Shop", "billing.example.com")]
    public void Of_WhenItsNamesAreThoseOfSeveralCallers_IsRefused(string expected, string subject, params string[] names)
    {
        using var certificate = MadeUpCertificate.Of(subject, names);

        Assert.Equal(ProofOutcome.Ambiguous(expected), ClientCertificateAuthenticator.Of(certificate, Callers));
    }

    [Fact]
    public void Of_WhenItNamesNobody_IsRefused()
    {
        using var certificate = MadeUpCertificate.Of("");

        Assert.Equal(ProofOutcome.Invalid("it names nobody"), ClientCertificateAuthenticator.Of(certificate, Callers));
    }

    [Fact]
    public void Of_WhenItsNamesCannotBeRead_NeverFallsBackToTheSubject()
    {
        using var certificate = MadeUpCertificate.OfBytes("CN=stock, O=Shop", [0x30, 0x05, 0x82, 0x01]);

        Assert.Equal(ProofOutcome.Invalid("its alternative names cannot be read"), ClientCertificateAuthenticator.Of(certificate, Callers));
    }
}
