using System.Globalization;
using System.Text;
using System.Xml;

namespace SigningProxy.Explain.Comparing;

/// <summary>Reads an error answer in XML: S3's, which has elements for what it made of the request, and that of the Query protocol, whose message quotes it.</summary>
internal static class XmlAnswer
{
    private static readonly XmlReaderSettings Plain = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };

    /// <returns>The answer, or null when the text is no XML.</returns>
    public static AwsAnswer? Read(string text)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            using var xml = XmlReader.Create(new StringReader(text), Plain);
            for (var name = ""; xml.Read();)
            {
                if (xml.NodeType == XmlNodeType.Element)
                    name = xml.LocalName;
                else if (xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace && xml.Depth > 0)
                    texts.TryAdd(name, xml.Value);
                else if (xml.NodeType == XmlNodeType.EndElement)
                    name = "";
            }
        }
        catch (XmlException)
        {
            return null;
        }
        return new AwsAnswer
        {
            Code = texts.GetValueOrDefault("Code"),
            Message = texts.GetValueOrDefault("Message"),
            CanonicalRequest = Text(texts, "CanonicalRequest") is { } canonical ? CanonicalText.Parse(canonical) : null,
            StringToSign = Text(texts, "StringToSign") is { } stringToSign ? StringToSignText.Parse(stringToSign) : null,
        }.WithQuotes();
    }

    /// <remarks>The bytes where they are given: XML folds line ends and cannot hold every character.</remarks>
    private static string? Text(Dictionary<string, string> texts, string name) =>
        texts.TryGetValue(name + "Bytes", out var bytes) && Decode(bytes) is { } exact ? exact : texts.GetValueOrDefault(name);

    private static string? Decode(string hex)
    {
        var digits = hex.Split([' ', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries);
        var bytes = new byte[digits.Length];
        for (var i = 0; i < bytes.Length; i++)
        {
            if (!byte.TryParse(digits[i], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out bytes[i]))
                return null;
        }
        return bytes.Length == 0 ? null : Encoding.UTF8.GetString(bytes);
    }
}
