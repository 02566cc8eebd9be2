using System.Security.Cryptography;

namespace SigningProxy.SigV4;

/// <summary>What the canonical request says of the body: its SHA-256, or that it is not signed.</summary>
public readonly record struct PayloadHash
{
    private readonly string? _value;

    private PayloadHash(string value) => _value = value;

    /// <summary>The hash of no bytes at all.</summary>
    public static PayloadHash Empty { get; } = new("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");

    /// <summary><c>UNSIGNED-PAYLOAD</c>: the headers are signed, the body is not. AWS takes it over TLS only, and not for every service.</summary>
    public static PayloadHash Unsigned { get; } = new("UNSIGNED-PAYLOAD");

    /// <summary>The text that stands in the canonical request: 64 lower-case hexadecimal digits, or AWS's own words.</summary>
    public string Value => _value ?? Empty.Value;

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

    /// <summary>Takes a SHA-256 that was computed elsewhere, as the body streamed by.</summary>
    /// <param name="sha256">32 bytes.</param>
    /// <exception cref="ArgumentException">It is not 32 bytes long.</exception>
    public static PayloadHash FromHash(ReadOnlySpan<byte> sha256)
    {
        if (sha256.Length != SHA256.HashSizeInBytes)
            throw new ArgumentException($"A SHA-256 is {SHA256.HashSizeInBytes} bytes long, not {sha256.Length}.", nameof(sha256));
        return new PayloadHash(Convert.ToHexStringLower(sha256));
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

    /// <summary>Whether both say the same; the default value says what <see cref="Empty"/> does.</summary>
    /// <param name="other">What to compare with.</param>
    public bool Equals(PayloadHash other) => Value == other.Value;

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
