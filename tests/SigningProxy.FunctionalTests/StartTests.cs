using System.Net;
using System.Net.Sockets;
using SigningProxy.FunctionalTests.Harness;

namespace SigningProxy.FunctionalTests;

/// <summary>What keeps <c>run</c> from serving is told, and nothing else is written.</summary>
public sealed class StartTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("signing-proxy-test-").FullName;

    private string Catalog => Path.Combine(_folder, "catalog.yaml");

    public async ValueTask InitializeAsync() => await File.WriteAllTextAsync(
        Catalog, new CatalogText().With("Api", new Uri("http://127.0.0.1:1/"), "AKIDSTART0000000", "secret").ToString());

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return default;
    }

    [Fact]
    public async Task Listeners_TwoAtOneAddress_AreBothNamed()
    {
        var place = $"127.0.0.1:{ProxyProcess.FreePort()}";

        var (code, error) = await RunAsync("--listen", place, "--listen", $"{place} by Token");

        Assert.Equal(78, code);
        Assert.Contains($"\"{place}\" and \"{place} by Token\" are at one address", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SigningProxy:Bodies:MemoryLimitBytes=abc", "SigningProxy:Bodies:MemoryLimitBytes")]
    [InlineData("SigningProxy:Bodies:MemoryLimit=1", "SigningProxy:Bodies:MemoryLimit: there is no such setting")]
    [InlineData("SigningProxy:Bounds:Memory=1", "SigningProxy:Bounds: there is no such section")]
    [InlineData("SigningProxy:Destinations:ActivityTimeout=0", "SigningProxy:Destinations:ActivityTimeout")]
    [InlineData("SigningProxy:Listeners:Operations=nowhere", "SigningProxy:Listeners:Operations")]
    [InlineData("SigningProxy:Listeners:Operator=127.0.0.1:1", "SigningProxy:Listeners:Operator")]
    [InlineData("SigningProxy:Operator:TokenFile=/nowhere/token", "SigningProxy:Operator:TokenFile: the file does not exist")]
    [InlineData("SigningProxy:Operator:TokenEnv=NOT_SET_BY_ANYONE", "SigningProxy:Operator:TokenEnv: the variable is not set")]
    [InlineData("SigningProxy:Listeners:SocketMode=0888", "SigningProxy:Listeners:SocketMode")]
    [InlineData("SigningProxy:Listeners:SocketGroup=no-such-group", "SigningProxy:Listeners:SocketGroup")]
    [InlineData("SigningProxy:Callouts:AllowedHosts:0=http://a", "SigningProxy:Callouts:AllowedHosts")]
    public async Task HostSetting_Wrong_IsNamed(string setting, string told)
    {
        var (code, error) = await RunAsync("--listen", "127.0.0.1:0", "--set", setting);

        Assert.Equal(78, code);
        Assert.Contains(told, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HostSettings_SeveralWrong_AreAllNamed()
    {
        var (code, error) = await RunAsync("--set", "SigningProxy:Bodies:MemoryLimitBytes=abc", "--set", "SigningProxy:Bodies:Nothing=1", "--set", "SigningProxy:Nothing:At=1");

        Assert.Equal(78, code);
        Assert.All(["MemoryLimitBytes", "SigningProxy:Bodies:Nothing", "SigningProxy:Nothing"], key => Assert.Contains(key, error, StringComparison.Ordinal));
    }

    [Fact]
    public async Task HostSetting_GivenTwice_IsTheLast()
    {
        var (code, error) = await RunAsync("--set", "SigningProxy:Bodies:SpoolFolder=/first", "--set", "SigningProxy:Bodies:MemoryLimitBytes=1", "--set", "signingproxy:bodies:MemoryLimitBytes=-7");

        Assert.Equal(78, code);
        Assert.Contains("MemoryLimitBytes: -7 is not within", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SettingsFile_Broken_IsNamedWithItsLine()
    {
        var file = Path.Combine(_folder, "settings.json");
        await File.WriteAllTextAsync(file, "{\n  oops\n}", TestContext.Current.CancellationToken);

        var (code, error) = await RunAsync("--settings", file);

        Assert.Equal(78, code);
        Assert.Contains(file, error, StringComparison.Ordinal);
        Assert.Contains("(line 2)", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SettingsFile_Missing_IsNamed()
    {
        var file = Path.Combine(_folder, "nothing.json");

        var (code, error) = await RunAsync("--settings", file);

        Assert.Equal(78, code);
        Assert.Contains(file, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--listen")]
    [InlineData("--operations")]
    public async Task Port_InUse_IsToldWithAWayOut(string option)
    {
        using var busy = new TcpListener(IPAddress.Loopback, 0);
        busy.Start();
        string[] free = option == "--listen" ? ["--operations", "off"] : ["--listen", "127.0.0.1:0"];

        var (code, error) = await RunAsync([option, $"{busy.LocalEndpoint}", .. free]);

        Assert.Equal(1, code);
        Assert.Contains($"{busy.LocalEndpoint}", error, StringComparison.Ordinal);
        Assert.Contains("Listen elsewhere with --listen or --operations", error, StringComparison.Ordinal);
    }

    /// <summary>Runs to the end, and sees to it that what is wrong is told in the proxy's own words alone.</summary>
    private async Task<(int ExitCode, string Error)> RunAsync(params string[] options)
    {
        var (code, output, error) = await ProxyProcess.RunAsync(["run", "--catalog", Catalog, .. options]);
        Assert.DoesNotContain("   at ", output + error, StringComparison.Ordinal);
        Assert.StartsWith("signing-proxy: ", error, StringComparison.Ordinal);
        return (code, error);
    }
}
