using System.Data;
using System.Data.Common;

namespace SigningProxy.Store;

/// <summary>The connection to a database: one, used by one at a time, and opened anew after a fault. The database may be another by then, or back.</summary>
internal sealed class KeptConnection(IDatabase database) : IDisposable
{
    private readonly Lock _lock = new();
    private DbConnection? _connection;
    private bool _mayMake = true;

    /// <summary>How often it has been opened.</summary>
    public int Openings { get; private set; }

    /// <exception cref="StoreException">The database cannot be used; says why.</exception>
    public T Use<T>(Func<DbConnection, T> use)
    {
        lock (_lock)
        {
            try
            {
                if (_connection?.State != ConnectionState.Open)
                    Open();
                return use(_connection!);
            }
            catch (DbException fault)
            {
                Close();
                throw database.InWords(fault);
            }
        }
    }

    /// <summary>From now on one that is lost is never replaced by an empty one.</summary>
    public void KeepToThis() => _mayMake = false;

    public void Dispose()
    {
        lock (_lock)
            Close();
    }

    private void Open()
    {
        Close();
        _connection = database.Open(_mayMake) ?? throw new StoreException("the database is not there any more", "Bring it back.");
        Openings++;
    }

    private void Close()
    {
        _connection?.Dispose();
        _connection = null;
    }
}
