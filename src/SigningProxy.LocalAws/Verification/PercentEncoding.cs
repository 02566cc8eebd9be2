using System.Text;

namespace SigningProxy.LocalAws.Verification;

/// <summary>AWS's UriEncode: everything but letters, digits and <c>-._~</c> becomes %XX in upper case, byte by byte of UTF-8.</summary>
internal static class PercentEncoding
{
    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        var encoded = new StringBuilder(bytes.Length);
        foreach (var octet in bytes)
        {
            if (char.IsAsciiLetterOrDigit((char)octet) || octet is (byte)'-' or (byte)'.' or (byte)'_' or (byte)'~')
            {
                encoded.Append((char)octet);
            }
            else
            {
                encoded.Append('%').Append(octet.ToString("X2", null));
            }
        }

        return encoded.ToString();
    }

    public static string Encode(string text) => Encode(Encoding.UTF8.GetBytes(text));

    /// <summary>The bytes meant by an escaped text; null when a percent sign is not followed by two hexadecimal digits.</summary>
    public static byte[]? Decode(string escaped)
    {
        var source = Encoding.UTF8.GetBytes(escaped);
        var decoded = new byte[source.Length];
        var length = 0;
        for (var i = 0; i < source.Length; i++)
        {
            if (source[i] != (byte)'%')
            {
                decoded[length++] = source[i];
            }
            else if (i + 2 < source.Length && char.IsAsciiHexDigit((char)source[i + 1]) && char.IsAsciiHexDigit((char)source[i + 2]))
            {
                decoded[length++] = Convert.FromHexString(source.AsSpan(i + 1, 2))[0];
                i += 2;
            }
            else
            {
                return null;
            }
        }

        return decoded[..length];
    }
}
