using System.Globalization;
using System.Text.Json;
using SigningProxy.Catalog;
using SigningProxy.Catalog.Declarations;

namespace SigningProxy.Tests.Catalog;

public sealed class SecretTests
{
    private const string Text = "the-text-itself";

    // A log writes the text form of what it is given.
    [Fact]
    public void Secret_HoweverPrinted_ShowsNothing()
    {
        var secret = new Secret(Text);
        var reference = new SecretReference(null, null, secret);
        object[] holders =
        [
            secret, reference, new CertificateReference("file", null, reference), new CustomHeader("name", secret), new Reading<Secret>(secret, null),
            new PrincipalDeclaration(Origin.Of("")) { AccessSecret = reference },
        ];

        Assert.All(holders, holder =>
        {
            string[] printed = [holder.ToString()!, string.Format(CultureInfo.InvariantCulture, "{0:G}", holder), JsonSerializer.Serialize(holder)];
            Assert.All(printed, p => Assert.DoesNotContain(Text, p, StringComparison.Ordinal));
        });
        Assert.Equal(Text, secret.Reveal());
    }
}
