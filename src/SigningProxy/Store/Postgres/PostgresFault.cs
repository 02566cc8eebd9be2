using System.Data.Common;
using System.Net.Sockets;
using System.Security.Authentication;
using Npgsql;

namespace SigningProxy.Store.Postgres;

/// <summary>What PostgreSQL refuses, and what keeps it from being reached, in words.</summary>
/// <remarks>The codes are those of PostgreSQL's manual, appendix A.</remarks>
internal static class PostgresFault
{
    private const string Unsure = "It is tried again. A change that was under way may have been kept: look before you make it once more.";

    /// <param name="cause">What was thrown.</param>
    /// <param name="name">The database.</param>
    public static StoreException Of(DbException cause, string name) => cause is PostgresException refusal ? Refused(refusal, name) : Away(cause, name);

    private static StoreException Refused(PostgresException cause, string name) => cause.SqlState switch
    {
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
            new($"the database {name} does not let this user in", "Look at the user, at its password, and at the server's pg_hba.conf.", cause),
        PostgresErrorCodes.InvalidCatalogName => new($"there is no database {name}", "Make it: createdb.", cause),
        PostgresErrorCodes.InsufficientPrivilege => new($"the database {name} does not let this user do what is needed", "Let it create a schema there: GRANT CREATE ON DATABASE.", cause),
        PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.QueryCanceled or PostgresErrorCodes.DeadlockDetected =>
            new($"the database {name} is in use by another for longer than is waited for", "Try again.", cause),
        PostgresErrorCodes.ReadOnlySqlTransaction => new($"the database {name} cannot be written to", "Name the primary server, and not a standby.", cause),
        PostgresErrorCodes.DiskFull => new($"the disk of the database {name} is full", "Make room; nothing of this change was kept.", cause),
        PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted => new($"the database {name} is damaged", "Bring it back with pg_restore.", cause),
        PostgresErrorCodes.TooManyConnections => new($"the database {name} has no room for another connection", "Raise its max_connections, or run fewer replicas.", cause),
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow => Away(cause, name),
        _ => new($"the database {name} cannot be read or written (PostgreSQL's code {cause.SqlState})", "Look into its log.", cause),
    };

    private static StoreException Away(DbException cause, string name) => Known(cause) switch
    {
        StoreException own => own,
        AuthenticationException => new($"the certificate of the database {name} is not to be trusted", "Name its authority by DatabaseCertificateAuthorities, and the host as the certificate does.", cause),
        SocketException socket => new($"the database {name} cannot be reached ({socket.SocketErrorCode})", Unsure, cause),
        _ => new($"the database {name} cannot be reached", Unsure, cause),
    };

    /// <summary>What the fault came of, where there are words for it.</summary>
    private static Exception? Known(Exception? cause)
    {
        while (cause is not null and not (StoreException or AuthenticationException or SocketException))
            cause = cause.InnerException;
        return cause;
    }
}
