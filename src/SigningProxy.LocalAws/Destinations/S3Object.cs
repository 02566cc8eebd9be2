using System.Security.Cryptography;

namespace SigningProxy.LocalAws.Destinations;

/// <summary>A stored object with the headers it is given back with.</summary>
internal sealed record S3Object(byte[] Content, DateTimeOffset LastModified, string? ContentType, IReadOnlyList<KeyValuePair<string, string>> Metadata)
{
    /// <summary>The MD5 of the content in quotes: what S3 gives for a simple PUT, and no guard against anything.</summary>
    public string ETag { get; } = $"\"{Convert.ToHexStringLower(Md5(Content))}\"";

#pragma warning disable CA5351 // S3's ETag is defined as MD5
    private static byte[] Md5(byte[] content) => MD5.HashData(content);
#pragma warning restore CA5351
}
