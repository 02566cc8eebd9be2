using System.Diagnostics;
using System.Text;

namespace SigningProxy.FunctionalTests.Harness;

/// <summary>A command of the real executable that goes on until it is told to stop.</summary>
internal sealed class RunningCommand : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly StringBuilder _output = new();

    /// <param name="temporary">Where it makes its temporary files.</param>
    /// <param name="arguments">The command and its options.</param>
    public RunningCommand(string temporary, params string[] arguments)
    {
        var start = new ProcessStartInfo(ProxyProcess.Binary, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["TMPDIR"] = temporary;
        _process = Process.Start(start)!;
        _process.OutputDataReceived += Take;
        _process.ErrorDataReceived += Take;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>All it has written so far.</summary>
    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    public Task WritesAsync(string text) => Wait.UntilAsync(() => Output.Contains(text, StringComparison.Ordinal), $"the command writes \"{text}\"");

    /// <summary>Sends a signal and tells the exit code.</summary>
    /// <param name="signal">Its name, such as TERM.</param>
    public async Task<int> EndAsync(string signal)
    {
        await Shell.SignalAsync(signal, _process.Id);
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Take(object sender, DataReceivedEventArgs line)
    {
        lock (_output)
            _output.AppendLine(line.Data);
    }
}
