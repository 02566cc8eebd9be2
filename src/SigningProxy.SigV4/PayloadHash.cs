using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace SigningProxy.SigV4;

/// <summary>What the canonical request says of the body: its SHA-256, that it is not signed, or how its chunks are.</summary>
public readonly record struct PayloadHash
{
    // Either a text or a hash, which is written out only where a text is asked for.
    private readonly string? _value;
    private readonly Sha256? _hash;

    private PayloadHash(string value) => _value = value;

    private PayloadHash(ReadOnlySpan<byte> sha256)
    {
        var hash = default(Sha256);
        sha256.CopyTo(hash);
        _hash = hash;
    }

    /// <summary>The hash of no bytes at all.</summary>
    public static PayloadHash Empty { get; } = new("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");

    /// <summary><c>UNSIGNED-PAYLOAD</c>: the headers are signed, the body is not. AWS takes it over TLS only, and not for every service.</summary>
    public static PayloadHash Unsigned { get; } = new("UNSIGNED-PAYLOAD");

    /// <summary><c>STREAMING-UNSIGNED-PAYLOAD-TRAILER</c>: framed in chunks that are not signed, with a trailer. AWS takes it over TLS only.</summary>
    public static PayloadHash UnsignedChunksWithTrailer { get; } = new("STREAMING-UNSIGNED-PAYLOAD-TRAILER");

    /// <summary>The text that stands in the canonical request: 64 lower-case hexadecimal digits, or AWS's own words.</summary>
    public string Value => _hash is { } hash ? Convert.ToHexStringLower(hash) : _value ?? Empty.Value;

    /// <summary>Whatever a signature says of the body, in the words it was made with. For verifying it, and never for making one.</summary>
    /// <param name="text">The text of <c>x-amz-content-sha256</c>, as it came.</param>
    public static PayloadHash AsSigned(string text) => new(text);

    /// <summary>Hashes a body that is at hand.</summary>
    /// <param name="body">The bytes that will be sent.</param>
    public static PayloadHash Of(ReadOnlySpan<byte> body)
    {
        if (body.IsEmpty)
            return Empty;
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(body, hash);
        return FromHash(hash);
    }

    /// <summary>Says that the body comes in chunks, each with a signature of <see cref="ChunkSigner"/>.</summary>
    /// <param name="scope">The scope of the signatures, such as <c>STREAMING-AWS4-HMAC-SHA256-PAYLOAD</c> depends on.</param>
    public static PayloadHash OfChunks(in CredentialScope scope) => new($"STREAMING-{scope.Algorithm}-PAYLOAD");

    /// <summary>Likewise, with a signed trailer after the last chunk.</summary>
    /// <param name="scope">The scope of the signatures, such as <c>STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER</c> depends on.</param>
    public static PayloadHash OfChunksWithTrailer(in CredentialScope scope) => new($"STREAMING-{scope.Algorithm}-PAYLOAD-TRAILER");

    /// <summary>Takes a SHA-256 that was computed elsewhere, as the body streamed by.</summary>
    /// <param name="sha256">32 bytes.</param>
    /// <exception cref="ArgumentException">It is not 32 bytes long.</exception>
    public static PayloadHash FromHash(ReadOnlySpan<byte> sha256)
    {
        if (sha256.Length != SHA256.HashSizeInBytes)
            throw new ArgumentException($"A SHA-256 is {SHA256.HashSizeInBytes} bytes long, not {sha256.Length}.", nameof(sha256));
        return new PayloadHash(sha256);
    }

    /// <summary>Reads the hexadecimal form, in either case.</summary>
    /// <param name="text">The text of an <c>x-amz-content-sha256</c> header.</param>
    /// <param name="hash">The hash, in lower case as AWS compares it.</param>
    /// <returns>Whether the text is 64 hexadecimal digits.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out PayloadHash hash)
    {
        hash = default;
        if (text.Length != 2 * SHA256.HashSizeInBytes)
            return false;
        foreach (var digit in text)
        {
            if (!char.IsAsciiHexDigit(digit))
                return false;
        }
        hash = new PayloadHash(text.ToString().ToLowerInvariant());
        return true;
    }

    internal void Write(ref ByteWriter to)
    {
        if (_hash is { } hash)
            to.AppendHex(hash);
        else
            to.Append(Value);
    }

    /// <summary>Whether both say the same; the default value says what <see cref="Empty"/> does.</summary>
    /// <param name="other">What to compare with.</param>
    public bool Equals(PayloadHash other) => Value == other.Value;

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Value);

    /// <inheritdoc/>
    public override string ToString() => Value;

    [InlineArray(SHA256.HashSizeInBytes)]
    private struct Sha256
    {
        private byte _first;
    }
}
