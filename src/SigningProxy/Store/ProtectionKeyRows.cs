using System.Data.Common;
using System.Text;

namespace SigningProxy.Store;

/// <summary>The keys that cookies are protected with, sealed. One opens only under the name it was written with.</summary>
internal sealed class ProtectionKeyRows(DbConnection connection, DataKeys keys)
{
    public IReadOnlyList<string> All() => connection.Rows(
        "SELECT name, key, ciphertext FROM protection_keys ORDER BY name",
        row => keys[row.GetInt64(1)].Open(row.Bytes(2), Place(row.GetString(0))) is { } text
            ? Encoding.UTF8.GetString(text)
            : throw new StoreException(
                $"the protection key {row.GetString(0)} does not open: it was altered behind Setup's back", "Bring back a backup: signing-proxy catalog restore FILE."));

    public void Add(string name, string xml) => connection.Run(
        "INSERT INTO protection_keys (name, key, ciphertext) VALUES (@name, @key, @ciphertext)",
        ("@name", name), ("@key", keys.Latest), ("@ciphertext", keys[keys.Latest].Seal(Encoding.UTF8.GetBytes(xml), Place(name))));

    private static string[] Place(string name) => ["protection key", name];
}
