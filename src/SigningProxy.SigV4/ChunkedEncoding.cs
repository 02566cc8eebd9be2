using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;

namespace SigningProxy.SigV4;

/// <summary>The content encoding <c>aws-chunked</c>: how chunks are framed, and how long a body becomes by it.</summary>
/// <remarks>Source: Amazon S3 API Reference, "Transferring Payload in Multiple Chunks (Chunked Upload)".</remarks>
public sealed class ChunkedEncoding
{
    private const int LineEnd = 2;

    private static ReadOnlySpan<byte> BeforeSignature => ";chunk-signature="u8;

    private ChunkedEncoding(int chunkSize, int signatureLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(chunkSize);
        (ChunkSize, SignatureLength) = (chunkSize, signatureLength);
    }

    /// <summary>Bytes of every chunk but the last one that is not empty.</summary>
    public int ChunkSize { get; }

    /// <summary>Bytes of each signature, as <see cref="ChunkSigner.SignatureLength"/>; 0 where chunks have none.</summary>
    public int SignatureLength { get; }

    /// <summary>The encoding of chunks that are signed in a scope.</summary>
    /// <param name="scope">The scope, which tells SigV4 from SigV4A.</param>
    /// <param name="chunkSize">Bytes of a chunk. AWS takes 8 KiB and more.</param>
    public static ChunkedEncoding Signed(in CredentialScope scope, int chunkSize) => new(chunkSize, SignatureLengthOf(scope));

    /// <summary>The encoding of chunks without a signature, as <c>STREAMING-UNSIGNED-PAYLOAD-TRAILER</c> has them.</summary>
    /// <param name="chunkSize">Bytes of a chunk. AWS takes 8 KiB and more.</param>
    public static ChunkedEncoding Unsigned(int chunkSize) => new(chunkSize, 0);

    /// <summary>The <c>Content-Length</c> of a body.</summary>
    /// <param name="decodedContentLength">Its <c>x-amz-decoded-content-length</c>: how long it is without frames.</param>
    /// <param name="trailerLength">
    /// Bytes of the trailer's lines <c>name:value</c>, each with CR and LF, but without that of <c>x-amz-trailer-signature</c>; 0 without a trailer.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A length is negative.</exception>
    public long ContentLength(long decodedContentLength, int trailerLength = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(decodedContentLength);
        ArgumentOutOfRangeException.ThrowIfNegative(trailerLength);
        var (whole, rest) = Math.DivRem(decodedContentLength, ChunkSize);
        var frames = whole * (FrameLength(ChunkSize) + LineEnd) + (rest == 0 ? 0 : FrameLength((int)rest) + LineEnd) + FrameLength(0);
        var signature = trailerLength == 0 || SignatureLength == 0 ? 0 : "x-amz-trailer-signature:"u8.Length + SignatureLength + LineEnd;
        return decodedContentLength + frames + trailerLength + signature + LineEnd;
    }

    /// <summary>Bytes of the line before a chunk, its CR and LF counted.</summary>
    /// <param name="size">Bytes of the chunk.</param>
    public int FrameLength(int size) =>
        Digits(size) + (SignatureLength == 0 ? 0 : BeforeSignature.Length + SignatureLength) + LineEnd;

    /// <summary>Writes the line before a chunk, such as <c>10000;chunk-signature=...</c>, with CR and LF.</summary>
    /// <param name="size">Bytes of the chunk; 0 for the last.</param>
    /// <param name="signature">Its signature, of this encoding's length.</param>
    /// <param name="to">Takes <see cref="FrameLength"/> bytes.</param>
    /// <returns>How many bytes were written.</returns>
    /// <exception cref="ArgumentException">The signature has another length, or there is too little room.</exception>
    public int WriteFrame(int size, ReadOnlySpan<byte> signature, Span<byte> to)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        if (signature.Length != SignatureLength)
            throw new ArgumentException($"A signature has {SignatureLength} bytes here, not {signature.Length}.", nameof(signature));
        if (to.Length < FrameLength(size))
            throw new ArgumentException($"The line takes {FrameLength(size)} bytes.", nameof(to));
        size.TryFormat(to, out var written, "x", CultureInfo.InvariantCulture);
        if (SignatureLength > 0)
        {
            BeforeSignature.CopyTo(to[written..]);
            signature.CopyTo(to[(written += BeforeSignature.Length)..]);
            written += SignatureLength;
        }
        "\r\n"u8.CopyTo(to[written..]);
        return written + LineEnd;
    }

    /// <summary>Hexadecimal digits of an HMAC, or of the longest signature of SigV4A that AWS makes room for.</summary>
    internal static int SignatureLengthOf(in CredentialScope scope) =>
        2 * (scope.RegionSet is null ? HMACSHA256.HashSizeInBytes : EcdsaSigningKey.MaximumSignatureLength);

    private static int Digits(int size) => (BitOperations.Log2((uint)size) / 4) + 1;
}
