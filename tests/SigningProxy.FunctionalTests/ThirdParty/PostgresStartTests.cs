using System.Text;
using SigningProxy.FunctionalTests.Harness;
using SigningProxy.FunctionalTests.Setup;

namespace SigningProxy.FunctionalTests.ThirdParty;

/// <summary>With what a PostgreSQL is used, with what it is refused, and what of secrets lies in it.</summary>
public sealed class PostgresStartTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    [Theory]
    [InlineData("away", "cannot be reached (ConnectionRefused)")]
    [InlineData("password", "does not let this user in")]
    [InlineData("no password", "the database's password cannot be read")]
    [InlineData("database", "there is no database")]
    [InlineData("authority", "is not to be trusted")]
    [InlineData("another key", "the master key is not the one that this database was written under")]
    [InlineData("password in the settings", "a password must not stand in the settings")]
    [InlineData("no TLS", "is reached by TLS alone")]
    public async Task Start_WithWhatCannotBeUsed_IsRefused(string fault, string why)
    {
        server.Need();
        var database = await server.CreateDatabaseAsync();
        server.Open(database).Dispose();
        string[] settings = server.Settings(database);
        string[] more = fault switch
        {
            "away" => ["--set", $"SigningProxy:Setup:Database={server.Url(database, port: ProxyProcess.FreePort())}"],
            "password" => ["--set", $"SigningProxy:Setup:DatabasePasswordFile={server.Write("wrong")}"],
            "no password" => ["--set", "SigningProxy:Setup:DatabasePasswordFile=/nowhere/password"],
            "database" => ["--set", $"SigningProxy:Setup:Database={server.Url("nowhere")}"],
            "authority" => ["--set", $"SigningProxy:Setup:Database={server.Url(database, "?sslmode=verify-full")}"],
            "another key" => ["--set", $"SigningProxy:Setup:MasterKeyFile={server.Write("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")}"],
            "password in the settings" => ["--set", "SigningProxy:Setup:Database=postgres://me:secret-of-mine@localhost/x"],
            _ => ["--set", "SigningProxy:Setup:Database=postgres://me@db.example.com/x"],
        };

        var run = await ProxyProcess.RunAsync(["run", "--catalog", server.EmptyCatalog(), "--operations", "off", "--operator", "off", .. settings, .. more]);

        Assert.Equal(78, run.ExitCode);
        Assert.Contains(why, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-of-mine", run.Error + run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_OverTls_WithItsAuthority_IsTaken()
    {
        server.Need();
        var database = await server.CreateDatabaseAsync();
        await using var proxy = await ProxyProcess.StartAsync(
            "namedCredentials: []", [.. server.Settings(database, "?sslmode=verify-full"), "--set", $"SigningProxy:Setup:DatabaseCertificateAuthorities={server.Authority}"]);
        Assert.Equal(0L, await server.RunAsync(database, "SELECT count(*) FROM pg_stat_ssl s JOIN pg_stat_activity a USING (pid) WHERE a.application_name = 'signing-proxy' AND NOT s.ssl"));
        await Wait.UntilAsync(
            async () => await server.RunAsync(database, "SELECT count(*) FROM pg_stat_ssl s JOIN pg_stat_activity a USING (pid) WHERE a.application_name = 'signing-proxy' AND s.ssl") is 2L,
            "it asks by one connection and listens by another");
    }

    [Fact]
    public async Task Secrets_StandNowhereInTheClear()
    {
        server.Need();
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Needs root, to look into the server's files.");
        await using var stage = await SetupStage.CreateAsync();
        var database = await server.CreateDatabaseAsync();
        await using var proxy = await ProxyProcess.StartAsync("namedCredentials: []", server.Settings(database));
        await server.ImportAsync(database, stage.Entries());
        using (var store = server.Open(database))
            store.AddProtectionKey("one", $"<key>{SetupStage.Secret}</key>");
        await server.RunAsync(database, "CHECKPOINT");
        var export = await server.CommandAsync(database, "export");
        Assert.Equal(0, export.ExitCode);
        await Wait.UntilAsync(async () => await stage.StatusAsync(proxy, "/Keyed/x") == System.Net.HttpStatusCode.OK, "the running proxy takes the entries up");

        Assert.Empty(Open(stage));
        Assert.DoesNotContain(SetupStage.Secret, export.Output + proxy.Log, StringComparison.Ordinal);

        // The scan itself: what is sealed by nobody is found.
        await server.RunAsync(database, $"UPDATE signing_proxy.entries SET body = body || '# {SetupStage.Secret}'; CHECKPOINT");
        Assert.NotEmpty(Open(stage));
    }

    private List<string> Open(SetupStage stage)
    {
        string[] secrets = [SetupStage.Secret, SessionCatalog.Asker.Secret, stage.KeyLine];
        string[] forms = [.. secrets, .. secrets.Select(s => Convert.ToBase64String(Encoding.UTF8.GetBytes(s))[..24])];
        return [.. Directory.GetFiles(server.Data, "*", SearchOption.AllDirectories).Where(f => forms.Any(s => File.ReadAllBytes(f).AsSpan().IndexOf(Encoding.UTF8.GetBytes(s)) >= 0))];
    }
}
