using SigningProxy.FunctionalTests.Harness;

namespace SigningProxy.FunctionalTests.Operators;

public sealed class OperatorSocketTests : IDisposable
{
    private const string Empty = "namedCredentials: []";
    private readonly string _temporary = Directory.CreateTempSubdirectory("signing-proxy-test-").FullName;

    private string Folder => Directory.GetDirectories(_temporary, "signing-proxy-*").Single();

    private Launch Unnamed => new()
    {
        OperatorSocketUnnamed = true,
        Environment = new Dictionary<string, string> { ["TMPDIR"] = _temporary, ["XDG_RUNTIME_DIR"] = "" },
    };

    public void Dispose() => Directory.Delete(_temporary, recursive: true);

    [Fact]
    public async Task Unnamed_IsTheOwnersAlone_AndFoundByTheCommand()
    {
        await using var proxy = await ProxyProcess.StartAsync(Empty, Unnamed);

        Assert.Equal("700\n600\n", (await Shell.RunAsync($"stat -c %a '{Folder}' '{Folder}/operator.sock'")).Output);
        var (code, output, _) = await Shell.RunAsync($"TMPDIR='{_temporary}' XDG_RUNTIME_DIR= $PROXY sessions");
        Assert.Equal(0, code);
        Assert.Contains("No sessions: the catalog has no principals.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unnamed_InTheRuntimeFolder_WhereThereIsOne()
    {
        await using var proxy = await ProxyProcess.StartAsync(
            Empty, Unnamed with { Environment = new Dictionary<string, string> { ["XDG_RUNTIME_DIR"] = _temporary } });

        Assert.Equal("700\n600\n", (await Shell.RunAsync($"stat -c %a '{_temporary}/signing-proxy' '{_temporary}/signing-proxy/operator.sock'")).Output);
    }

    [Fact]
    public async Task Unnamed_OfSeveralProxies_IsTheFirsts_AndTheOthersServeWithout()
    {
        var proxies = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => ProxyProcess.StartAsync(Empty, Unnamed)));
        try
        {
            Assert.Single(proxies, p => p.Log.Contains("unix:", StringComparison.Ordinal) && !p.Log.Contains("There is no operator's socket", StringComparison.Ordinal));
            Assert.All(
                proxies.Where(p => p.Log.Contains("There is no operator's socket", StringComparison.Ordinal)),
                p => Assert.Contains($"another proxy has {Folder}/operator.sock. Name another with --operator unix:PATH", p.Log, StringComparison.Ordinal));
            Assert.Equal(0, (await Shell.RunAsync($"TMPDIR='{_temporary}' XDG_RUNTIME_DIR= $PROXY sessions")).ExitCode);
        }
        finally
        {
            foreach (var proxy in proxies)
                await proxy.DisposeAsync();
        }

        // They were killed: what they left is in nobody's way.
        await using var next = await ProxyProcess.StartAsync(Empty, Unnamed);
        Assert.DoesNotContain("There is no operator's socket", next.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unnamed_WhereTheFolderIsOpenToOthers_IsNotOpened_AndTheProxyServes()
    {
        await using (await ProxyProcess.StartAsync(Empty, Unnamed))
        {
            // It makes the folder.
        }
        await Shell.RunAsync($"chmod 0711 '{Folder}'");

        await using var proxy = await ProxyProcess.StartAsync(Empty, Unnamed);

        Assert.Contains($"There is no operator's socket, for the folder {Folder} has not the mode 0700.", proxy.Log, StringComparison.Ordinal);
        Assert.Equal(200, (await RawClient.GetAsync(proxy.Operations, "/health/ready")).Status);
        Assert.Equal(1, (await Shell.RunAsync($"TMPDIR='{_temporary}' XDG_RUNTIME_DIR= $PROXY sessions")).ExitCode);
    }

    [Fact]
    public async Task Off_OpensNone()
    {
        await using var proxy = await ProxyProcess.StartAsync(Empty, Unnamed, "--operator", "off");

        Assert.Empty(Directory.GetDirectories(_temporary, "signing-proxy-*"));
        Assert.DoesNotContain("operator's socket", proxy.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Named_WhereAnotherAnswers_IsAnError()
    {
        await using var first = await ProxyProcess.StartAsync(Empty);

        var (code, _, error) = await ProxyProcess.RunAsync(
            "run", "--catalog", first.CatalogPath, "--listen", "127.0.0.1:0", "--operations", "off", "--operator", $"unix:{first.OperatorSocket}");

        Assert.Equal(1, code);
        Assert.Contains($"Another process answers on {first.OperatorSocket}", error, StringComparison.Ordinal);
        Assert.Equal(0, (await ProxyProcess.RunAsync("sessions", "--operator", $"unix:{first.OperatorSocket}")).ExitCode);
    }

    [Fact]
    public async Task AnotherUser_IsNotAdmitted_EvenWhereTheModeLetsItConnect()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && File.Exists("/usr/bin/setpriv"), "Only the superuser can be another user.");
        var callouts = Path.Combine(_temporary, "s");
        await using var proxy = await ProxyProcess.StartAsync(Empty, "--listen", $"unix:{callouts}");
        await Shell.RunAsync($"chmod 0755 '{_temporary}' '{proxy.Folder}'; chmod 0666 '{callouts}' '{proxy.OperatorSocket}'");
        const string other = "setpriv --reuid 65534 --regid 65534 --clear-groups";

        Assert.Equal("000", await StatusAsync(other, proxy.OperatorSocket));
        Assert.Equal("200", await StatusAsync("", proxy.OperatorSocket));
        // It can connect to a socket of that mode.
        Assert.Equal("403", await StatusAsync(other, callouts));
    }

    private static async Task<string> StatusAsync(string through, string socket) =>
        (await Shell.RunAsync($"{through} curl -sS -m 20 -o /dev/null -w '%{{http_code}}' --unix-socket '{socket}' http://localhost/sessions")).Output;
}
