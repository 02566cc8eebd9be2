using System.Data.Common;

namespace SigningProxy.Store;

/// <summary>The sessions of browsers that were signed out of: each by a digest of its id, and until it would have ended anyway.</summary>
internal static class EndedSessionRows
{
    public static bool Have(DbConnection connection, string digest) =>
        connection.Ask("SELECT count(*) FROM ended_sessions WHERE digest = @digest", ("@digest", digest)) is not 0L;

    /// <summary>Adds one, and leaves out those that are over; within a transaction.</summary>
    public static void Add(DbConnection connection, string digest, DateTimeOffset ends, DateTimeOffset now)
    {
        connection.Run("DELETE FROM ended_sessions WHERE ends <= @now", ("@now", now.ToUnixTimeMilliseconds()));
        Add(connection, digest, ends.ToUnixTimeMilliseconds());
    }

    /// <summary>Adds those of another database.</summary>
    public static void AddAll(DbConnection connection, DbConnection other)
    {
        foreach (var (digest, ends) in other.Rows("SELECT digest, ends FROM ended_sessions", row => (row.GetString(0), row.GetInt64(1))))
            Add(connection, digest, ends);
    }

    private static void Add(DbConnection connection, string digest, long ends) =>
        connection.Run("INSERT INTO ended_sessions (digest, ends) VALUES (@digest, @ends) ON CONFLICT DO NOTHING", ("@digest", digest), ("@ends", ends));
}
