using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using SigningProxy.SigV4;

namespace SigningProxy.Sessions;

/// <summary>Reads what CreateSession answers: a session, or why there is none.</summary>
internal static class RolesAnywhereAnswer
{
    private const int MostOfASession = 64 * 1024;
    private const int MostOfAnError = 16 * 1024;
    private const int MostOfAMessage = 500;

    /// <exception cref="SessionException">It holds no session.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    public static async Task<SessionCredentials> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var isSession = response.StatusCode == HttpStatusCode.Created;
        var buffer = new byte[isSession ? MostOfASession : MostOfAnError];
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
            var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
            using var json = Parse(buffer.AsMemory(0, length));
            return isSession ? Session(json?.RootElement ?? default) : throw Refusal(response, json?.RootElement ?? default);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(buffer);
        }
    }

    private static JsonDocument? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonDocument.Parse(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static SessionCredentials Session(JsonElement answer)
    {
        if (!Member(answer, "credentialSet", JsonValueKind.Array, out var set) || set.GetArrayLength() == 0)
            throw new SessionException("Roles Anywhere answered 201 without a credential set.");
        if (!Member(set[0], "credentials", JsonValueKind.Object, out var credentials))
            throw new SessionException("Roles Anywhere answered 201 with a credential set that holds no credentials.");
        if (!Member(credentials, "expiration", JsonValueKind.String, out var expiration) || !expiration.TryGetDateTimeOffset(out var end))
            throw new SessionException("Roles Anywhere answered 201 with credentials that have no readable expiration.");
        return new SessionCredentials(Field("accessKeyId"), Field("secretAccessKey"), Field("sessionToken"), end);

        string Field(string name) => Text(credentials, name) is { } value && !string.IsNullOrWhiteSpace(value)
            ? value
            : throw new SessionException($"Roles Anywhere answered 201 with credentials whose {name} is missing or blank.");
    }

    private static SessionException Refusal(HttpResponseMessage response, JsonElement error)
    {
        // AWS restJson1: the code stands in a header, a URI behind it, or in the body behind a namespace.
        var header = response.Headers.NonValidated.TryGetValues("x-amzn-errortype", out var types) ? types.ToString() : null;
        var code = Word(header?.Split(':')[0]) ?? Word(Text(error, "__type")?.Split('#')[^1]) ?? Word(Text(error, "code"));
        var message = Line(Text(error, "message") ?? Text(error, "Message") ?? "");
        var status = (int)response.StatusCode;
        var hint = message.Contains("untrusted signing certificate", StringComparison.OrdinalIgnoreCase)
            ? " This mostly means a missing intermediate, an expired or revoked certificate, or the wrong trust anchor."
            : "";
        return new SessionException(
            $"Roles Anywhere answered {(code is null ? status : $"{status} {code}")}{(message.Length > 0 ? $": {message.TrimEnd('.')}." : " without a message.")}{hint}")
        {
            Code = code,
            IsTransient = status is >= 500 or 429 || code is "ThrottlingException",
        };
    }

    private static bool Member(JsonElement of, string name, JsonValueKind kind, out JsonElement member)
    {
        member = default;
        return of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out member) && member.ValueKind == kind;
    }

    private static string? Text(JsonElement of, string name)
    {
        try
        {
            return Member(of, name, JsonValueKind.String, out var text) ? text.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, escaped, is good JSON and no text.
            return null;
        }
    }

    private static string? Word(string? text) => text is { Length: > 0 and <= 100 } && text.All(char.IsAsciiLetterOrDigit) ? text : null;

    // It goes into a log, in which a line is a line.
    private static string Line(string text) => new([.. text.Take(MostOfAMessage).Select(c => char.IsControl(c) ? ' ' : c)]);
}
