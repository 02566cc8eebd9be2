using System.Globalization;
using System.Net;
using System.Net.Sockets;
using SigningProxy.FunctionalTests.Harness;

namespace SigningProxy.FunctionalTests;

public sealed class DemoTests : IDisposable
{
    private const string LastLine = "Ctrl+C stops both.";

    private readonly string _temporary = Directory.CreateTempSubdirectory("signing-proxy-test-").FullName;

    public void Dispose() => Directory.Delete(_temporary, recursive: true);

    [Fact]
    public async Task Lines_Pasted_DoWhatTheTextSays()
    {
        await using var demo = new RunningCommand(_temporary, "demo", "--port", "0");
        await demo.WritesAsync(LastLine);
        var lines = demo.Output.Split('\n').Where(l => l.StartsWith("curl ", StringComparison.Ordinal)).ToList();

        var answers = new List<string>();
        foreach (var line in lines)
            answers.Add((await Shell.RunAsync($"{line.TrimEnd()} -sS -m 20 -w ' %{{http_code}}'")).Output);

        Assert.True(lines.Count >= 3, demo.Output);
        Assert.All(answers[..^1], answer => Assert.EndsWith(" 200", answer, StringComparison.Ordinal));
        Assert.Contains(answers, answer => answer.Contains("canonicalRequest", StringComparison.Ordinal));
        Assert.Contains(answers, answer => answer.Contains("""{"S":"tea"}""", StringComparison.Ordinal));
        Assert.Contains("a cup of tea 200", answers);
        // The one without the proxy.
        Assert.EndsWith(" 403", answers[^1], StringComparison.Ordinal);
        Assert.DoesNotContain("Authorization", string.Concat(lines), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task Signal_EndsItAndLeavesNothing(string signal)
    {
        await using var demo = new RunningCommand(_temporary, "demo", "--port", "0");
        await demo.WritesAsync(LastLine);
        Assert.NotEmpty(Directory.GetDirectories(_temporary, "signing-proxy-demo-*"));

        var code = await demo.EndAsync(signal);

        Assert.Equal(0, code);
        Assert.Empty(Directory.GetFileSystemEntries(_temporary, "signing-proxy-demo-*"));
    }

    [Fact]
    public async Task Port_InUse_IsToldWithAWayOut()
    {
        using var busy = new TcpListener(IPAddress.Loopback, 0);
        busy.Start();
        var port = ((IPEndPoint)busy.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

        var (code, output, error) = await ProxyProcess.RunAsync("demo", "--port", port);

        Assert.Equal(1, code);
        Assert.Contains($"127.0.0.1:{port}", error, StringComparison.Ordinal);
        Assert.Contains("signing-proxy demo --port 0", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output + error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HostSetting_Wrong_IsTold()
    {
        var (code, _, error) = await Shell.RunAsync("SIGNINGPROXY__BODIES__MEMORYLIMITBYTES=abc \"$PROXY\" demo --port 0");

        Assert.Equal(78, code);
        Assert.Contains("SigningProxy:Bodies:MemoryLimitBytes", error, StringComparison.OrdinalIgnoreCase);
    }
}
