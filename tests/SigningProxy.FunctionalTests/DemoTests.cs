using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using SigningProxy.FunctionalTests.Harness;

namespace SigningProxy.FunctionalTests;

public sealed class DemoTests : IDisposable
{
    private const string LastLine = "Ctrl+C stops both.";

    private readonly string _temporary = Directory.CreateTempSubdirectory("signing-proxy-test-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_temporary, recursive: true);

    [Fact]
    public async Task Lines_Pasted_DoWhatTheTextSays()
    {
        await using var demo = await StartAsync();
        var lines = Lines(demo);

        var answers = new List<string>();
        foreach (var line in lines)
            answers.Add(await PasteAsync(line));

        Assert.Equal(11, lines.Count);
        Assert.All(answers[..^1], answer => Assert.EndsWith(" 200", answer, StringComparison.Ordinal));
        Assert.Contains("canonicalRequest", answers[0], StringComparison.Ordinal);
        Assert.Equal("AKIDEXAMPLE000DEMO", KeyIn(answers[0]));
        Assert.Contains("""{"S":"tea"}""", answers[2], StringComparison.Ordinal);
        Assert.Equal("a cup of tea 200", answers[4]);
        Assert.Matches("^ASIA", KeyIn(answers[5]));
        Assert.Matches("^ASIA", KeyIn(answers[6]));
        Assert.Matches("^revoked ([2-9]|[1-9][0-9]+)\n", answers[7]);
        Assert.Contains("\nX-SigningProxy-Replay: replayed\r\n", answers[8], StringComparison.Ordinal);
        Assert.Matches("^ASIA", KeyIn(answers[8]));
        Assert.NotEqual(KeyIn(answers[6]), KeyIn(answers[8]));
        Assert.Equal("""{"name":"demo","permission":"Manage"} 200""", answers[9]);
        // The one without the proxy.
        Assert.EndsWith(" 403", answers[10], StringComparison.Ordinal);
        Assert.DoesNotContain("Authorization", string.Concat(lines), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Revocation_PastedAgainAtOnce_ShowsAnotherReplay()
    {
        await using var demo = await StartAsync();
        var lines = Lines(demo);
        string[] pair = [Assert.Single(lines, l => l.Contains("/revoke", StringComparison.Ordinal)), Assert.Single(lines, l => l.StartsWith("curl -i ", StringComparison.Ordinal))];
        // There is a session to revoke from then on.
        await PasteAsync(pair[1]);

        for (var i = 0; i < 3; i++)
        {
            await PasteAsync(pair[0]);
            Assert.Contains("\nX-SigningProxy-Replay: replayed\r\n", await PasteAsync(pair[1]), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task RoleSession_WhenItsSecondsAreOver_IsAnother()
    {
        await using var demo = await StartAsync();
        var address = Assert.Single(Lines(demo), l => l.Contains("/ByRole/", StringComparison.Ordinal))["curl ".Length..];
        using var http = new HttpClient();
        var first = KeyIn(await http.GetStringAsync(address, Cancellation));

        await Wait.UntilAsync(async () => KeyIn(await http.GetStringAsync(address, Cancellation)) != first, "another session signs");

        Assert.DoesNotContain("warn", demo.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task Signal_EndsItAndLeavesNothing(string signal)
    {
        await using var demo = await StartAsync();
        Assert.NotEmpty(Directory.GetDirectories(_temporary, "signing-proxy-demo-*"));

        var code = await demo.EndAsync(signal);

        Assert.Equal(0, code);
        Assert.Empty(Directory.GetFileSystemEntries(_temporary, "signing-proxy-demo-*"));
    }

    [Theory]
    [InlineData("--port")]
    [InlineData("--aws-port")]
    public async Task Port_InUse_IsToldWithAWayOut(string option)
    {
        using var busy = new TcpListener(IPAddress.Loopback, 0);
        busy.Start();
        var port = ((IPEndPoint)busy.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        string[] other = option == "--port" ? [] : ["--port", "0"];

        var (code, output, error) = await ProxyProcess.RunAsync(["demo", option, port, .. other]);

        Assert.Equal(1, code);
        Assert.Empty(output);
        Assert.Matches($"^signing-proxy: .*{port}.* Take any free port with: signing-proxy demo {option} 0\n$", error);
    }

    [Fact]
    public async Task HostSetting_Wrong_IsTold()
    {
        var (code, _, error) = await Shell.RunAsync("SIGNINGPROXY__BODIES__MEMORYLIMITBYTES=abc \"$PROXY\" demo --port 0");

        Assert.Equal(78, code);
        Assert.Contains("SigningProxy:Bodies:MemoryLimitBytes", error, StringComparison.OrdinalIgnoreCase);
    }

    private async Task<RunningCommand> StartAsync()
    {
        var demo = new RunningCommand(_temporary, "demo", "--port", "0");
        await demo.WritesAsync(LastLine);
        return demo;
    }

    private static List<string> Lines(RunningCommand demo) =>
        [.. demo.Output.Split('\n').Select(l => l.TrimEnd()).Where(l => l.StartsWith("curl ", StringComparison.Ordinal))];

    private static async Task<string> PasteAsync(string line) => (await Shell.RunAsync($"{line} -sS -m 20 -w ' %{{http_code}}'")).Output;

    /// <summary>The key that the echo says it verified.</summary>
    private static string KeyIn(string echo) => Regex.Match(echo, "\"accessKeyId\": \"(\\w+)\"").Groups[1].Value;
}
