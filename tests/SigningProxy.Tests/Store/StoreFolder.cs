using Microsoft.Data.Sqlite;
using SigningProxy.Catalog;
using SigningProxy.Catalog.Declarations;
using SigningProxy.Store;

namespace SigningProxy.Tests.Store;

/// <summary>A folder of its own for a test, with a database and its master key in it.</summary>
internal sealed class StoreFolder : IDisposable
{
    public static readonly DateTimeOffset At = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("store-");

    public StoreFolder() => SigningProxy.Store.MasterKey.Make(KeyFile);

    public string Database => File("setup.db");

    public string KeyFile => File("master.key");

    public MasterKey Key => SigningProxy.Store.MasterKey.InFile(KeyFile);

    public string File(string name) => Path.Combine(_folder.FullName, name);

    public SetupStore Open() => SetupStore.Open(new StorePlace(Database), () => Key, TimeProvider.System);

    /// <summary>A named credential with one secret, as it is to be written next.</summary>
    public static StoredEntry Entry(string name, string secret, long revision = 1, string body = "label: x") => new(
        EntryKind.NamedCredential, name, revision, body, new Dictionary<string, Reading<Secret>> { ["customHeaders[0].value"] = new(new Secret(secret), null) });

    public static void Write(SetupStore store, params StoredEntry[] entries) =>
        store.Write([.. entries.Select(e => new EntryChange(null, e, ["label"]))], store.Read(), "a test", At);

    /// <summary>Does what somebody does behind the store's back.</summary>
    public long Run(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteNonQuery();
    }

    public IReadOnlyList<string> Ask(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetValue(i).ToString())));
        return rows;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
