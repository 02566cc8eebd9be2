using System.Text;
using System.Xml;
using SigningProxy.Exchange.Metadata;

namespace SigningProxy.Exchange.Exporting;

/// <summary>Writes one of the original's files, in the form in which it is retrieved.</summary>
internal sealed class MetadataWriter : IDisposable
{
    private readonly StringBuilder _text = new("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    private readonly XmlWriter _xml;

    public MetadataWriter(MetadataKind kind)
    {
        _xml = XmlWriter.Create(_text, new XmlWriterSettings { Indent = true, IndentChars = "    ", NewLineChars = "\n", OmitXmlDeclaration = true });
        _xml.WriteStartElement(kind.Root, MetadataXml.Namespace);
    }

    /// <summary>Whether XML can hold a text, and whoever reads it sees the same.</summary>
    public static bool Holds(string text)
    {
        if (text.Length == 0 || text != text.Trim())
            return false;
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                i++;
            else if (!XmlConvert.IsXmlChar(text[i]) || text[i] == '\r')
                return false;
        }
        return true;
    }

    /// <summary>An element with a text; none where there is no text.</summary>
    public void Element(string name, string? text)
    {
        if (text is not null)
            _xml.WriteElementString(name, MetadataXml.Namespace, text);
    }

    /// <summary>An element with elements in it; those without a text are left out.</summary>
    public void Element(string name, params IEnumerable<(string Name, string? Text)> fields)
    {
        _xml.WriteStartElement(name, MetadataXml.Namespace);
        foreach (var (field, text) in fields)
            Element(field, text);
        _xml.WriteEndElement();
    }

    public string End()
    {
        _xml.WriteEndElement();
        _xml.Flush();
        return _text.Append('\n').ToString();
    }

    public void Dispose() => _xml.Dispose();
}
