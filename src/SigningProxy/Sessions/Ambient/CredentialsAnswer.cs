using System.Globalization;
using System.Text.Json;
using SigningProxy.SigV4;

namespace SigningProxy.Sessions.Ambient;

/// <summary>The answer that container endpoints and instance metadata share: keys, token and expiration in JSON.</summary>
internal static class CredentialsAnswer
{
    private const int MaximumBytes = 64 * 1024;

    /// <param name="http">The client.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="who">Who is asked, for the message.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="SessionException">The answer holds no whole credentials.</exception>
    public static async Task<SessionCredentials> ReadAsync(HttpClient http, HttpRequestMessage request, string who, CancellationToken cancellation)
    {
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        if (!answer.IsSuccessStatusCode)
            throw new SessionException($"{who} answered {(int)answer.StatusCode}.") { IsTransient = (int)answer.StatusCode >= 500 };
        await answer.Content.LoadIntoBufferAsync(MaximumBytes, cancellation);
        try
        {
            using var json = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(cancellation));
            var root = json.RootElement;
            return new SessionCredentials(
                root.GetProperty("AccessKeyId").GetString()!, root.GetProperty("SecretAccessKey").GetString()!, root.GetProperty("Token").GetString(),
                DateTimeOffset.Parse(root.GetProperty("Expiration").GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or FormatException or ArgumentException or InvalidOperationException)
        {
            throw new SessionException($"{who} answered without whole credentials.", e) { IsTransient = true };
        }
    }
}
