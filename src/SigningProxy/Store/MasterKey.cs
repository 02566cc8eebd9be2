using System.Security.Cryptography;
using System.Text;
using SigningProxy.Catalog;

namespace SigningProxy.Store;

/// <summary>The key that the database's own keys are wrapped with, and exported secrets sealed. It is never in the database.</summary>
internal sealed class MasterKey
{
    private const string Mend = "It is 32 bytes in Base64, such as those of: signing-proxy catalog new-key FILE.";
    private const int LongestText = 1024;

    private readonly SealingKey _key;

    private MasterKey(byte[] key) => _key = new SealingKey(key);

    /// <param name="path">Of the file; a line feed at its end is no part of the key.</param>
    /// <exception cref="StoreException">It cannot be read, or is no key.</exception>
    public static MasterKey InFile(string path)
    {
        try
        {
            using var file = new StreamReader(path, Encoding.ASCII);
            var text = new char[LongestText];
            return Parse(text.AsSpan(0, file.ReadBlock(text)), $"the file {path}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreException(
                $"the master key's file {path} {(e is FileNotFoundException or DirectoryNotFoundException ? "does not exist" : "cannot be read by this user")}", Mend, e);
        }
    }

    /// <param name="name">Of an environment variable.</param>
    /// <exception cref="StoreException">It is not set, or holds no key.</exception>
    public static MasterKey InVariable(string name) => Environment.GetEnvironmentVariable(name) is { } text
        ? Parse(text, $"the environment variable {name}")
        : throw new StoreException($"the master key's environment variable {name} is not set", Mend);

    /// <summary>Makes a key in a new file that this user alone can read.</summary>
    /// <exception cref="IOException">There is such a file, or it cannot be made.</exception>
    public static void Make(string path)
    {
        var key = RandomNumberGenerator.GetBytes(SealingKey.Length);
        using var file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        file.Write(Encoding.ASCII.GetBytes(Convert.ToBase64String(key) + "\n"));
        file.Flush(flushToDisk: true);
        CryptographicOperations.ZeroMemory(key);
    }

    public byte[] Wrap(byte[] dataKey, long version) => _key.Seal(dataKey, WrappedPlace(version));

    /// <summary>The data key, or null: it was wrapped with another master key.</summary>
    public byte[]? Unwrap(byte[] wrapped, long version) => _key.Open(wrapped, WrappedPlace(version));

    /// <summary>Seals a secret of an entry for a file, in Base64.</summary>
    public string SealForFile(Secret secret, EntryKind kind, string name, string field) =>
        Convert.ToBase64String(_key.Seal(Encoding.UTF8.GetBytes(secret.Reveal()), FilePlace(kind, name, field)));

    /// <summary>The secret, or null: it was sealed with another key, or for another field or entry.</summary>
    public Secret? OpenFromFile(string text, EntryKind kind, string name, string field)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var count) && _key.Open(bytes.AsSpan(0, count), FilePlace(kind, name, field)) is { } open
            ? new Secret(Encoding.UTF8.GetString(open))
            : null;
    }

    private static string[] WrappedPlace(long version) => ["data key", $"{version}"];

    private static string[] FilePlace(EntryKind kind, string name, string field) => ["file", $"{kind}", name, field];

    private static MasterKey Parse(ReadOnlySpan<char> text, string place)
    {
        var key = new byte[SealingKey.Length];
        return Convert.TryFromBase64Chars(text.Trim(), key, out var count) && count == SealingKey.Length
            ? new MasterKey(key)
            : throw new StoreException($"{place} holds no master key", Mend);
    }
}
