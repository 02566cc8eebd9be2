using Microsoft.Data.Sqlite;

namespace SigningProxy.Store.Sqlite;

/// <summary>The tables of the database, by versions that each bring those before to their own.</summary>
internal static class SqliteSchema
{
    // "SgnP", so that a database of something else is told apart.
    private const long Application = 0x53676E50;

    private static readonly string[] Versions =
    [
        """
        CREATE TABLE keys (version INTEGER PRIMARY KEY, wrapped BLOB NOT NULL) STRICT;
        CREATE TABLE entries (
            id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, name TEXT NOT NULL COLLATE NOCASE, body TEXT NOT NULL,
            revision INTEGER NOT NULL, updated TEXT NOT NULL, UNIQUE (kind, name)) STRICT;
        CREATE TABLE secrets (
            entry INTEGER NOT NULL REFERENCES entries (id) ON DELETE CASCADE, field TEXT NOT NULL,
            key INTEGER NOT NULL REFERENCES keys (version), ciphertext BLOB NOT NULL, PRIMARY KEY (entry, field)) STRICT, WITHOUT ROWID;
        CREATE TABLE audit (
            id INTEGER PRIMARY KEY AUTOINCREMENT, time TEXT NOT NULL, who TEXT NOT NULL, what TEXT NOT NULL, kind TEXT, name TEXT,
            from_revision INTEGER, to_revision INTEGER, fields TEXT NOT NULL) STRICT;
        """,
        """
        CREATE TABLE administrators (
            name TEXT PRIMARY KEY COLLATE NOCASE, revision INTEGER NOT NULL, body TEXT NOT NULL, updated TEXT NOT NULL) STRICT;
        CREATE TABLE protection_keys (
            name TEXT PRIMARY KEY, key INTEGER NOT NULL REFERENCES keys (version), ciphertext BLOB NOT NULL) STRICT;
        """,
        """
        CREATE TABLE state (spent INTEGER NOT NULL) STRICT;
        INSERT INTO state SELECT COALESCE(MAX(from_revision), 0) FROM audit WHERE to_revision IS NULL;
        """,
        """
        CREATE TABLE ended_sessions (digest TEXT PRIMARY KEY, ends INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        """,
    ];

    /// <exception cref="StoreException">It is damaged, or of another program or a later version.</exception>
    public static void Judge(SqliteConnection connection, string path)
    {
        if (connection.Ask("PRAGMA quick_check(1)") is not "ok")
            throw SqliteFault.Damaged(path);
        var (application, version) = (Number(connection, "application_id"), Number(connection, "user_version"));
        if (application != Application && (application != 0 || version != 0 || connection.Ask("SELECT count(*) FROM sqlite_schema") is not 0L))
            throw new StoreException($"the database {path} is of another program", "Name another file.");
        if (version > Versions.Length)
            throw new StoreException($"the database {path} was written by a later version", "Run that version, or bring back a backup of this one.");
    }

    /// <exception cref="StoreException">It is damaged, empty, or of another program or a later version.</exception>
    public static void JudgeBackup(SqliteConnection connection, string path)
    {
        Judge(connection, path);
        if (Number(connection, "user_version") == 0)
            throw new StoreException($"the file {path} is no backup", "Name one that \"signing-proxy catalog backup\" made.");
    }

    public static void Migrate(SqliteConnection connection)
    {
        if (Number(connection, "user_version") == Versions.Length)
            return;
        // Another process may have done so meanwhile: the version is asked for again behind the lock.
        using var transaction = connection.BeginTransaction(deferred: false);
        var version = Number(connection, "user_version");
        foreach (var sql in Versions.Skip((int)version))
            connection.Run(sql);
        connection.Run($"PRAGMA application_id = {Application}; PRAGMA user_version = {Versions.Length};");
        transaction.Commit();
    }

    private static long Number(SqliteConnection connection, string pragma) => (long)connection.Ask($"PRAGMA {pragma}")!;
}
