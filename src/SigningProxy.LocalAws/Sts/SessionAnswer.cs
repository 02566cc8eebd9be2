using SigningProxy.LocalAws.Destinations;
using SigningProxy.LocalAws.Sessions;

namespace SigningProxy.LocalAws.Sts;

/// <summary>A session as STS hands it out.</summary>
internal static class SessionAnswer
{
    /// <param name="action">The action that asked for it.</param>
    /// <param name="issued">The session.</param>
    /// <param name="token">The web identity token it was given out for; null when there was none.</param>
    public static Answer Of(string action, IssuedSession issued, WebIdentityToken? token = null) => QueryXmlAnswer.Result(action, xml =>
    {
        xml.WriteElement("AssumedRoleUser", () =>
        {
            xml.WriteText("AssumedRoleId", issued.AssumedRoleId);
            xml.WriteText("Arn", issued.AssumedRoleArn);
        });
        xml.WriteElement("Credentials", () =>
        {
            xml.WriteText("AccessKeyId", issued.Key.AccessKeyId);
            xml.WriteText("SecretAccessKey", issued.Key.Secret);
            xml.WriteText("SessionToken", issued.Key.SessionToken!);
            xml.WriteText("Expiration", issued.ExpirationText);
        });
        if (token is not null)
        {
            xml.WriteText("SubjectFromWebIdentityToken", token.Subject);
            xml.WriteText("Audience", token.Audience);
            xml.WriteText("Provider", token.Issuer);
        }
    });
}
