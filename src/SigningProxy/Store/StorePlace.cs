using System.Text.RegularExpressions;
using SigningProxy.Store.Postgres;
using SigningProxy.Store.Sqlite;

namespace SigningProxy.Store;

/// <summary>Where Setup's database is, by its settings.</summary>
/// <param name="Database">The path of a file, or how a PostgreSQL is reached: <c>postgres://USER@HOST/NAME</c>, or <c>Host=...;Username=...</c>.</param>
internal sealed partial record StorePlace(string Database)
{
    /// <summary>The file that holds the password of PostgreSQL's user, read anew for each connection; none when empty.</summary>
    public string PasswordFile { get; init; } = "";

    /// <summary>The environment variable that holds it; none when empty.</summary>
    public string PasswordEnv { get; init; } = "";

    /// <summary>A PEM file of the authorities trusted for PostgreSQL's certificate in place of the system's; those when empty.</summary>
    public string CertificateAuthorities { get; init; } = "";

    public bool IsPostgres => Postgres().IsMatch(Database);

    /// <summary>What is wrong, each fault as the setting's name, a colon, rule and mend.</summary>
    public IEnumerable<string> Faults()
    {
        if (IsPostgres)
            return PostgresPlace.Faults(this);
        return PasswordFile.Length + PasswordEnv.Length + CertificateAuthorities.Length == 0
            ? []
            : ["Database: a file takes no password and no certificate authorities. Take them out, or name a PostgreSQL: postgres://user@host/database."];
    }

    /// <summary>The database there; nothing is opened yet, and of another kind of database nothing is loaded.</summary>
    public IDatabase Connect(TimeProvider time) => IsPostgres ? new PostgresDatabase(this, time) : new SqliteDatabase(Database);

    [GeneratedRegex("^(postgres|postgresql)://|^(Host|Server) *=", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Postgres();
}
