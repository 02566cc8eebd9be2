using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace SigningProxy.FunctionalTests.ThirdParty;

/// <summary>A program that serves what other people wrote: it tells where in one line of JSON, and ends when its standard input does, so that it never outlives the tests.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly StringBuilder _log = new();

    private ServerProcess(ProcessStartInfo start)
    {
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, line) =>
        {
            lock (_log)
                _log.AppendLine(line.Data);
        };
        _process.BeginErrorReadLine();
    }

    /// <summary>What it told.</summary>
    public JsonElement Told { get; private set; }

    /// <summary>What it has written to standard error so far.</summary>
    public string Log
    {
        get
        {
            lock (_log)
                return _log.ToString();
        }
    }

    /// <param name="program">The program, and its arguments after it.</param>
    /// <param name="environment">Variables beside those it inherits.</param>
    public static async Task<ServerProcess> StartAsync(string[] program, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program[0], program[1..]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        var server = new ServerProcess(start);
        try
        {
            var line = await server._process.StandardOutput.ReadLineAsync().WaitAsync(Patience) ?? throw new InvalidOperationException("It ended at once.");
            server.Told = JsonElement.Parse(line);
            return server;
        }
        catch (Exception e)
        {
            await server.DisposeAsync();
            throw new InvalidOperationException($"{program[^1]}: {e.Message}\n{server.Log}", e);
        }
    }

    /// <summary>What it told under a name.</summary>
    public string this[string name] => Told.GetProperty(name).GetString()!;

    /// <summary>Has it do something, by a line, and waits for its answer.</summary>
    public async Task<string?> AskAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
        return await _process.StandardOutput.ReadLineAsync().WaitAsync(Patience);
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }
        _process.Dispose();
    }
}
