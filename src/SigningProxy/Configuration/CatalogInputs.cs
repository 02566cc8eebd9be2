using System.Security.Cryptography;
using System.Text;
using SigningProxy.Configuration.Stored;
using SigningProxy.Store;

namespace SigningProxy.Configuration;

/// <summary>What one load reads from the world: each file and variable once, however often it is asked for.</summary>
/// <param name="environment">Reads an environment variable.</param>
internal sealed class CatalogInputs(Func<string, string?> environment)
{
    private readonly SortedDictionary<string, FileText> _files = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string?> _variables = new(StringComparer.Ordinal);
    private IReadOnlyList<StoredEntry> _stored = [];

    public Fingerprint Fingerprint { get; } = new();

    public string? Variable(string name)
    {
        if (!_variables.TryGetValue(name, out var value))
            _variables.Add(name, value = environment(name));
        return value;
    }

    /// <param name="path">The file.</param>
    /// <param name="bound">The most it may hold, in bytes.</param>
    public FileText File(string path, int bound)
    {
        if (!_files.TryGetValue(path, out var file))
        {
            Fingerprint.Note(path);
            _files.Add(path, file = FileText.Read(path, bound));
        }
        return file;
    }

    /// <summary>The entries made in Setup.</summary>
    public IReadOnlyList<StoredEntry> Stored(StoredCatalog from) => _stored = from.Read();

    /// <summary>Of all that was read, names and contents.</summary>
    public string Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (path, file) in _files)
        {
            Append(hash, Encoding.UTF8.GetBytes(path));
            Append(hash, file.Bytes ?? Encoding.UTF8.GetBytes(file.Problem!));
        }
        foreach (var (name, value) in _variables)
        {
            Append(hash, Encoding.UTF8.GetBytes(name));
            Append(hash, Encoding.UTF8.GetBytes(value is null ? "-" : $"+{value}"));
        }
        foreach (var entry in _stored)
        {
            Append(hash, Encoding.UTF8.GetBytes($"{entry.Kind} {entry.Name} {entry.Revision} {entry.Body}"));
            foreach (var (field, secret) in entry.Secrets)
                Append(hash, Encoding.UTF8.GetBytes($"{field} {secret.Value?.Reveal()}"));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    // With its length before it, so that no two lists of parts read alike.
    private static void Append(IncrementalHash hash, byte[] part)
    {
        hash.AppendData(BitConverter.GetBytes(part.Length));
        hash.AppendData(part);
    }
}
