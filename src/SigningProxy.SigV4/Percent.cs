using System.Buffers;
using System.Text;

namespace SigningProxy.SigV4;

/// <summary>Percent-encoding as AWS has it: upper-case triplets, and only RFC 3986's unreserved characters bare.</summary>
internal static class Percent
{
    private static readonly SearchValues<byte> Unreserved =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"u8);

    public static bool IsUnreserved(byte value) => Unreserved.Contains(value);

    /// <summary>The bytes of one character at <paramref name="at"/>, a triplet counting as one.</summary>
    /// <returns>How many bytes were written to <paramref name="bytes"/> (up to 4); <paramref name="at"/> moves past what was read.</returns>
    /// <exception cref="FormatException">A percent sign without two hexadecimal digits, or half of a surrogate pair.</exception>
    public static int Decode(ReadOnlySpan<char> text, ref int at, Span<byte> bytes)
    {
        if (text[at] != '%')
        {
            if (Rune.DecodeFromUtf16(text[at..], out var rune, out var read) != OperationStatus.Done)
                throw new FormatException("The text holds half of a surrogate pair.");
            at += read;
            return rune.EncodeToUtf8(bytes);
        }
        if (at + 2 >= text.Length || !char.IsAsciiHexDigit(text[at + 1]) || !char.IsAsciiHexDigit(text[at + 2]))
            throw new FormatException("A percent sign must be followed by two hexadecimal digits.");
        bytes[0] = (byte)((Digit(text[at + 1]) << 4) | Digit(text[at + 2]));
        at += 3;
        return 1;
    }

    private static int Digit(char digit) => char.IsAsciiDigit(digit) ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
