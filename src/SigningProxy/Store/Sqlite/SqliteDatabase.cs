using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace SigningProxy.Store.Sqlite;

/// <summary>The store in a file of its own, which several processes of one machine may share.</summary>
internal sealed class SqliteDatabase(string path) : IDatabase
{
    private readonly string _path = Path.GetFullPath(path);

    public bool IsNew { get; private set; }

    public DbConnection? Open(bool mayMake)
    {
        if (!mayMake && !File.Exists(_path))
            return null;
        IsNew |= !File.Exists(_path);
        return SqliteFile.Open(_path);
    }

    public DbTransaction BeginRead(DbConnection connection) => ((SqliteConnection)connection).BeginTransaction(deferred: true);

    public DbTransaction BeginWrite(DbConnection connection) => ((SqliteConnection)connection).BeginTransaction(deferred: false);

    public long Changes(DbConnection connection) => (long)connection.Ask("PRAGMA data_version")!;

    public Task ListenAsync(Action heard, CancellationToken stop) => Task.CompletedTask;

    public void BackUp(DbConnection connection, string path)
    {
        SqliteFile.Make(path);
        try
        {
            using var copy = SqliteFile.Open(path, SqliteOpenMode.ReadWrite, ((SqliteConnection)connection).BackupDatabase);
            // One file, whole without those beside it.
            copy.Run("PRAGMA journal_mode = DELETE");
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    public void Restore(DbConnection connection, string path)
    {
        // Made ready in memory, so that it takes the database's place in one step.
        using var ready = new SqliteConnection("Data Source=:memory:");
        ready.Open();
        using (var backup = SqliteFile.OpenBackup(path))
            backup.BackupDatabase(ready);
        SqliteSchema.Migrate(ready);
        Revisions.Spend(ready, Revisions.Highest(connection));
        EndedSessionRows.AddAll(ready, connection);
        ready.BackupDatabase((SqliteConnection)connection);
    }

    public StoreException InWords(DbException fault) => SqliteFault.Of(fault, _path);

    public void Dispose()
    {
    }
}
