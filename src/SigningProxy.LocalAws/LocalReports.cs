using System.Text.Json;
using SigningProxy.LocalAws.Destinations;

namespace SigningProxy.LocalAws;

/// <summary>What the stand-in saw, as JSON.</summary>
internal static class LocalReports
{
    public static Answer Requests(IEnumerable<SeenRequest> requests) => Json(json =>
    {
        json.WriteStartArray("requests");
        foreach (var request in requests)
        {
            json.WriteStartObject();
            json.WriteString("method", request.Method);
            json.WriteString("rawTarget", request.RawTarget);
            json.WriteString("target", request.Target.ToString().ToLowerInvariant());
            json.WriteString("accessKeyId", request.AccessKeyId);
            json.WriteBoolean("verified", request.Verified);
            json.WriteString("code", request.Code);
            json.WriteString("host", request.Host);
            WriteNumber(json, "status", request.Status);
            WriteNumber(json, "bodyLength", request.BodyLength);
            json.WriteString("bodySha256", request.BodySha256);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    public static Answer Counts(LocalCounts counts) => Json(json =>
    {
        json.WriteNumber("assumeRoleCalls", counts.AssumeRoleCalls);
        json.WriteNumber("webIdentityCalls", counts.WebIdentityCalls);
        json.WriteNumber("rolesAnywhereCalls", counts.RolesAnywhereCalls);
        json.WriteNumber("sessionsIssued", counts.SessionsIssued);
        json.WriteNumber("destinationRequests", counts.DestinationRequests);
        json.WriteNumber("destinationRefusals", counts.DestinationRefusals);
    });

    public static Answer Sessions(IEnumerable<LocalSession> sessions) => Json(json =>
    {
        json.WriteStartArray("sessions");
        foreach (var session in sessions)
        {
            json.WriteStartObject();
            json.WriteString("accessKeyId", session.AccessKeyId);
            json.WriteString("roleArn", session.RoleArn);
            json.WriteString("roleSessionName", session.RoleSessionName);
            json.WriteString("expiration", session.Expiration);
            json.WriteBoolean("revoked", session.Revoked);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static void WriteNumber(Utf8JsonWriter json, string name, long? number)
    {
        if (number is { } value)
        {
            json.WriteNumber(name, value);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static Answer Json(Action<Utf8JsonWriter> content) => new(200, "application/json", JsonText.WritePretty(content));
}
