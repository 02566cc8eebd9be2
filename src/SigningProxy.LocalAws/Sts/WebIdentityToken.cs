using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace SigningProxy.LocalAws.Sts;

/// <summary>What a JSON web token says, believed by nobody yet. Its text form shows the issuer and subject alone.</summary>
internal sealed record WebIdentityToken(string Issuer, string Subject, string Audience, DateTimeOffset Expiration)
{
    /// <summary>The signing algorithm that the header names.</summary>
    public required string Algorithm { get; init; }

    /// <summary>Header and payload as they were signed.</summary>
    public required byte[] SignedText { get; init; }

    public required byte[] Signature { get; init; }

    /// <summary>Reads a token in compact form with <c>alg</c>, <c>iss</c>, <c>sub</c>, <c>aud</c> and <c>exp</c>; null when it is not one.</summary>
    public static WebIdentityToken? Read(string text)
    {
        if (text.Split('.') is not [{ Length: > 0 } header, { Length: > 0 } payload, var signature])
        {
            return null;
        }

        try
        {
            using var head = JsonDocument.Parse(Base64Url.DecodeFromChars(header));
            using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(payload));
            var expiration = DateTimeOffset.FromUnixTimeSeconds(claims.RootElement.GetProperty("exp").GetInt64());
            return new(Claim(claims, "iss"), Claim(claims, "sub"), FirstAudience(claims), expiration)
            {
                Algorithm = Claim(head, "alg"),
                SignedText = Encoding.ASCII.GetBytes($"{header}.{payload}"),
                Signature = Base64Url.DecodeFromChars(signature),
            };
        }
        catch (Exception exception) when (exception
            is FormatException or JsonException or KeyNotFoundException or InvalidOperationException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Issuer} {Subject}";

    private static string Claim(JsonDocument json, string name) => json.RootElement.GetProperty(name).GetString() ?? throw new FormatException(name);

    // Of several audiences the first counts: one is what workloads are given
    private static string FirstAudience(JsonDocument claims)
    {
        var audience = claims.RootElement.GetProperty("aud");
        return (audience.ValueKind == JsonValueKind.Array ? audience.EnumerateArray().First() : audience).GetString() ?? throw new FormatException("aud");
    }
}
