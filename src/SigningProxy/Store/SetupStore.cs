using System.Data.Common;
using SigningProxy.Store.Sqlite;

namespace SigningProxy.Store;

/// <summary>Differs when entries may have changed.</summary>
internal readonly record struct StoreVersion(int Opening, int OwnWrites, long Changes);

/// <summary>The entries made in Setup, in a database. May be used by several threads, and the database by several processes.</summary>
internal sealed class SetupStore : IDisposable
{
    private readonly IDatabase _database;
    private readonly KeptConnection _connection;
    private readonly Func<MasterKey> _master;
    private int _writes;

    private SetupStore(IDatabase database, Func<MasterKey> master) => (_database, _connection, _master) = (database, new KeptConnection(database), master);

    /// <summary>Opens the database, and makes it where there is none.</summary>
    /// <param name="place">Where it is.</param>
    /// <param name="master">Reads the master key, which may be replaced while the store is open.</param>
    /// <param name="time">The clock that connections are tried again by.</param>
    /// <exception cref="StoreException">It cannot be used: it is away, damaged, of a later version, not private, or under another master key.</exception>
    public static SetupStore Open(StorePlace place, Func<MasterKey> master, TimeProvider time)
    {
        var store = new SetupStore(place.Connect(time), master);
        try
        {
            if (store._connection.Use(DataKeys.AreMissing))
                store.Write(connection => DataKeys.MakeFirst(connection, master()));
            store.Read(store.Keys);
            store._connection.KeepToThis();
            return store;
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    /// <summary>What the database holds; nothing where there is none yet, and none is made.</summary>
    /// <exception cref="StoreException">It cannot be used.</exception>
    public static IReadOnlyList<StoredEntry> ReadIfThere(StorePlace place, Func<MasterKey> master, TimeProvider time)
    {
        using var database = place.Connect(time);
        try
        {
            using var connection = database.Open(mayMake: false);
            if (connection is null)
                return [];
            using var moment = database.BeginRead(connection);
            return new EntryRows(connection, DataKeys.Read(connection, master())).All();
        }
        catch (DbException fault)
        {
            throw database.InWords(fault);
        }
    }

    /// <summary>Whether there was no database, and an empty one was made.</summary>
    public bool IsNew => _database.IsNew;

    /// <summary>Every entry as it is at one moment.</summary>
    /// <exception cref="StoreException">The database cannot be read.</exception>
    public IReadOnlyList<StoredEntry> Read() => Read(connection => new EntryRows(connection, Keys(connection)).All());

    /// <summary>Differs from an earlier answer when the entries may have changed since, by this process or another.</summary>
    /// <exception cref="StoreException">The database cannot be read.</exception>
    public StoreVersion Version() => _connection.Use(connection => new StoreVersion(_connection.Openings, _writes, _database.Changes(connection)));

    /// <summary>Listens for changes of others, until it is stopped; ends at once where the database tells nothing of its own accord. Whoever needs to know of every change asks for <see cref="Version"/> as well.</summary>
    /// <param name="heard">Called when there may be changes.</param>
    /// <param name="stop">Stops it.</param>
    public Task ListenAsync(Action heard, CancellationToken stop) => _database.ListenAsync(heard, stop);

    /// <summary>Makes changes: all of them, or none.</summary>
    /// <param name="changes">Each with what the entry was when it was thought of.</param>
    /// <param name="judgedBeside">The entries that there were when the changes were judged: none of them may be another by now.</param>
    /// <param name="who">Who makes them.</param>
    /// <param name="at">When.</param>
    /// <returns>The changes as they were written, of the revisions that were given.</returns>
    /// <exception cref="RevisionConflictException">An entry is not any more what it was; nothing was written.</exception>
    /// <exception cref="StoreException">Another entry was changed meanwhile, or the database cannot be written to; nothing was written.</exception>
    public IReadOnlyList<EntryChange> Write(IReadOnlyList<EntryChange> changes, IReadOnlyList<StoredEntry> judgedBeside, string who, DateTimeOffset at) => Change(who, at, (connection, trail) =>
    {
        var written = new EntryWriter(connection, Keys(connection), trail).Write(changes, judgedBeside);
        _writes++;
        return written;
    });

    /// <summary>The administrators made in Setup, by name.</summary>
    /// <exception cref="StoreException">The database cannot be read.</exception>
    public IReadOnlyList<StoredAdministrator> Administrators() => Read(AdministratorRows.All);

    /// <summary>Makes, changes or deletes an administrator.</summary>
    /// <param name="before">What it was when the change was thought of; null for one that was not there.</param>
    /// <param name="after">What it is to be; null for none.</param>
    /// <param name="judgedBeside">The administrators that there were when it was judged: none of them may be another by now.</param>
    /// <param name="who">Who does it.</param>
    /// <param name="at">When.</param>
    /// <returns>What it is now, of the revision that was given; or null.</returns>
    /// <exception cref="AdministratorConflictException">It is not any more what it was; nothing was written.</exception>
    /// <exception cref="StoreException">Another one was changed meanwhile, or the database cannot be written to; nothing was written.</exception>
    public StoredAdministrator? WriteAdministrator(StoredAdministrator? before, StoredAdministrator? after, IReadOnlyList<StoredAdministrator> judgedBeside, string who, DateTimeOffset at) =>
        Change(who, at, (connection, trail) => AdministratorRows.Write(connection, before, after, judgedBeside, trail));

    /// <summary>The keys that cookies are protected with, in XML.</summary>
    /// <exception cref="StoreException">The database cannot be read, or one of them does not open.</exception>
    public IReadOnlyList<string> ProtectionKeys() => Read(connection => new ProtectionKeyRows(connection, Keys(connection)).All());

    /// <summary>Keeps one more key that cookies are protected with; sealed, as secrets of entries are.</summary>
    /// <exception cref="StoreException">There is one by that name, or the database cannot be written to; nothing was written.</exception>
    public void AddProtectionKey(string name, string xml) => Write(connection => new ProtectionKeyRows(connection, Keys(connection)).Add(name, xml));

    /// <summary>Whether a browser's session was signed out of, by any process.</summary>
    /// <param name="digest">Of its id.</param>
    /// <exception cref="StoreException">The database cannot be read.</exception>
    public bool HasEnded(string digest) => _connection.Use(connection => EndedSessionRows.Have(connection, digest));

    /// <summary>Keeps that a browser's session was signed out of.</summary>
    /// <param name="digest">Of its id.</param>
    /// <param name="ends">When it would have ended anyway.</param>
    /// <param name="at">The time now.</param>
    /// <exception cref="StoreException">The database cannot be written to.</exception>
    public void EndSession(string digest, DateTimeOffset ends, DateTimeOffset at) => Write(connection => EndedSessionRows.Add(connection, digest, ends, at));

    /// <summary>Notes in the audit trail what was done without a change of an entry, such as <c>signed in</c>.</summary>
    /// <exception cref="StoreException">The database cannot be written to.</exception>
    public void Note(string what, string? kind, string? name, string who, DateTimeOffset at) => Change(who, at, (_, trail) => trail.Note(what, kind, name));

    /// <summary>Rows of the audit trail, the latest first.</summary>
    /// <exception cref="StoreException">The database cannot be read.</exception>
    public IReadOnlyList<AuditRow> Audit(AuditQuery query) => Read(connection => AuditTrail.Read(connection, query));

    /// <summary>Wraps the database's keys with another master key.</summary>
    /// <exception cref="StoreException">The database cannot be written to; the master key stays.</exception>
    public void Rekey(MasterKey next, string who, DateTimeOffset at) => Change(who, at, (connection, trail) =>
    {
        DataKeys.Rewrap(connection, _master(), next);
        trail.Note("rekeyed");
    });

    /// <summary>Copies the database as it is at one moment into a new file, while others may go on writing. Secrets in it are sealed as they are here.</summary>
    /// <exception cref="StoreException">The database cannot be read, or the file not be written.</exception>
    /// <exception cref="IOException">There is such a file, or it cannot be made.</exception>
    public void BackUp(string path) => _connection.Use(connection =>
    {
        _database.BackUp(connection, path);
        return path;
    });

    /// <summary>What a backup holds.</summary>
    /// <exception cref="StoreException">It is no whole backup, or under another master key.</exception>
    public static IReadOnlyList<StoredEntry> ReadBackup(string path, MasterKey master)
    {
        try
        {
            using var backup = SqliteFile.OpenBackup(path);
            return new EntryRows(backup, DataKeys.Read(backup, master)).All();
        }
        catch (DbException fault)
        {
            throw SqliteFault.Of(fault, path);
        }
    }

    /// <summary>Puts a backup in the place of all there is, in one transaction: whoever has the database open sees the one or the other.</summary>
    /// <exception cref="StoreException">The backup cannot be read, or the database not be written to; it stays as it was.</exception>
    public void Restore(string path, string who, DateTimeOffset at)
    {
        _connection.Use(connection =>
        {
            _database.Restore(connection, path);
            return ++_writes;
        });
        Note("restored", null, null, who, at);
    }

    public void Dispose()
    {
        _connection.Dispose();
        _database.Dispose();
    }

    private DataKeys Keys(DbConnection connection) => DataKeys.Read(connection, _master());

    private T Read<T>(Func<DbConnection, T> read) => _connection.Use(connection =>
    {
        using var moment = _database.BeginRead(connection);
        return read(connection);
    });

    private T Change<T>(string who, DateTimeOffset at, Func<DbConnection, AuditTrail, T> change) => Write(connection => change(connection, new AuditTrail(connection, who, at)));

    private void Change(string who, DateTimeOffset at, Action<DbConnection, AuditTrail> change) => Write(connection => change(connection, new AuditTrail(connection, who, at)));

    private void Write(Action<DbConnection> write) => Write(connection =>
    {
        write(connection);
        return write;
    });

    private T Write<T>(Func<DbConnection, T> write) => _connection.Use(connection =>
    {
        using var transaction = _database.BeginWrite(connection);
        var result = write(connection);
        transaction.Commit();
        return result;
    });
}
