using System.Data.Common;

namespace SigningProxy.Store;

/// <summary>What differs between the databases that the store can be in. The SQL of the tables themselves is written once, for all of them.</summary>
internal interface IDatabase : IDisposable
{
    /// <summary>Whether the first opening found nothing, and made it.</summary>
    public bool IsNew { get; }

    /// <summary>Opens a connection, to tables of this version: they are judged, and made or brought to it.</summary>
    /// <param name="mayMake">Whether they are made where there are none.</param>
    /// <returns>Null where there are none and they may not be made.</returns>
    /// <exception cref="StoreException">It cannot be used; says why.</exception>
    /// <exception cref="DbException">It cannot be reached or read.</exception>
    public DbConnection? Open(bool mayMake);

    /// <summary>Begins a transaction that sees one moment.</summary>
    public DbTransaction BeginRead(DbConnection connection);

    /// <summary>Begins a transaction beside which nobody writes, whatever process, and which sees all that was written before it.</summary>
    public DbTransaction BeginWrite(DbConnection connection);

    /// <summary>Differs from an earlier answer of the same connection when others may have changed entries since.</summary>
    public long Changes(DbConnection connection);

    /// <summary>Goes on until it is stopped, or ends at once where this database tells nothing of its own accord.</summary>
    /// <param name="heard">Called when others have changed entries, and when that may have been missed.</param>
    /// <param name="stop">Stops it.</param>
    public Task ListenAsync(Action heard, CancellationToken stop);

    /// <summary>Copies everything as it is at one moment into a new file.</summary>
    /// <exception cref="StoreException">It cannot be done, or not by this program.</exception>
    public void BackUp(DbConnection connection, string path);

    /// <summary>Puts a copy in the place of all there is, in one transaction.</summary>
    /// <exception cref="StoreException">It cannot be done, or not by this program.</exception>
    public void Restore(DbConnection connection, string path);

    /// <summary>The words for a fault.</summary>
    public StoreException InWords(DbException fault);
}
