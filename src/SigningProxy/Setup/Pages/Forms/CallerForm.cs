using SigningProxy.Configuration.Yaml;

namespace SigningProxy.Setup.Pages.Forms;

internal static class CallerForm
{
    private const string Kind = "~kind";

    public static FormTable Table { get; } = new("Caller",
    [
        new("name", "Name", FormInput.Text, "1 to 80 characters without a colon; capitals matter.") { IsRequired = true, Example = "Shop" },
        new("profile", "Profile", FormInput.Text, "The name of its profile.") { Example = "BatchJobs" },
        new("proofs", "Proofs", FormInput.Rows, "Any one of them proves the caller, on a listener that accepts its kind.")
        {
            Columns =
            [
                new(Kind, "Kind of proof", FormInput.Choice)
                {
                    Fill = KindOf, Default = "token",
                    Choices = [("token", "Token"), ("jwt", "JSON Web Token"), ("clientCertificate", "Client certificate"), ("localSigV4", "Local key pair"), ("unixPeer", "Process on a Unix socket")],
                },
                new("token", "Token", FormInput.Secret, "16 characters or more.") { When = [(Kind, "token")] },
                new("jwt/issuer", "Issuer", FormInput.Text, "Its iss.") { When = [(Kind, "jwt")], Example = "https://issuer.example.com" },
                new("jwt/audience", "Audience", FormInput.Text, "One of its aud.") { When = [(Kind, "jwt")], Example = "signing-proxy" },
                new("jwt/subject", "Subject", FormInput.Text, "Its sub.") { When = [(Kind, "jwt")], Example = "system:serviceaccount:shop:orders" },
                new("clientCertificate/subject", "Subject", FormInput.Text, "Its whole subject; or one of the two below.") { When = [(Kind, "clientCertificate")], Example = "CN=shop, O=Shop" },
                new("clientCertificate/dns", "DNS name", FormInput.Text) { When = [(Kind, "clientCertificate")], Example = "shop.example.com" },
                new("clientCertificate/uri", "URI", FormInput.Text) { When = [(Kind, "clientCertificate")], Example = "spiffe://example.com/shop" },
                new("localSigV4/accessKeyId", "Access key id", FormInput.Text, "Made up: 16 to 128 letters, digits and underscores.") { When = [(Kind, "localSigV4")], Example = "LOCALORDERS00001" },
                new("localSigV4/secret", "Secret", FormInput.Secret, "Made up.") { When = [(Kind, "localSigV4")] },
                new("unixPeer/uid", "User id", FormInput.Number, "Of the process at the other end.") { When = [(Kind, "unixPeer")], Example = "1000" },
                new("unixPeer/gid", "Group id", FormInput.Number) { When = [(Kind, "unixPeer")], Example = "1000" },
            ],
        },
    ]);

    private static string KindOf(YamlMap proof) => proof.Entries.Count > 0 ? proof.Entries[0].Key.Value : "token";
}
