using System.Globalization;
using Microsoft.Data.Sqlite;
using SigningProxy.FunctionalTests.Harness;

namespace SigningProxy.FunctionalTests.Setup;

/// <summary>A folder with a master key and room for a database, and the executable's commands on it.</summary>
internal sealed class SetupFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("signing-proxy-setup-");
    private int _files;

    private SetupFolder()
    {
    }

    public static async Task<SetupFolder> CreateAsync()
    {
        var folder = new SetupFolder();
        Assert.Equal(0, (await ProxyProcess.RunAsync("catalog", "new-key", folder.File("master.key"))).ExitCode);
        await System.IO.File.WriteAllTextAsync(folder.Catalog, "namedCredentials: []");
        return folder;
    }

    public string Database => File("store/setup.db");

    /// <summary>Where Setup is served.</summary>
    public Uri Setup { get; } = new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{ProxyProcess.FreePort()}"));

    /// <summary>The one-time link for the first administrator.</summary>
    public string LinkFile => File("store/sign-in-link");

    /// <summary>The catalog's own file, which stands beside the store.</summary>
    public string Catalog => File("catalog.yaml");

    /// <summary>Every file there is, those of the database among them.</summary>
    public IReadOnlyList<string> Files => Directory.GetFiles(_folder.FullName, "*", SearchOption.AllDirectories);

    public string File(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>The host settings that turn Setup on, as arguments.</summary>
    public string[] Settings =>
    [
        "--set", $"SigningProxy:Setup:Database={Database}", "--set", $"SigningProxy:Setup:MasterKeyFile={File("master.key")}",
        "--set", "SigningProxy:Setup:Allow:0=Endpoint", "--set", "SigningProxy:Setup:Allow:1=LocalAddresses",
        "--set", string.Create(CultureInfo.InvariantCulture, $"SigningProxy:Setup:Listen=127.0.0.1:{Setup.Port}"),
    ];

    /// <summary>Runs a command of <c>catalog</c>.</summary>
    public Task<(int ExitCode, string Output, string Error)> CommandAsync(params string[] arguments) =>
        ProxyProcess.RunAsync(["catalog", .. arguments, "--catalog", Catalog, .. Settings]);

    /// <summary>Imports a text, which must be taken.</summary>
    public async Task ImportAsync(string yaml)
    {
        var import = await CommandAsync("import", await WriteAsync(yaml));
        Assert.Equal((0, ""), (import.ExitCode, import.Error));
    }

    public async Task<string> WriteAsync(string yaml)
    {
        var file = File(string.Create(CultureInfo.InvariantCulture, $"import-{++_files}.yaml"));
        await System.IO.File.WriteAllTextAsync(file, yaml);
        return file;
    }

    /// <summary>Does what somebody does behind the proxy's back.</summary>
    public void Run(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>What the audit trail tells, oldest first; whatever is written adds to it.</summary>
    public IReadOnlyList<string> Audit()
    {
        using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT who || ': ' || what FROM audit ORDER BY id";
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
            rows.Add(reader.GetString(0));
        return rows;
    }

    /// <summary>The names of the profiles in the store, as an export tells them.</summary>
    public async Task<IReadOnlyList<string>> ProfilesAsync()
    {
        var export = await CommandAsync("export");
        Assert.Equal((0, ""), (export.ExitCode, export.Error));
        return [.. export.Output.Split('\n').Where(l => l.StartsWith("- name: ", StringComparison.Ordinal)).Select(l => l["- name: ".Length..])];
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
