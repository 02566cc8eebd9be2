using SigningProxy.LocalAws.Destinations;
using SigningProxy.LocalAws.Sessions;

namespace SigningProxy.LocalAws.RolesAnywhere;

/// <summary>A session as CreateSession hands it out.</summary>
internal static class SessionAnswer
{
    public static Answer Of(IssuedSession issued) => new(201, "application/json", JsonText.Write(json =>
    {
        json.WriteStartArray("credentialSet");
        json.WriteStartObject();
        json.WriteStartObject("assumedRoleUser");
        json.WriteString("arn", issued.AssumedRoleArn);
        json.WriteString("assumedRoleId", issued.AssumedRoleId);
        json.WriteEndObject();
        json.WriteStartObject("credentials");
        json.WriteString("accessKeyId", issued.Key.AccessKeyId);
        json.WriteString("secretAccessKey", issued.Key.Secret);
        json.WriteString("sessionToken", issued.Key.SessionToken);
        json.WriteString("expiration", issued.ExpirationText);
        json.WriteEndObject();
        json.WriteNumber("packedPolicySize", 0);
        json.WriteString("roleArn", issued.RoleArn);
        json.WriteEndObject();
        json.WriteEndArray();
    }));
}
