using SigningProxy.Catalog.Validation;
using SigningProxy.Listeners;
using SigningProxy.Setup.SignIn;
using SigningProxy.Store;

namespace SigningProxy.Setup;

/// <summary>Where entries are kept that are made while the proxy runs, and what they may do. Section <c>SigningProxy:Setup</c>.</summary>
internal sealed class SetupOptions
{
    public const string Section = "SigningProxy:Setup";

    /// <summary>
    /// The file of the database, in a folder of its own that has the mode 0700; or a PostgreSQL without its password, such as
    /// <c>postgres://proxy@db.example.com/setup?sslmode=verify-full</c>. Setup is off when empty.
    /// </summary>
    public string Database { get; set; } = "";

    /// <summary>The file that holds the password of PostgreSQL's user, read anew for each connection. None when empty.</summary>
    public string DatabasePasswordFile { get; set; } = "";

    /// <summary>The environment variable that holds it. None when empty.</summary>
    public string DatabasePasswordEnv { get; set; } = "";

    /// <summary>A PEM file of the authorities trusted for PostgreSQL's certificate in place of the system's. Those when empty.</summary>
    public string DatabaseCertificateAuthorities { get; set; } = "";

    /// <summary>A file that holds the master key; read anew whenever it is needed. None when empty.</summary>
    public string MasterKeyFile { get; set; } = "";

    /// <summary>The environment variable that holds the master key. None when empty.</summary>
    public string MasterKeyEnv { get; set; } = "";

    /// <summary>Where Setup is reached, or <c>off</c>: then the database is read and nothing is served.</summary>
    public string Listen { get; set; } = "127.0.0.1:9081";

    /// <summary>What Setup shows over TLS, in PEM; that of the other listeners when empty.</summary>
    public string CertificateFile { get; set; } = "";

    /// <summary>The private key in PEM, where it is not in <see cref="CertificateFile"/>.</summary>
    public string CertificateKeyFile { get; set; } = "";

    /// <summary>The authorities of administrators' certificates, a bundle in PEM; none are asked for when empty. Those of callers are no authorities here.</summary>
    public string ClientAuthoritiesFile { get; set; } = "";

    /// <summary>The names by which Setup may be called beside <c>localhost</c>, loopback addresses and the address it listens on.</summary>
    public IList<string> Hosts { get; } = [];

    /// <summary>Where the one-time link for the first administrator is written; <c>sign-in-link</c> beside the database when empty.</summary>
    public string LinkFile { get; set; } = "";

    /// <summary>How long a browser stays signed in without a request.</summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>How long a browser stays signed in at most.</summary>
    public TimeSpan AbsoluteTimeout { get; set; } = TimeSpan.FromHours(12);

    /// <summary>Administrators beside those made in Setup: <see cref="AdministratorSetting.Forms"/>.</summary>
    public IList<string> Administrators { get; } = [];

    /// <summary>Folders beneath which entries made in Setup may refer to files. None by default.</summary>
    public IList<string> AllowedFolders { get; } = [];

    /// <summary>How the environment variables begin that entries made in Setup may refer to. None by default.</summary>
    public IList<string> AllowedVariables { get; } = [];

    /// <summary>What else entries made in Setup may do, by the words of <see cref="SetupAllowance"/>. Nothing by default.</summary>
    public IList<string> Allow { get; } = [];

    public bool IsOn => Database.Length > 0;

    /// <summary>The file of the one-time link.</summary>
    public string LinkPath() => LinkFile.Length > 0 ? LinkFile : Path.Combine(Path.GetDirectoryName(Path.GetFullPath(Database))!, "sign-in-link");

    /// <summary>The administrators that these settings declare.</summary>
    public IReadOnlyList<AdministratorSetting> Declared() =>
        [.. Administrators.Select(text => AdministratorSetting.TryParse(text, out var one) ? one! : throw new FormatException(text))];

    public StorePlace Place() => new(Database)
    {
        PasswordFile = DatabasePasswordFile,
        PasswordEnv = DatabasePasswordEnv,
        CertificateAuthorities = DatabaseCertificateAuthorities,
    };

    /// <exception cref="StoreException">It cannot be read, or is no key.</exception>
    public MasterKey MasterKey() => MasterKeyFile.Length > 0 ? SigningProxy.Store.MasterKey.InFile(MasterKeyFile) : SigningProxy.Store.MasterKey.InVariable(MasterKeyEnv);

    public SetupTrust Trust() => new()
    {
        Folders = [.. AllowedFolders.Select(Path.TrimEndingDirectorySeparator)],
        VariablePrefixes = [.. AllowedVariables],
        Allowances = Allow.Select(Enum.Parse<SetupAllowance>).ToHashSet(),
    };

    public IEnumerable<string> Faults()
    {
        foreach (var fault in Place().Faults())
            yield return $"{Section}:{fault}";
        if (IsOn && MasterKeyFile.Length > 0 == MasterKeyEnv.Length > 0)
            yield return $"{Section}:{nameof(MasterKeyFile)}: there must be exactly one master key for the database. Name its file, or by {nameof(MasterKeyEnv)} its variable; \"signing-proxy catalog new-key FILE\" makes one.";
        foreach (var fault in AdministratorSetting.Faults(Administrators))
            yield return $"{Section}:{nameof(Administrators)}: {fault}";
        if (IsOn && Place().IsPostgres && LinkFile.Length == 0 && Listen != ListenerOptions.Off && Administrators.Count == 0)
            yield return $"{Section}:{nameof(LinkFile)}: a PostgreSQL has no folder that the one-time link for the first administrator could be written to. Name a file in a folder of the proxy's own, such as /var/lib/signing-proxy/sign-in-link, or declare an administrator.";
        if (IdleTimeout < TimeSpan.FromMinutes(1) || AbsoluteTimeout < IdleTimeout || AbsoluteTimeout > TimeSpan.FromDays(7))
            yield return $"{Section}:{nameof(IdleTimeout)}: these time-outs are of no use. Give {nameof(IdleTimeout)} a minute at least, and {nameof(AbsoluteTimeout)} no less than that and seven days at most.";
        foreach (var folder in AllowedFolders.Where(f => !Path.IsPathFullyQualified(f) || Path.GetFullPath(f) != f))
            yield return $"{Section}:{nameof(AllowedFolders)}: \"{folder}\" is not the plain path of a folder. Write it from the root on and without dot segments, such as /run/secrets/setup.";
        foreach (var prefix in AllowedVariables.Where(p => p.Length == 0 || p.Contains('=')))
            yield return $"{Section}:{nameof(AllowedVariables)}: \"{prefix}\" does not begin the name of a variable. Write such as SETUP_.";
        foreach (var word in Allow.Where(w => !Enum.GetNames<SetupAllowance>().Contains(w)))
            yield return $"{Section}:{nameof(Allow)}: \"{word}\" is none of the words it takes. There are {string.Join(", ", Enum.GetNames<SetupAllowance>())}.";
    }
}
