using System.Xml;

namespace SigningProxy.LocalAws.Destinations;

/// <summary>Answers of the query protocol, as the Security Token Service gives them.</summary>
internal static class QueryXmlAnswer
{
    private const string Namespace = "https://sts.amazonaws.com/doc/2011-06-15/";

    /// <summary><c>{action}Response</c> with its <c>{action}Result</c>.</summary>
    public static Answer Result(string action, Action<XmlWriter> content) => Of(200, action + "Response", (xml, requestId) =>
    {
        xml.WriteElement(action + "Result", () => content(xml));
        xml.WriteElement("ResponseMetadata", () => xml.WriteText("RequestId", requestId));
    });

    /// <summary><c>ErrorResponse</c>.</summary>
    public static Answer Error(int status, string code, string message) => Of(status, "ErrorResponse", (xml, requestId) =>
    {
        xml.WriteElement("Error", () =>
        {
            xml.WriteText("Type", status < 500 ? "Sender" : "Receiver");
            xml.WriteText("Code", code);
            xml.WriteText("Message", message);
        });
        xml.WriteText("RequestId", requestId);
    });

    /// <summary>An element of this namespace that holds text.</summary>
    public static void WriteText(this XmlWriter xml, string name, string text) => xml.WriteElementString(name, Namespace, text);

    /// <summary>An element of this namespace that holds elements.</summary>
    public static void WriteElement(this XmlWriter xml, string name, Action content)
    {
        xml.WriteStartElement(name, Namespace);
        content();
        xml.WriteEndElement();
    }

    private static Answer Of(int status, string root, Action<XmlWriter, string> content)
    {
        var requestId = Guid.NewGuid().ToString();
        return new(status, "text/xml", XmlText.Write(xml => xml.WriteElement(root, () => content(xml, requestId))))
        {
            Headers = [new("x-amzn-RequestId", requestId)],
        };
    }
}
