using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace SigningProxy.Store.Sqlite;

/// <summary>What SQLite refuses, in words.</summary>
internal static class SqliteFault
{
    // The primary result codes of sqlite.org/rescode.html.
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NoDatabase = 26;

    public static StoreException Of(DbException cause, string path)
    {
        var (code, extended) = cause is SqliteException fault ? (fault.SqliteErrorCode, fault.SqliteExtendedErrorCode) : default;
        return code switch
        {
            Busy or Locked => new($"the database {path} is in use by another process for longer than is waited for", "Try again.", cause),
            ReadOnly => new($"the database {path} cannot be written to", "Give this user the right to, on a file system that is not read-only.", cause),
            Corrupt or NoDatabase => Damaged(path, cause),
            Full => new($"the disk of the database {path} is full", "Make room; nothing of this change was kept.", cause),
            CannotOpen => new($"the database {path} cannot be opened", "Give this user the right to read and write it and its folder.", cause),
            _ => new($"the database {path} cannot be read or written (SQLite's code {extended})", "Look into the disk it is on.", cause),
        };
    }

    public static StoreException Damaged(string path, Exception? cause = null) => new(
        $"the database {path} is damaged", "Move it away, and bring back a backup: signing-proxy catalog restore FILE.", cause);
}
