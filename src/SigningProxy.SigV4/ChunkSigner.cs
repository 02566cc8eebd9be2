using System.Security.Cryptography;
using System.Text;

namespace SigningProxy.SigV4;

/// <summary>Signs the chunks of one body as it streams by, each signature covering the one before it, and the trailer at the end.</summary>
/// <remarks>
/// For a body whose payload is <see cref="PayloadHash.OfChunks"/> or <see cref="PayloadHash.OfChunksWithTrailer"/>. One thread at a time.
/// The credentials must outlive the body: hand over a copy of them where they may be zeroed earlier.
/// Source: Amazon S3 API Reference, "Signature Calculations for the Authorization Header: Transferring Payload in Multiple Chunks" and
/// "Including Trailing Headers"; the form of SigV4A is aws-c-auth's.
/// </remarks>
public sealed class ChunkSigner
{
    private const byte Padding = (byte)'*';

    private readonly SessionCredentials _credentials;
    private readonly CredentialScope _scope;
    private readonly byte[] _at = new byte[SigningInstant.Length];
    private readonly byte[] _previous;
    private int _previousLength;

    /// <summary>Begins after the request's own signature.</summary>
    /// <param name="credentials">Those that signed the request.</param>
    /// <param name="scope">The scope of the request's signature.</param>
    /// <param name="instant">Its instant.</param>
    /// <param name="seed">The signature itself, from <see cref="RequestSignature.Signature"/>.</param>
    /// <exception cref="ArgumentException">The seed is no signature of this scope; a part of the scope is blank.</exception>
    public ChunkSigner(SessionCredentials credentials, in CredentialScope scope, DateTimeOffset instant, string seed)
    {
        ArgumentNullException.ThrowIfNull(credentials);
        ArgumentNullException.ThrowIfNull(seed);
        scope.Judge();
        SignatureLength = ChunkedEncoding.SignatureLengthOf(scope);
        if (seed.Length == 0 || seed.Length > SignatureLength || !Ascii.IsValid(seed))
            throw new ArgumentException($"The seed is a signature of up to {SignatureLength} digits.", nameof(seed));
        (_credentials, _scope) = (credentials, scope);
        SigningInstant.Format(instant, _at);
        _previous = new byte[SignatureLength];
        _previousLength = Encoding.ASCII.GetBytes(seed, _previous);
    }

    /// <summary>How many bytes the signature of a chunk takes: 64, or 144 in SigV4A.</summary>
    public int SignatureLength { get; }

    /// <summary>Signs the next chunk; the last one is empty.</summary>
    /// <param name="chunk">Its bytes, without their frame.</param>
    /// <param name="signature">Takes the signature in lower-case hexadecimal, padded with <c>*</c> in SigV4A; <see cref="SignatureLength"/> bytes.</param>
    /// <exception cref="ArgumentException">There is too little room for the signature.</exception>
    /// <exception cref="ObjectDisposedException">The credentials were zeroed.</exception>
    public void Sign(ReadOnlySpan<byte> chunk, Span<byte> signature)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(chunk, hash);
        SignHash(hash, signature);
    }

    /// <summary>Signs the next chunk by its hash, when it does not lie in one piece.</summary>
    /// <param name="sha256">The SHA-256 of its bytes; 32 bytes.</param>
    /// <param name="signature">As with <see cref="Sign"/>.</param>
    /// <exception cref="ArgumentException">There is too little room for the signature, or the hash is none.</exception>
    /// <exception cref="ObjectDisposedException">The credentials were zeroed.</exception>
    public void SignHash(ReadOnlySpan<byte> sha256, Span<byte> signature)
    {
        if (sha256.Length != SHA256.HashSizeInBytes)
            throw new ArgumentException($"A SHA-256 is {SHA256.HashSizeInBytes} bytes long, not {sha256.Length}.", nameof(sha256));
        // What a chunk could have of headers is not used: the hash of nothing stands for them.
        Link("-PAYLOAD"u8, PayloadHash.Empty.Value, sha256, signature);
    }

    /// <summary>Signs the trailer, after the empty chunk.</summary>
    /// <param name="trailer">Its headers, but for <c>x-amz-trailer-signature</c>, whose value this is; at least one.</param>
    /// <param name="signature">As with <see cref="Sign"/>.</param>
    /// <exception cref="ArgumentException">There is too little room for the signature, or no trailer.</exception>
    /// <exception cref="ObjectDisposedException">The credentials were zeroed.</exception>
    public void SignTrailer(ReadOnlySpan<RequestHeader> trailer, Span<byte> signature)
    {
        if (trailer.IsEmpty)
            throw new ArgumentException("A trailer has at least one header.", nameof(trailer));
        var writer = new ByteWriter(stackalloc byte[512]);
        try
        {
            new CanonicalHeaders(trailer, new int[trailer.Length]).WriteLines(ref writer);
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(writer.Written, hash);
            Link("-TRAILER"u8, headersHash: null, hash, signature);
        }
        finally
        {
            writer.Dispose();
        }
    }

    private void Link(ReadOnlySpan<byte> kind, string? headersHash, ReadOnlySpan<byte> hash, Span<byte> signature)
    {
        if (signature.Length < SignatureLength)
            throw new ArgumentException($"The signature takes {SignatureLength} bytes.", nameof(signature));
        var writer = new ByteWriter(stackalloc byte[640]);
        try
        {
            writer.Append(_scope.Algorithm);
            writer.Append(kind);
            writer.Append((byte)'\n');
            writer.Append(_at);
            writer.Append((byte)'\n');
            _scope.Write(ref writer, SigningInstant.Day(_at));
            writer.Append((byte)'\n');
            writer.Append(_previous.AsSpan(0, _previousLength));
            writer.Append((byte)'\n');
            if (headersHash is not null)
            {
                writer.Append(headersHash);
                writer.Append((byte)'\n');
            }
            writer.AppendHex(hash);
            Span<byte> bytes = stackalloc byte[SessionCredentials.MaximumSignatureLength];
            bytes = bytes[.._credentials.Sign(SigningInstant.Day(_at), _scope, writer.Written, bytes)];
            // The padding fills the frame and is no part of what the next signature covers.
            Convert.TryToHexStringLower(bytes, _previous, out _previousLength);
            _previous.AsSpan(0, _previousLength).CopyTo(signature);
            signature[_previousLength..SignatureLength].Fill(Padding);
        }
        finally
        {
            writer.Dispose();
        }
    }
}
