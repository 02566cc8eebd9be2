using SigningProxy.LocalAws.Verification;

namespace SigningProxy.LocalAws.Destinations;

/// <summary>An error in the form of a service.</summary>
internal static class ErrorAnswer
{
    public const string JsonContentType = "application/x-amz-json-1.0";

    private const string Namespace = "com.amazon.coral.service#";

    /// <param name="shape">The form.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="code">AWS's error code.</param>
    /// <param name="message">A sentence for people.</param>
    /// <param name="details">Further elements of S3's XML; the other forms have none.</param>
    public static Answer Of(ErrorShape shape, int status, string code, string message, params ReadOnlySpan<KeyValuePair<string, string?>> details)
    {
        var answer = shape switch
        {
            ErrorShape.Xml => Xml(status, code, message, details.ToArray()),
            ErrorShape.QueryXml => QueryXmlAnswer.Error(status, code, message),
            ErrorShape.Message => OfMessage(status, message),
            ErrorShape.JsonBody => Json(status, Namespace + code, message),
            _ => Json(status, code, message) with { Headers = [new("x-amzn-errortype", code)] },
        };
        return answer with { Code = code };
    }

    /// <summary>A message in JSON, and no code.</summary>
    public static Answer OfMessage(int status, string message) =>
        new(status, "application/json", JsonText.Write(json => json.WriteString("message", message)));

    private static Answer Json(int status, string type, string message) =>
        new(status, JsonContentType, JsonText.Write(json =>
        {
            json.WriteString("__type", type);
            json.WriteString("message", message);
        }));

    private static Answer Xml(int status, string code, string message, KeyValuePair<string, string?>[] details) =>
        new(status, XmlText.ContentType, XmlText.Write(xml =>
        {
            xml.WriteStartElement("Error");
            xml.WriteElementString("Code", code);
            xml.WriteElementString("Message", message);
            foreach (var (name, value) in details)
            {
                if (value is not null)
                {
                    xml.WriteElementString(name, value);
                }
            }

            xml.WriteEndElement();
        }));
}
