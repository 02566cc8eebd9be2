using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace SigningProxy.Setup.SignIn.Oidc;

/// <summary>A sign-in that is under way at the issuer, as the browser that began it keeps it in a cookie.</summary>
/// <param name="State">Comes back with the browser, and shows that it is the one that began.</param>
/// <param name="Nonce">Comes back within the token, and shows that it was made for this.</param>
/// <param name="Verifier">Shows the issuer that who asks for the token is who began (PKCE, RFC 7636).</param>
/// <param name="Back">Where the issuer was told to send the browser back to.</param>
/// <param name="Ends">When it is over.</param>
internal sealed record OidcAttempt(string State, string Nonce, string Verifier, string Back, DateTimeOffset Ends)
{
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    public static OidcAttempt Begin(string back, DateTimeOffset now) => new(NewToken.Make(), NewToken.Make(), NewToken.Make(), back, now + Life);

    [JsonIgnore]
    public string Challenge => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));

    /// <summary>Whether this is its state, in a time that does not depend on the text.</summary>
    public bool HasState(string text) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(text), Encoding.UTF8.GetBytes(State));
}

[JsonSerializable(typeof(OidcAttempt))]
internal sealed partial class OidcAttemptJson : JsonSerializerContext;
