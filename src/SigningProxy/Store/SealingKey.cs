using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace SigningProxy.Store;

/// <summary>Seals texts with AES-256-GCM. What is sealed opens only in the place it was sealed for.</summary>
internal sealed class SealingKey
{
    public const int Length = 32;

    // The form, then nonce, tag and ciphertext.
    private const byte Form = 1;
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int Overhead = 1 + NonceLength + TagLength;

    private readonly byte[] _key;

    /// <param name="key">Of <see cref="Length"/> bytes.</param>
    public SealingKey(byte[] key) => _key = key.Length == Length ? key : throw new ArgumentException("It is no key of AES-256.", nameof(key));

    /// <param name="text">What is to be kept secret.</param>
    /// <param name="place">What it belongs to; the order counts.</param>
    public byte[] Seal(ReadOnlySpan<byte> text, params ReadOnlySpan<string> place)
    {
        var whole = new byte[Overhead + text.Length];
        whole[0] = Form;
        RandomNumberGenerator.Fill(whole.AsSpan(1, NonceLength));
        using var gcm = new AesGcm(_key, TagLength);
        gcm.Encrypt(whole.AsSpan(1, NonceLength), text, whole.AsSpan(Overhead), whole.AsSpan(1 + NonceLength, TagLength), Digest(place));
        return whole;
    }

    /// <summary>The text, or null: it was sealed with another key or for another place, or was altered.</summary>
    public byte[]? Open(ReadOnlySpan<byte> whole, params ReadOnlySpan<string> place)
    {
        if (whole.Length < Overhead || whole[0] != Form)
            return null;
        var text = new byte[whole.Length - Overhead];
        using var gcm = new AesGcm(_key, TagLength);
        try
        {
            gcm.Decrypt(whole.Slice(1, NonceLength), whole[Overhead..], whole.Slice(1 + NonceLength, TagLength), text, Digest(place));
            return text;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    // Each part with its length before it, so that no two places read alike.
    private static byte[] Digest(ReadOnlySpan<string> place)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (var part in place)
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
            digest.AppendData(length);
            digest.AppendData(bytes);
        }
        return digest.GetHashAndReset();
    }
}
