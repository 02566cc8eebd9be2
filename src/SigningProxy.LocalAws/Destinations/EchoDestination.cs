using SigningProxy.LocalAws.Verification;

namespace SigningProxy.LocalAws.Destinations;

/// <summary>Tells what was received and how it was verified, for every service without a stand-in of its own.</summary>
internal sealed class EchoDestination : IDestination
{
    public Answer Serve(ReceivedRequest request, Verified verified) => new(200, "application/json", JsonText.WritePretty(json =>
    {
        json.WriteBoolean("verified", true);
        json.WriteString("accessKeyId", verified.AccessKeyId);
        json.WriteStartObject("scope");
        json.WriteString("date", verified.Scope.Date);
        json.WriteString("region", verified.Scope.Region);
        json.WriteString("service", verified.Scope.Service);
        json.WriteEndObject();
        json.WriteStrings("signedHeaders", verified.SignedHeaders);
        json.WriteString("method", request.Method);
        json.WriteString("rawTarget", Redaction.Target(request.RawTarget));
        json.WriteString("host", request.Single("host"));
        json.WriteStartArray("headers");
        foreach (var (name, value) in request.Headers)
        {
            json.WriteStringValue($"{name}: {Redaction.Header(name, value)}");
        }

        json.WriteEndArray();
        json.WriteNumber("bodyLength", request.Body.Length);
        json.WriteString("bodySha256", request.BodySha256);
        json.WriteStrings("canonicalRequest", Redaction.CanonicalRequest(verified.CanonicalRequest).Split('\n'));
        json.WriteStrings("stringToSign", verified.StringToSign.Split('\n'));
    }));
}
