using System.Text;
using System.Xml;

namespace SigningProxy.LocalAws.Destinations;

/// <summary>XML answers.</summary>
internal static class XmlText
{
    public const string ContentType = "application/xml";

    // CheckCharacters off: keys may hold control characters, which S3 too writes as references
    private static readonly XmlWriterSettings Settings = new() { Encoding = new UTF8Encoding(false), CheckCharacters = false };

    public static ReadOnlyMemory<byte> Write(Action<XmlWriter> content)
    {
        using var buffer = new MemoryStream();
        using (var xml = XmlWriter.Create(buffer, Settings))
        {
            content(xml);
        }

        return buffer.ToArray();
    }
}
