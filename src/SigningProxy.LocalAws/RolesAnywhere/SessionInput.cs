using System.Text.Json;
using SigningProxy.LocalAws.Sessions;

namespace SigningProxy.LocalAws.RolesAnywhere;

/// <summary>The body of CreateSession.</summary>
/// <param name="ProfileArn">The profile.</param>
/// <param name="RoleArn">The role to assume.</param>
/// <param name="TrustAnchorArn">The trust anchor that the certificate leads to.</param>
/// <param name="Duration">The session's life.</param>
/// <param name="RoleSessionName">The session's name; null when none is asked for.</param>
internal sealed record SessionInput(string ProfileArn, string RoleArn, string TrustAnchorArn, TimeSpan Duration, string? RoleSessionName)
{
    /// <summary>Reads a body.</summary>
    /// <exception cref="FormatException">It is not CreateSession's; the message says why.</exception>
    public static SessionInput Read(ReadOnlyMemory<byte> body, TimeSpan minimum)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            var input = new SessionInput(
                Required(json, "profileArn"), Required(json, "roleArn"), Required(json, "trustAnchorArn"), Length(json), Text(json, "roleSessionName"));
            var fault = SessionTerms.DurationFault(input.Duration, minimum) ?? (input.RoleSessionName is { } name ? SessionTerms.NameFault(name) : null);
            return fault is null ? input : throw new FormatException(fault);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new FormatException("The body is not a JSON object with members of the right types.", exception);
        }
    }

    private static TimeSpan Length(JsonDocument json) =>
        json.RootElement.TryGetProperty("durationSeconds", out var seconds) ? TimeSpan.FromSeconds(seconds.GetInt32()) : SessionTerms.DefaultDuration;

    private static string Required(JsonDocument json, string member) => Text(json, member) ?? throw new FormatException(SessionTerms.Missing(member));

    private static string? Text(JsonDocument json, string member) => json.RootElement.TryGetProperty(member, out var value) ? value.GetString() : null;
}
