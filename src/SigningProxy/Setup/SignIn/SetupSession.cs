using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace SigningProxy.Setup.SignIn;

/// <summary>A browser that has signed in, as its cookie tells it.</summary>
/// <param name="Name">The administrator.</param>
/// <param name="Stamp">What the administrator was then: <see cref="KnownAdministrator.Stamp"/>.</param>
/// <param name="Id">Of this session alone, and known to nobody: the cookie is encrypted.</param>
/// <param name="Began">When it signed in.</param>
/// <param name="Used">When it last came, to the minute.</param>
internal sealed record SetupSession(string Name, string Stamp, string Id, DateTimeOffset Began, DateTimeOffset Used)
{
    /// <summary>What a page of Setup sends beside the cookie (X-CSRF-Token, or a form's field) with whatever changes something.</summary>
    [JsonIgnore]
    public string CsrfToken => Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Id), "csrf"u8));

    /// <summary>What the store keeps of it once it was signed out of: tells nothing of the id, nor of the CSRF token.</summary>
    [JsonIgnore]
    public string Digest => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Id)));

    /// <summary>Whether this is its CSRF token, in a time that does not depend on the text.</summary>
    public bool HasCsrfToken(string text) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(text), Encoding.UTF8.GetBytes(CsrfToken));
}

[JsonSerializable(typeof(SetupSession))]
internal sealed partial class SetupSessionJson : JsonSerializerContext;
