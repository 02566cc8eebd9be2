using SigningProxy.LocalAws.Verification;

namespace SigningProxy.LocalAws.Destinations;

/// <summary>An error in the form of a service: <c>Error</c> XML of S3, or <c>__type</c> and <c>message</c> in JSON.</summary>
internal static class ErrorAnswer
{
    public const string JsonContentType = "application/x-amz-json-1.0";

    /// <param name="shape">XML or JSON.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="code">AWS's error code.</param>
    /// <param name="message">A sentence for people.</param>
    /// <param name="details">Further elements; the JSON form has none.</param>
    public static Answer Of(ErrorShape shape, int status, string code, string message, params ReadOnlySpan<KeyValuePair<string, string?>> details) =>
        shape == ErrorShape.Xml ? Xml(status, code, message, details.ToArray()) : Json(status, code, message);

    private static Answer Json(int status, string code, string message) =>
        new(status, JsonContentType, JsonText.Write(json =>
        {
            json.WriteString("__type", code);
            json.WriteString("message", message);
        }))
        {
            Headers = [new("x-amzn-errortype", code)],
        };

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
