using System.Net;
using System.Security.Cryptography.X509Certificates;
using Npgsql;

namespace SigningProxy.Store.Postgres;

/// <summary>How a PostgreSQL is reached, read out of its settings.</summary>
internal static class PostgresPlace
{
    private const int PatienceSeconds = 15;

    /// <summary>What is wrong with the settings, each fault as the setting's name, a colon, rule and mend.</summary>
    public static IEnumerable<string> Faults(StorePlace place)
    {
        var fault = FaultOf(place, out _);
        if (fault is not null)
            yield return $"Database: {fault}";
        if (place is { PasswordFile.Length: > 0, PasswordEnv.Length: > 0 })
            yield return "DatabasePasswordFile: the password is in a file and in a variable. Name one of them.";
    }

    /// <exception cref="StoreException">The settings have a fault.</exception>
    public static NpgsqlDataSource Source(StorePlace place)
    {
        if (FaultOf(place, out var settings) is { } fault)
            throw new StoreException(fault.Split(". ", 2)[0], fault.Split(". ", 2)[1]);
        var builder = new NpgsqlSlimDataSourceBuilder(settings!.ConnectionString);
        builder.EnableTransportSecurity();
        builder.ConfigureTypeLoading(types => types.EnableTypeLoading(false));
        builder.UseSslClientAuthenticationOptionsCallback(tls => tls.CertificateChainPolicy = Catalog.OfflineTrust.Policy(Authorities(place)));
        if (place.PasswordFile.Length + place.PasswordEnv.Length > 0)
            builder.UsePasswordProvider(_ => Password(place), (_, _) => ValueTask.FromResult(Password(place)));
        return builder.Build();
    }

    /// <summary>The database without its user, for messages.</summary>
    public static string NameOf(StorePlace place) =>
        FaultOf(place, out var settings) is null ? $"{settings!.Database ?? settings.Username} of PostgreSQL at {settings.Host}" : "of PostgreSQL";

    /// <summary>Rule and mend, without any of what was written: it may hold a password.</summary>
    private static string? FaultOf(StorePlace place, out NpgsqlConnectionStringBuilder? settings)
    {
        const string form = "Write postgres://user@host/database?sslmode=verify-full, or Host=host;Username=user;Database=database.";
        settings = null;
        try
        {
            settings = place.Database.Contains("://", StringComparison.Ordinal) ? OfUrl(new Uri(place.Database)) : new NpgsqlConnectionStringBuilder(place.Database);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException)
        {
            return $"this is not how a PostgreSQL is reached. {form}";
        }
        if (settings.Password is not null || settings.Passfile is not null)
            return "a password must not stand in the settings. Put it into a file and name that by DatabasePasswordFile, or into a variable named by DatabasePasswordEnv.";
        if (string.IsNullOrEmpty(settings.Host) || string.IsNullOrEmpty(settings.Username))
            return $"the host or the user is missing. {form}";
        if (settings.SslMode != SslMode.VerifyFull && !settings.Host.Split(',').All(IsLocal))
            return "a PostgreSQL on another machine is reached by TLS alone, with its certificate judged. Add sslmode=verify-full, and name the authority by DatabaseCertificateAuthorities where it is not one of the system's.";
        settings.Pooling = false;
        settings.PersistSecurityInfo = false;
        settings.IncludeErrorDetail = false;
        (settings.Timeout, settings.CommandTimeout, settings.KeepAlive) = (PatienceSeconds, PatienceSeconds, 2 * PatienceSeconds);
        settings.ApplicationName ??= "signing-proxy";
        return null;
    }

    private static NpgsqlConnectionStringBuilder OfUrl(Uri url)
    {
        var user = url.UserInfo.Split(':', 2);
        var settings = new NpgsqlConnectionStringBuilder { Host = url.Host.Trim('[', ']'), Username = Uri.UnescapeDataString(user[0]) };
        if (user.Length > 1)
            settings.Password = user[1];
        if (url.Port > 0)
            settings.Port = url.Port;
        if (url.AbsolutePath.Length > 1)
            settings.Database = Uri.UnescapeDataString(url.AbsolutePath[1..]);
        foreach (var pair in url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (key, value) = pair.Split('=', 2) is [var k, var v] ? (Uri.UnescapeDataString(k), Uri.UnescapeDataString(v)) : throw new FormatException();
            if (key == "sslmode")
                settings.SslMode = Enum.Parse<SslMode>(value.Replace("-", "", StringComparison.Ordinal), ignoreCase: true);
            else
                settings[key] = value;
        }
        return settings;
    }

    // A path is that of the folder of its Unix socket.
    private static bool IsLocal(string host) =>
        host.StartsWith('/') || host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    private static X509Certificate2Collection? Authorities(StorePlace place)
    {
        if (place.CertificateAuthorities.Length == 0)
            return null;
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(place.CertificateAuthorities);
        return authorities;
    }

    private static string Password(StorePlace place)
    {
        if (place.PasswordEnv.Length > 0)
        {
            return Environment.GetEnvironmentVariable(place.PasswordEnv)
                ?? throw new StoreException($"the environment variable {place.PasswordEnv} of the database's password is not set", "Set it, or name a file by DatabasePasswordFile.");
        }
        try
        {
            return File.ReadAllText(place.PasswordFile).TrimEnd('\r', '\n');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"the file {place.PasswordFile} of the database's password cannot be read", "Give this user the right to read it.", e);
        }
    }
}
