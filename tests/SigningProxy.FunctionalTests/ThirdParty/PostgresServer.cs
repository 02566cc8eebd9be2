using System.Globalization;
using Npgsql;
using SigningProxy.Catalog.Validation;
using SigningProxy.Configuration.Stored;
using SigningProxy.FunctionalTests.Harness;
using SigningProxy.Store;

namespace SigningProxy.FunctionalTests.ThirdParty;

/// <summary>A PostgreSQL with TLS and a password, which can be stopped at once and started again.</summary>
public sealed class PostgresServer : ThirdPartyServers
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("postgres-tests-");
    private ServerProcess? _server;
    private int _databases;

    /// <summary>The authority of its certificate.</summary>
    internal string Authority => _server!["authority"];

    /// <summary>The folder of all its files.</summary>
    internal string Data => _server!["data"];

    internal int Port => int.Parse(_server!["port"], CultureInfo.InvariantCulture);

    internal string PasswordFile => Path.Combine(_folder.FullName, "password");

    internal string KeyFile => Path.Combine(_folder.FullName, "master.key");

    public override async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    protected override async Task StartAsync()
    {
        MasterKey.Make(KeyFile);
        _server = await ServerProcess.StartAsync(["bash", Below("tests", "servers", "postgres.sh")]);
        await File.WriteAllTextAsync(PasswordFile, _server["password"] + "\n");
    }

    /// <summary>Ends it as a crash does, with every connection.</summary>
    internal async Task StopAsync() => Assert.Equal("done", await _server!.AskAsync("stop"));

    internal async Task StartAgainAsync() => Assert.Equal("done", await _server!.AskAsync("start"));

    /// <summary>Makes an empty database and tells its name.</summary>
    internal async Task<string> CreateDatabaseAsync()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"setup{Interlocked.Increment(ref _databases)}");
        await RunAsync("postgres", $"CREATE DATABASE {name}");
        return name;
    }

    /// <summary>What the setting says, with nothing of a password.</summary>
    internal string Url(string database, string query = "", int? port = null) =>
        $"postgres://{_server!["user"]}@{_server["host"]}:{(port ?? Port).ToString(CultureInfo.InvariantCulture)}/{database}{query}";

    internal StorePlace Place(string database, string query = "") => new(Url(database, query)) { PasswordFile = PasswordFile };

    internal SetupStore Open(string database) => SetupStore.Open(Place(database), () => MasterKey.InFile(KeyFile), TimeProvider.System);

    /// <summary>The host settings that turn Setup on, as arguments.</summary>
    internal string[] Settings(string database, string query = "", int? port = null) =>
    [
        "--set", $"SigningProxy:Setup:Database={Url(database, query, port)}", "--set", $"SigningProxy:Setup:DatabasePasswordFile={PasswordFile}",
        "--set", $"SigningProxy:Setup:MasterKeyFile={KeyFile}", "--set", "SigningProxy:Setup:Listen=off", "--set", "SigningProxy:Setup:Allow:0=Endpoint",
        "--set", "SigningProxy:Setup:Allow:1=LocalAddresses",
    ];

    /// <summary>Runs a command of <c>catalog</c>.</summary>
    internal Task<(int ExitCode, string Output, string Error)> CommandAsync(string database, params string[] arguments) =>
        ProxyProcess.RunAsync(["catalog", .. arguments, "--catalog", EmptyCatalog(), .. Settings(database)]);

    /// <summary>Writes the entries of a text as an import does, in this process.</summary>
    internal Task ImportAsync(string database, string yaml) => Task.Run(() =>
    {
        using var store = Open(database);
        var (now, faults, file) = (store.Read(), new FaultList(), Write(yaml));
        store.Write(new CatalogImport(now, MasterKey.InFile(KeyFile), faults).Read(file, replace: false), now, "a test", TimeProvider.System.GetUtcNow());
        File.Delete(file);
        Assert.False(faults.HasErrors);
    });

    internal string Write(string text)
    {
        var file = Path.Combine(_folder.FullName, $"{Guid.NewGuid():N}.yaml");
        File.WriteAllText(file, text);
        return file;
    }

    internal string EmptyCatalog()
    {
        var file = Path.Combine(_folder.FullName, "catalog.yaml");
        if (!File.Exists(file))
            File.WriteAllText(file, "namedCredentials: []");
        return file;
    }

    /// <summary>Does what somebody does behind the proxy's back.</summary>
    internal async Task<object?> RunAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(
            $"Host={_server!["host"]};Port={_server["port"]};Username={_server["user"]};Password={_server["password"]};Database={database};Pooling=false");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}
