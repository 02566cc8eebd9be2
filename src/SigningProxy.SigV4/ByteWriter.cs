using System.Buffers;
using System.Text;

namespace SigningProxy.SigV4;

/// <summary>Grows on the caller's stack first and in pooled arrays after. What it held is wiped before an array goes back: session tokens pass through.</summary>
internal ref struct ByteWriter(Span<byte> initial)
{
    private Span<byte> _buffer = initial;
    private byte[]? _rented;

    public int Length { get; private set; }

    public readonly ReadOnlySpan<byte> Written => _buffer[..Length];

    public void Append(byte value)
    {
        if (Length == _buffer.Length)
            Grow(1);
        _buffer[Length++] = value;
    }

    public void Append(scoped ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _buffer.Length - Length)
            Grow(bytes.Length);
        bytes.CopyTo(_buffer[Length..]);
        Length += bytes.Length;
    }

    public void Append(scoped ReadOnlySpan<char> text)
    {
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (most > _buffer.Length - Length)
            Grow(most);
        Length += Encoding.UTF8.GetBytes(text, _buffer[Length..]);
    }

    /// <summary>Appends ASCII with its letters in lower case.</summary>
    public void AppendLower(scoped ReadOnlySpan<char> ascii)
    {
        if (ascii.Length > _buffer.Length - Length)
            Grow(ascii.Length);
        Ascii.ToLower(ascii, _buffer[Length..], out var written);
        Length += written;
    }

    /// <summary>Appends a byte as it stands when it is unreserved, and as an upper-case percent triplet otherwise.</summary>
    public void AppendEncoded(byte value)
    {
        if (Percent.IsUnreserved(value))
        {
            Append(value);
            return;
        }
        Append((byte)'%');
        Append("0123456789ABCDEF"u8[value >> 4]);
        Append("0123456789ABCDEF"u8[value & 15]);
    }

    public void AppendHex(scoped ReadOnlySpan<byte> bytes)
    {
        if (2 * bytes.Length > _buffer.Length - Length)
            Grow(2 * bytes.Length);
        Convert.TryToHexStringLower(bytes, _buffer[Length..], out var written);
        Length += written;
    }

    public void Dispose()
    {
        if (_rented is not null)
            ArrayPool<byte>.Shared.Return(_rented, clearArray: true);
        this = default;
    }

    private void Grow(int needed)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(Length + needed, 2 * _buffer.Length));
        Written.CopyTo(larger);
        if (_rented is not null)
            ArrayPool<byte>.Shared.Return(_rented, clearArray: true);
        _buffer = _rented = larger;
    }
}
