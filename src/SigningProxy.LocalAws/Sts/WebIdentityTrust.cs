using System.Globalization;
using System.Security.Cryptography;

namespace SigningProxy.LocalAws.Sts;

/// <summary>Which web identity tokens are believed: known issuer, its audience and subjects, in time, and signed where a key is known.</summary>
internal sealed class WebIdentityTrust(IEnumerable<LocalTokenIssuer> issuers, TimeProvider time)
{
    private readonly Dictionary<string, LocalTokenIssuer> _issuers = issuers.ToDictionary(issuer => issuer.Issuer, StringComparer.Ordinal);

    /// <exception cref="StsException">The token is not believed.</exception>
    public WebIdentityToken Demand(string text)
    {
        var token = WebIdentityToken.Read(text) ?? throw Invalid("The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)");
        var issuer = _issuers.GetValueOrDefault(token.Issuer) ?? throw Invalid($"No OpenIDConnect provider found in your account for {token.Issuer}");
        if (issuer.PublicKeyPem is { } pem && !Signed(token, pem))
        {
            throw Invalid("Token signature invalid");
        }

        var now = time.GetUtcNow();
        if (now >= token.Expiration)
        {
            throw new StsException(
                400, "ExpiredTokenException", $"Token expired: current date/time {Seconds(now)} must be before the expiration date/time {Seconds(token.Expiration)}");
        }

        if (token.Audience != issuer.Audience)
        {
            throw Invalid("Incorrect token audience");
        }

        return issuer.Subjects?.Contains(token.Subject, StringComparer.Ordinal) ?? true
            ? token
            : throw new StsException(403, "AccessDenied", $"Not authorized to perform sts:{StsForm.WebIdentity}");
    }

    private static bool Signed(WebIdentityToken token, string pem)
    {
        using var key = RSA.Create();
        key.ImportFromPem(pem);
        return token.Algorithm == "RS256" && key.VerifyData(token.SignedText, token.Signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    private static string Seconds(DateTimeOffset instant) => instant.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    private static StsException Invalid(string message) => new(400, "InvalidIdentityToken", message);
}
