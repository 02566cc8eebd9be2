using System.Data;
using System.Data.Common;
using Npgsql;

namespace SigningProxy.Store.Postgres;

/// <summary>The store in a PostgreSQL, which several replicas may share.</summary>
internal sealed class PostgresDatabase : IDatabase
{
    // Whoever holds the lock and is cut off from the server must not keep it from the others for long.
    private const string Session =
        "SET search_path = signing_proxy; SET synchronous_commit = on; SET lock_timeout = '5s'; SET idle_in_transaction_session_timeout = '20s'";

    private readonly string _name;
    private readonly NpgsqlDataSource _source;
    private readonly TimeProvider _time;
    private readonly Backoff _backoff;
    private StoreException? _away;

    public PostgresDatabase(StorePlace place, TimeProvider time)
    {
        (_name, _source, _time) = (PostgresPlace.NameOf(place), PostgresPlace.Source(place), time);
        _backoff = new Backoff(time);
    }

    public bool IsNew { get; private set; }

    public DbConnection? Open(bool mayMake)
    {
        // Whoever asks while it is away is told so at once, and does not wait in line for one attempt after another.
        if (_away is { } still && _backoff.IsEarly)
            throw still;
        NpgsqlConnection? connection = null;
        try
        {
            connection = _source.OpenConnection();
            connection.Run(Session);
            _backoff.Succeeded();
            if (!mayMake && !PostgresSchema.IsThere(connection))
            {
                connection.Dispose();
                return null;
            }
            IsNew |= PostgresSchema.Prepare(connection, _name);
            return connection;
        }
        catch (Exception e)
        {
            connection?.Dispose();
            if (e is not DbException fault)
                throw;
            _backoff.Failed();
            throw _away = InWords(fault);
        }
    }

    public DbTransaction BeginRead(DbConnection connection) => connection.BeginTransaction(IsolationLevel.RepeatableRead);

    public DbTransaction BeginWrite(DbConnection connection)
    {
        // Each statement sees what was committed before it, and nobody commits any more once the row is locked.
        var transaction = connection.BeginTransaction(IsolationLevel.ReadCommitted);
        try
        {
            connection.Run("SELECT changes FROM state FOR UPDATE");
            return transaction;
        }
        catch
        {
            transaction.Dispose();
            throw;
        }
    }

    public long Changes(DbConnection connection) => (long)connection.Ask("SELECT changes FROM state")!;

    public async Task ListenAsync(Action heard, CancellationToken stop)
    {
        var backoff = new Backoff(_time);
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await using var connection = await _source.OpenConnectionAsync(stop);
                connection.Notification += (_, _) => heard();
                connection.Run($"LISTEN {PostgresSchema.Channel}");
                backoff.Succeeded();
                // What was told of while nobody listened.
                heard();
                while (true)
                    await connection.WaitAsync(stop);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // Why it is away, whoever asks it for its entries tells.
                backoff.Failed();
                await Task.Delay(backoff.Wait, _time, stop);
            }
        }
    }

    public void BackUp(DbConnection connection, string path) => throw new StoreException(
        "a PostgreSQL is not copied by this command", "Use pg_dump --schema=signing_proxy, and keep the master key; \"signing-proxy catalog export\" writes the entries alone.");

    public void Restore(DbConnection connection, string path) => throw new StoreException(
        "a PostgreSQL is not brought back by this command", "Use pg_restore --clean --schema=signing_proxy, or \"signing-proxy catalog import --replace\" for the entries alone.");

    public StoreException InWords(DbException fault) => PostgresFault.Of(fault, _name);

    public void Dispose() => _source.Dispose();
}
