using System.Data.Common;
using System.Security.Cryptography;

namespace SigningProxy.Store;

/// <summary>The keys that seal the database's secrets. They are kept in it, wrapped with the master key; the latest seals.</summary>
internal sealed class DataKeys
{
    private readonly SortedDictionary<long, SealingKey> _keys = [];

    public long Latest => _keys.Keys.Last();

    public SealingKey this[long version] => _keys.TryGetValue(version, out var key)
        ? key
        : throw new StoreException($"the database has a secret but not its key {version}", "Bring back a backup: signing-proxy catalog restore FILE.");

    /// <summary>Unwraps the keys.</summary>
    /// <exception cref="StoreException">The master key is another, or there are secrets and no keys.</exception>
    public static DataKeys Read(DbConnection connection, MasterKey master)
    {
        var keys = new DataKeys();
        foreach (var (version, wrapped) in Wrapped(connection))
            keys._keys.Add(version, new SealingKey(Unwrap(master, wrapped, version)));
        return keys._keys.Count > 0 ? keys : throw new StoreException("the database has no keys", "Bring back a backup: signing-proxy catalog restore FILE.");
    }

    /// <summary>Whether the database is new: it has no keys, and nothing was ever done to it.</summary>
    public static bool AreMissing(DbConnection connection) => connection.Ask("SELECT (SELECT count(*) FROM keys) + (SELECT count(*) FROM audit)") is 0L;

    /// <summary>Makes the first key of a new database, unless another process did so meanwhile; within a transaction.</summary>
    public static void MakeFirst(DbConnection connection, MasterKey master)
    {
        if (AreMissing(connection))
            Write(connection, 1, master.Wrap(RandomNumberGenerator.GetBytes(SealingKey.Length), 1));
    }

    /// <summary>Wraps every key with another master key, within a transaction; the secrets stay as they are.</summary>
    public static void Rewrap(DbConnection connection, MasterKey master, MasterKey next)
    {
        foreach (var (version, wrapped) in Wrapped(connection))
            Write(connection, version, next.Wrap(Unwrap(master, wrapped, version), version));
    }

    private static byte[] Unwrap(MasterKey master, byte[] wrapped, long version) => master.Unwrap(wrapped, version) ?? throw new StoreException(
        "the master key is not the one that this database was written under", "Give that key: without it, the secrets in the database are lost. Nothing was changed.");

    private static List<(long Version, byte[] Wrapped)> Wrapped(DbConnection connection) =>
        connection.Rows("SELECT version, wrapped FROM keys ORDER BY version", row => (row.GetInt64(0), row.Bytes(1)));

    private static void Write(DbConnection connection, long version, byte[] wrapped) => connection.Run(
        "INSERT INTO keys (version, wrapped) VALUES (@version, @wrapped) ON CONFLICT (version) DO UPDATE SET wrapped = excluded.wrapped",
        ("@version", version), ("@wrapped", wrapped));
}
