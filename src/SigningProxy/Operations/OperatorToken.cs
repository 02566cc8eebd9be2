using System.Security.Cryptography;
using System.Text;

namespace SigningProxy.Operations;

/// <summary>The token that proves an operator. Of its text no more is kept than a SHA-256 hash; a file's is read anew for every proof.</summary>
internal sealed class OperatorToken
{
    public const string Rule = "Write at least 16 visible ASCII characters without spaces, such as those of: openssl rand -hex 32.";

    private const int ShortestLength = 16;
    private const int LongestBytes = 4096;

    private readonly Func<(byte[]? Hash, string? Problem)> _read;

    private OperatorToken(Func<(byte[]? Hash, string? Problem)> read) => _read = read;

    /// <param name="path">Of the file; a line feed at its end is no part of the token.</param>
    public static OperatorToken InFile(string path) => new(() => ReadFile(path));

    /// <param name="name">Of an environment variable, which is read once.</param>
    public static OperatorToken InVariable(string name)
    {
        var read = Environment.GetEnvironmentVariable(name) is { } text ? Judge(Encoding.UTF8.GetBytes(text)) : (null, "the variable is not set");
        return new(() => read);
    }

    /// <summary>Why it proves nobody now, or null. Tells nothing of its text.</summary>
    public string? Problem() => _read().Problem;

    /// <summary>Differs from an earlier one once the token has been replaced, and is no way back to it; empty where it proves nobody now.</summary>
    public string Fingerprint() => _read().Hash is { } hash ? Convert.ToHexStringLower(SHA256.HashData(hash)) : "";

    /// <summary>Whether a text is the token; in a time that depends on neither.</summary>
    public bool Is(string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        return _read().Hash is { } expected && CryptographicOperations.FixedTimeEquals(hash, expected);
    }

    private static (byte[]? Hash, string? Problem) ReadFile(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            var bytes = new byte[LongestBytes + 1];
            var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            var judged = length > LongestBytes ? (null, $"the file has more than {LongestBytes} bytes") : Judge(bytes.AsSpan(0, length));
            CryptographicOperations.ZeroMemory(bytes);
            return judged;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, e is FileNotFoundException or DirectoryNotFoundException ? "the file does not exist" : "the file cannot be read by this user");
        }
    }

    private static (byte[]? Hash, string? Problem) Judge(ReadOnlySpan<byte> text)
    {
        // Editors and echo end a file with a line feed.
        var token = text.TrimEnd("\r\n"u8);
        if (token.Length < ShortestLength)
            return (null, "the token is too short");
        return token.ContainsAnyExceptInRange((byte)'!', (byte)'~')
            ? (null, "the token has characters that a header cannot carry")
            : (SHA256.HashData(token), null);
    }
}
