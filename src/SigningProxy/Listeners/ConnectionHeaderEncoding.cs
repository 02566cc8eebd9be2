using System.Text;

namespace SigningProxy.Listeners;

/// <summary>Reads the <c>Connection</c> header in such a way that Kestrel keeps all the names it lists.</summary>
/// <remarks>
/// Where the lines say exactly one of <c>close</c>, <c>keep-alive</c> and <c>upgrade</c>, Kestrel (ConnectionOptions in HttpHeaders.ParseConnection) puts
/// that word in place of the whole, and nobody learns which headers were meant for this hop alone (RFC 9110, section 7.6.1). Two of the
/// words it leaves as they stand; so a line that lists another name gets two. Beside <c>upgrade</c> the second is <c>keep-alive</c>,
/// which changes nothing; else the connection ends after the answer, as it always may.
/// </remarks>
internal sealed class ConnectionHeaderEncoding : Encoding
{
    private static readonly ConnectionHeaderEncoding Instance = new();
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>How a header's value is read; null for Kestrel's own way.</summary>
    public static Encoding? For(string header) => header.Equals("Connection", StringComparison.OrdinalIgnoreCase) ? Instance : null;

    public override int GetCharCount(byte[] bytes, int index, int count) => Read(bytes.AsSpan(index, count)).Length;

    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex)
    {
        var text = Read(bytes.AsSpan(byteIndex, byteCount));
        text.CopyTo(chars.AsSpan(charIndex));
        return text.Length;
    }

    public override int GetMaxCharCount(int byteCount) => Strict.GetMaxCharCount(byteCount) + ", close, keep-alive".Length;

    public override int GetByteCount(char[] chars, int index, int count) => Strict.GetByteCount(chars, index, count);

    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) =>
        Strict.GetBytes(chars, charIndex, charCount, bytes, byteIndex);

    public override int GetMaxByteCount(int charCount) => Strict.GetMaxByteCount(charCount);

    private static string Read(ReadOnlySpan<byte> bytes)
    {
        var line = Strict.GetString(bytes);
        var names = line.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (names.All(IsKestrelsOwn))
            return line;
        return names.Contains("upgrade", StringComparer.OrdinalIgnoreCase) ? $"{line}, keep-alive" : $"{line}, close, keep-alive";
    }

    private static bool IsKestrelsOwn(string name) =>
        name.Equals("close", StringComparison.OrdinalIgnoreCase)
        || name.Equals("keep-alive", StringComparison.OrdinalIgnoreCase)
        || name.Equals("upgrade", StringComparison.OrdinalIgnoreCase);
}
