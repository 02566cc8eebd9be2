using System.Globalization;
using System.Text;
using System.Xml;

namespace SigningProxy.Exchange.Metadata;

/// <summary>Reads the XML of one file: no document type, no entities of its own, nothing fetched, and bounded in depth.</summary>
internal static class MetadataXml
{
    /// <summary>The namespace of the original's files.</summary>
    public const string Namespace = "http://soap.sforce.com/2006/04/metadata";

    /// <summary>How far elements may nest. Those of use nest twice.</summary>
    public const int Depth = 16;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="MetadataException">It is no XML of this kind, or made to do harm.</exception>
    public static MetadataDocument Read(MetadataFile file)
    {
        var text = TextOf(file);
        using var reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = MetadataBounds.FileBytes,
            // Zero would mean no bound.
            MaxCharactersFromEntities = 1,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
        });
        try
        {
            reader.MoveToContent();
            if (reader.LocalName != file.Kind.Root || reader.NamespaceURI is not ("" or Namespace))
                throw new MetadataException(file.Path, $"its root element is not {file.Kind.Root}", "Keep each file under the name that the original gave it.");
            return new MetadataDocument(file, Elements(reader, file));
        }
        // The reader's own words may repeat what stands in the file.
        catch (XmlException) when (text.Contains("<!DOCTYPE", StringComparison.Ordinal))
        {
            throw new MetadataException(file.Path, "it has a document type, in which entities can be declared", "Take out the line that begins with <!DOCTYPE; the original writes none.");
        }
        catch (XmlException e)
        {
            throw new MetadataException(
                file.Path, string.Create(CultureInfo.InvariantCulture, $"it is not well-formed XML in line {Math.Max(1, e.LineNumber)}, position {e.LinePosition}"), "Correct the line, or retrieve the file again.");
        }
    }

    private static string TextOf(MetadataFile file)
    {
        try
        {
            return Strict.GetString(file.Bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            throw new MetadataException(file.Path, "it is not text in UTF-8", "Save it as UTF-8, as the original does.");
        }
    }

    private static List<MetadataElement> Elements(XmlReader reader, MetadataFile file)
    {
        var (elements, names) = (new List<MetadataElement>(), new HashSet<string>(StringComparer.Ordinal));
        var (text, fields, field) = (new StringBuilder(), new List<(string Name, string Text)>(), new StringBuilder());
        while (reader.Read())
        {
            if (reader.Depth > Depth)
                throw new MetadataException(file.Path, $"its elements nest deeper than {Depth}", "Retrieve the file again; the original writes none so deep.");
            // A text is one deeper than its element, and an element without content never ends.
            switch (reader.NodeType)
            {
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace:
                    (reader.Depth == 2 ? text : reader.Depth == 3 ? field : null)?.Append(reader.Value);
                    break;
                case XmlNodeType.Element when reader is { Depth: 1, IsEmptyElement: true }:
                    Add(null, []);
                    break;
                case XmlNodeType.Element when reader.Depth == 1:
                    (text, fields) = (new StringBuilder(), []);
                    break;
                case XmlNodeType.Element when reader.Depth == 2:
                    field.Clear();
                    break;
                case XmlNodeType.EndElement when reader.Depth == 2:
                    if (Trimmed(field) is { } value)
                        fields.Add((reader.LocalName, value));
                    break;
                case XmlNodeType.EndElement when reader.Depth == 1:
                    Add(Trimmed(text), fields);
                    break;
            }
        }
        return elements;

        // A permission set may hold tens of thousands of what is not read.
        void Add(string? text, List<(string Name, string Text)> fields)
        {
            if (names.Add(reader.LocalName) || (reader.LocalName == file.Kind.Repeated && fields.Count > 0))
                elements.Add(new MetadataElement(reader.LocalName, text, fields));
        }
    }

    private static string? Trimmed(StringBuilder text) => text.ToString().Trim() is { Length: > 0 } trimmed ? trimmed : null;
}
