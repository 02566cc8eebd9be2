using System.Data.Common;

namespace SigningProxy.Store;

/// <summary>
/// Gives revisions, and none of them to one name twice: whoever looked at what was deleted and made anew since, or taken back by a backup, must
/// not take the one for the other. The database holds the highest that is spent: that had something which is no more.
/// </summary>
internal static class Revisions
{
    /// <summary>What comes next; within a transaction.</summary>
    /// <param name="connection">The database.</param>
    /// <param name="before">What the entry or administrator has; null for a new one.</param>
    public static long Next(DbConnection connection, long? before) => Math.Max(before ?? 0, (long)connection.Ask("SELECT spent FROM state")!) + 1;

    /// <summary>Notes that something is no more which had this revision; within a transaction.</summary>
    public static void Spend(DbConnection connection, long revision) => connection.Run("UPDATE state SET spent = @revision WHERE spent < @revision", ("@revision", revision));

    /// <summary>The highest that was given.</summary>
    public static long Highest(DbConnection connection) => (long)connection.Ask(
        """
        SELECT MAX(given) FROM (
            SELECT spent AS given FROM state UNION ALL SELECT revision FROM entries UNION ALL SELECT revision FROM administrators) AS all_given
        """)!;
}
