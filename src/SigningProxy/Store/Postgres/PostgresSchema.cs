using System.Data.Common;

namespace SigningProxy.Store.Postgres;

/// <summary>The tables of the database, by versions that each bring those before to their own. They are in a schema of their own.</summary>
internal static class PostgresSchema
{
    /// <summary>What replicas listen to: it is told of with every change of entries or keys, whoever makes it.</summary>
    public const string Channel = "signing_proxy_setup";

    // "SgnP": beside other programs' locks in the same database.
    private const long MigrationLock = 0x53676E50;

    private static readonly string[] Versions =
    [
        $"""
        CREATE TABLE state (version bigint NOT NULL, changes bigint NOT NULL);
        INSERT INTO state VALUES (0, 0);
        CREATE TABLE keys (version bigint PRIMARY KEY, wrapped bytea NOT NULL);
        CREATE TABLE entries (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, kind text NOT NULL, name text COLLATE "C" NOT NULL, body text NOT NULL,
            revision bigint NOT NULL, updated text NOT NULL);
        CREATE UNIQUE INDEX entries_name ON entries (kind, lower(name));
        CREATE TABLE secrets (
            entry bigint NOT NULL REFERENCES entries (id) ON DELETE CASCADE, field text NOT NULL,
            key bigint NOT NULL REFERENCES keys (version), ciphertext bytea NOT NULL, PRIMARY KEY (entry, field));
        CREATE TABLE audit (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, time text NOT NULL, who text NOT NULL, what text NOT NULL, kind text, name text COLLATE "C",
            from_revision bigint, to_revision bigint, fields text NOT NULL);
        CREATE TABLE administrators (name text COLLATE "C" PRIMARY KEY, revision bigint NOT NULL, body text NOT NULL, updated text NOT NULL);
        CREATE UNIQUE INDEX administrators_name ON administrators (lower(name));
        CREATE TABLE protection_keys (name text COLLATE "C" PRIMARY KEY, key bigint NOT NULL REFERENCES keys (version), ciphertext bytea NOT NULL);
        CREATE FUNCTION changed() RETURNS trigger LANGUAGE plpgsql AS
            'BEGIN UPDATE signing_proxy.state SET changes = changes + 1; NOTIFY {Channel}; RETURN NULL; END';
        CREATE TRIGGER changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON entries FOR EACH STATEMENT EXECUTE FUNCTION changed();
        CREATE TRIGGER changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON secrets FOR EACH STATEMENT EXECUTE FUNCTION changed();
        CREATE TRIGGER changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON keys FOR EACH STATEMENT EXECUTE FUNCTION changed();
        """,
        """
        ALTER TABLE state ADD COLUMN spent bigint NOT NULL DEFAULT 0;
        UPDATE state SET spent = (SELECT COALESCE(MAX(from_revision), 0) FROM audit WHERE to_revision IS NULL);
        """,
        """
        CREATE TABLE ended_sessions (digest text COLLATE "C" PRIMARY KEY, ends bigint NOT NULL);
        """,
    ];

    /// <summary>Brings the tables to this version; of several replicas that start together one does, and the others wait for it.</summary>
    /// <returns>Whether there were none, and they were made.</returns>
    /// <exception cref="StoreException">They are of a later version.</exception>
    public static bool Prepare(DbConnection connection, string name)
    {
        var version = Version(connection);
        if (version == Versions.Length)
            return false;
        using var transaction = connection.BeginTransaction();
        connection.Run($"SELECT pg_advisory_xact_lock({MigrationLock})");
        // Another may have done so meanwhile: the version is asked for again behind the lock.
        version = Version(connection);
        if (version > Versions.Length)
            throw new StoreException($"the database {name} was written by a later version", "Run that version, or name another database.");
        if (version is null)
            connection.Run("CREATE SCHEMA signing_proxy");
        foreach (var sql in Versions.Skip((int)(version ?? 0)))
            connection.Run(sql);
        connection.Run($"UPDATE state SET version = {Versions.Length}");
        transaction.Commit();
        return version is null;
    }

    public static bool IsThere(DbConnection connection) =>
        connection.Ask("SELECT count(*) FROM pg_catalog.pg_tables WHERE schemaname = 'signing_proxy' AND tablename = 'state'") is not 0L;

    private static long? Version(DbConnection connection) => IsThere(connection) ? (long)connection.Ask("SELECT version FROM state")! : null;
}
