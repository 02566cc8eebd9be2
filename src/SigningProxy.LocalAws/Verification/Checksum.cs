using System.Buffers.Binary;
using System.Security.Cryptography;

namespace SigningProxy.LocalAws.Verification;

/// <summary>The checksums that S3 knows by name, as their headers have them: base64 of the bytes, the greatest first.</summary>
internal static class Checksum
{
    // Castagnoli's, IEEE's and NVMe's polynomials, reflected
    private const ulong Crc32c = 0x82F63B78;
    private const ulong Crc32 = 0xEDB88320;
    private const ulong Crc64Nvme = 0x9A6C9329AC4BC9B5;

    /// <summary>The value that a header should have; null when it is no checksum that is known here.</summary>
    public static string? Of(string header, byte[] content) => header switch
    {
        "x-amz-checksum-crc32" => Reflected(content, Crc32, 32),
        "x-amz-checksum-crc32c" => Reflected(content, Crc32c, 32),
        "x-amz-checksum-crc64nvme" => Reflected(content, Crc64Nvme, 64),
        "x-amz-checksum-sha256" => Convert.ToBase64String(SHA256.HashData(content)),
        _ => null,
    };

    private static string Reflected(byte[] content, ulong polynomial, int width)
    {
        var table = new ulong[256];
        for (var i = 0; i < table.Length; i++)
        {
            table[i] = (ulong)i;
            for (var bit = 0; bit < 8; bit++)
            {
                table[i] = (table[i] >> 1) ^ ((table[i] & 1) * polynomial);
            }
        }

        var ones = ulong.MaxValue >> (64 - width);
        var rest = ones;
        foreach (var octet in content)
        {
            rest = (rest >> 8) ^ table[(byte)(rest ^ octet)];
        }

        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, rest ^ ones);
        return Convert.ToBase64String(bytes[(8 - width / 8)..]);
    }
}
