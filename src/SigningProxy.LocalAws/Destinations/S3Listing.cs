using System.Globalization;
using System.Xml;
using SigningProxy.LocalAws.Verification;

namespace SigningProxy.LocalAws.Destinations;

/// <summary>ListBuckets and ListObjectsV2 as XML. A listing is always whole: there is no paging.</summary>
internal static class S3Listing
{
    private const string Namespace = "http://s3.amazonaws.com/doc/2006-03-01/";

    public static Answer Buckets(IEnumerable<string> buckets) => Xml("ListAllMyBucketsResult", xml =>
    {
        xml.WriteStartElement("Buckets", Namespace);
        foreach (var bucket in buckets)
        {
            xml.WriteStartElement("Bucket", Namespace);
            xml.WriteElementString("Name", Namespace, bucket);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    });

    /// <param name="bucket">The bucket's name.</param>
    /// <param name="objects">All objects of the bucket.</param>
    /// <param name="query">The parameters prefix, delimiter and encoding-type are heeded.</param>
    public static Answer Objects(string bucket, IEnumerable<KeyValuePair<string, S3Object>> objects, IReadOnlyList<KeyValuePair<string, string>> query)
    {
        var prefix = CanonicalQuery.Value(query, "prefix") ?? "";
        var delimiter = CanonicalQuery.Value(query, "delimiter") ?? "";
        Func<string, string> shown = CanonicalQuery.Value(query, "encoding-type") == "url" ? Escape : key => key;
        var listed = objects.Where(stored => stored.Key.StartsWith(prefix, StringComparison.Ordinal)).ToLookup(stored => Folder(stored.Key, prefix, delimiter));
        var folders = listed.Select(group => group.Key).OfType<string>().ToList();
        var contents = listed[null].ToList();
        return Xml("ListBucketResult", xml =>
        {
            xml.WriteElementString("Name", Namespace, bucket);
            xml.WriteElementString("Prefix", Namespace, shown(prefix));
            xml.WriteElementString("KeyCount", Namespace, (contents.Count + folders.Count).ToString(CultureInfo.InvariantCulture));
            xml.WriteElementString("IsTruncated", Namespace, "false");
            if (CanonicalQuery.Value(query, "encoding-type") is { } encoding)
            {
                xml.WriteElementString("EncodingType", Namespace, encoding);
            }

            foreach (var (key, stored) in contents)
            {
                xml.WriteStartElement("Contents", Namespace);
                xml.WriteElementString("Key", Namespace, shown(key));
                xml.WriteElementString("LastModified", Namespace, stored.LastModified.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
                xml.WriteElementString("ETag", Namespace, stored.ETag);
                xml.WriteElementString("Size", Namespace, stored.Content.Length.ToString(CultureInfo.InvariantCulture));
                xml.WriteElementString("StorageClass", Namespace, "STANDARD");
                xml.WriteEndElement();
            }

            foreach (var folder in folders)
            {
                xml.WriteStartElement("CommonPrefixes", Namespace);
                xml.WriteElementString("Prefix", Namespace, shown(folder));
                xml.WriteEndElement();
            }
        });
    }

    // The key up to the first delimiter after the prefix; null when the key is listed itself
    private static string? Folder(string key, string prefix, string delimiter)
    {
        var end = delimiter.Length == 0 ? -1 : key.IndexOf(delimiter, prefix.Length, StringComparison.Ordinal);
        return end < 0 ? null : key[..(end + delimiter.Length)];
    }

    private static string Escape(string key) => string.Join('/', key.Split('/').Select(PercentEncoding.Encode));

    private static Answer Xml(string root, Action<XmlWriter> content) => new(200, XmlText.ContentType, XmlText.Write(xml =>
    {
        xml.WriteStartElement(root, Namespace);
        content(xml);
        xml.WriteEndElement();
    }));
}
