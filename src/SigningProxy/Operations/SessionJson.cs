using System.Globalization;
using System.Text.Json;
using SigningProxy.Sessions;
using SigningProxy.Telemetry;

namespace SigningProxy.Operations;

/// <summary>How a session stands, as the members of a JSON object.</summary>
internal static class SessionJson
{
    /// <summary>Members without a value are null and stand there nevertheless.</summary>
    public static void Write(Utf8JsonWriter to, SessionStatus status, DateTimeOffset now)
    {
        to.WriteString("name", $"{status.ExternalCredential}-{status.Principal}");
        to.WriteString("externalCredential", status.ExternalCredential);
        to.WriteString("principal", status.Principal);
        to.WriteNumber("sequenceNumber", status.SequenceNumber);
        to.WriteString("variant", status.Variant.ToString());
        to.WriteStartArray("missing");
        foreach (var missing in status.Missing)
            to.WriteStringValue(missing);
        to.WriteEndArray();
        to.WriteString("accessKeyId", status.AccessKeyId);
        WriteInstant(to, "expiration", status.Expiration);
        if (status.Expiration is { } expiration)
            to.WriteNumber("secondsToExpiry", (long)Math.Floor((expiration - now).TotalSeconds));
        else
            to.WriteNull("secondsToExpiry");
        WriteInstant(to, "obtainedAt", status.ObtainedAt);
        to.WriteString("reason", status.Reason is { } reason ? ProxyTelemetry.Word(reason) : null);
        WriteInstant(to, "nextAttemptAt", status.NextAt);
        to.WriteString("lastError", status.LastError);
        WriteInstant(to, "lastErrorAt", status.LastErrorAt);
    }

    private static void WriteInstant(Utf8JsonWriter to, string name, DateTimeOffset? instant)
    {
        if (instant is { } known)
            to.WriteString(name, known.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        else
            to.WriteNull(name);
    }
}
