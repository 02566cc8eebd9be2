using Microsoft.Data.Sqlite;

namespace SigningProxy.Store.Sqlite;

/// <summary>Opens the file of the database: private, whole, and of a version that is known.</summary>
internal static class SqliteFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode FolderMode = OwnerOnly | UnixFileMode.UserExecute;

    // Who may do what. The bits above it let nobody in: in a pod with an fsGroup, a volume's folders all have the setgid bit.
    private const UnixFileMode Permissions = (UnixFileMode)0b111_111_111;

    private const int BusySeconds = 5;

    /// <summary>Opens the database for reading and writing, and makes it where there is none.</summary>
    /// <param name="path">Its file.</param>
    /// <exception cref="StoreException">It cannot be used; says why.</exception>
    /// <exception cref="SqliteException">It cannot be read.</exception>
    public static SqliteConnection Open(string path)
    {
        MakePrivate(path);
        return Open(path, SqliteOpenMode.ReadWrite, connection =>
        {
            connection.Run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;");
            SqliteSchema.Judge(connection, path);
            SqliteSchema.Migrate(connection);
        });
    }

    /// <summary>Opens a backup, of which nothing is changed.</summary>
    /// <exception cref="StoreException">It is no backup of a version that is known; says why.</exception>
    /// <exception cref="SqliteException">It cannot be read.</exception>
    public static SqliteConnection OpenBackup(string path) => Open(path, SqliteOpenMode.ReadOnly, connection => SqliteSchema.JudgeBackup(connection, path));

    /// <summary>Makes a new file that this user alone can read.</summary>
    public static void Make(string path)
    {
        using var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly });
    }

    public static SqliteConnection Open(string path, SqliteOpenMode mode, Action<SqliteConnection> prepare)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false, DefaultTimeout = BusySeconds }.ToString());
        try
        {
            connection.Open();
            prepare(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    // SQLite gives the files beside it the mode of the database. An open file is never opened again here: closing it would drop SQLite's locks.
    private static void MakePrivate(string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        try
        {
            Directory.CreateDirectory(folder, FolderMode);
            if ((File.GetUnixFileMode(folder) & Permissions) != FolderMode)
                throw new StoreException($"the folder {folder} of the database has not the mode 0700", "Give the database a folder of its own, that its user alone can look into.");
            if (!File.Exists(path))
                Make(path);
            else if (File.GetUnixFileMode(path) != OwnerOnly)
                File.SetUnixFileMode(path, OwnerOnly);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"the database {path} cannot be made or opened", "Give this user the right to read and write it and its folder, on a file system that is not read-only.", e);
        }
    }
}
