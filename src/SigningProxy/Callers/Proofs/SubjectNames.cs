using System.Formats.Asn1;
using System.Text;
using SigningProxy.Catalog;

namespace SigningProxy.Callers.Proofs;

/// <summary>Reads the alternative names of a certificate (RFC 5280, section 4.2.1.6).</summary>
internal static class SubjectNames
{
    private const int DnsTag = 2;
    private const int UriTag = 6;

    /// <summary>The DNS names and URIs, in their order; null where the extension cannot be read to its end.</summary>
    public static IReadOnlyList<(CertificatePart Part, string Value)>? Of(byte[] extension)
    {
        var names = new List<(CertificatePart, string)>();
        try
        {
            var whole = new AsnReader(extension, AsnEncodingRules.DER);
            var sequence = whole.ReadSequence();
            whole.ThrowIfNotEmpty();
            while (sequence.HasData)
            {
                var tag = sequence.PeekTag();
                if (tag.TagClass == TagClass.ContextSpecific && tag.TagValue is DnsTag or UriTag)
                {
                    var value = sequence.ReadCharacterString(UniversalTagNumber.IA5String, tag);
                    names.Add((tag.TagValue == UriTag ? CertificatePart.Uri : CertificatePart.Dns, value));
                }
                else
                {
                    sequence.ReadEncodedValue();
                }
            }
        }
        catch (Exception e) when (e is AsnContentException or DecoderFallbackException)
        {
            return null;
        }
        return names;
    }
}
