using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SigningProxy.FunctionalTests.Harness;

/// <summary>The real executable, running a catalog: the one named by <c>SIGNING_PROXY_BINARY</c>, or the one built beside the tests.</summary>
internal sealed class ProxyProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _log = new();
    private readonly TaskCompletionSource _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ProxyProcess(Process process, string folder, int port, int operationsPort)
    {
        (_process, Folder) = (process, folder);
        Address = new Uri($"http://127.0.0.1:{port}");
        Operations = new Uri($"http://127.0.0.1:{operationsPort}");
    }

    public static string Binary { get; } =
        Environment.GetEnvironmentVariable("SIGNING_PROXY_BINARY") is { Length: > 0 } path ? path : Path.Combine(AppContext.BaseDirectory, "signing-proxy");

    /// <summary>Where it takes callouts.</summary>
    public Uri Address { get; }

    /// <summary>Where it tells its health.</summary>
    public Uri Operations { get; }

    /// <summary>A folder of its own, which holds <c>catalog.yaml</c>.</summary>
    public string Folder { get; }

    /// <summary>The operator's socket, unless its place is not named.</summary>
    public string OperatorSocket => Path.Combine(Folder, "operator.sock");

    public string CatalogPath => Path.Combine(Folder, "catalog.yaml");

    public int Id => _process.Id;

    /// <summary>All it has written so far.</summary>
    public string Log
    {
        get
        {
            lock (_log)
                return _log.ToString();
        }
    }

    /// <summary>How often a text stands in what it has written so far.</summary>
    public int Count(string text) => Log.Split(text).Length - 1;

    /// <summary>Waits until a text stands there: it writes a little after it answers.</summary>
    public Task WritesAsync(string text) => Wait.UntilAsync(() => Log.Contains(text, StringComparison.Ordinal), $"the proxy writes \"{text}\"");

    /// <summary>Starts it and waits until it listens.</summary>
    public static Task<ProxyProcess> StartAsync(string catalog, params string[] moreArguments) => StartAsync(catalog, new Launch(), moreArguments);

    public static async Task<ProxyProcess> StartAsync(string catalog, Launch launch, params string[] moreArguments)
    {
        var folder = Directory.CreateTempSubdirectory("signing-proxy-test-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "catalog.yaml"), catalog);
        var (port, operationsPort) = (FreePort(), FreePort());
        string[] command = [.. launch.Through, Binary];
        var start = new ProcessStartInfo(command[0]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        foreach (var (name, value) in launch.Environment)
            start.Environment[name] = value;
        string[] operatorSocket = launch.OperatorSocketUnnamed ? [] : ["--operator", $"unix:{Path.Combine(folder, "operator.sock")}"];
        foreach (var argument in (string[])[.. command[1..], "run", "--catalog", Path.Combine(folder, "catalog.yaml"), "--listen", $"127.0.0.1:{port}", "--operations", $"127.0.0.1:{operationsPort}", .. operatorSocket, .. moreArguments])
            start.ArgumentList.Add(argument);
        var proxy = new ProxyProcess(Process.Start(start)!, folder, port, operationsPort);
        proxy.Follow();
        try
        {
            await proxy._listening.Task.WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            var log = proxy.Log;
            await proxy.DisposeAsync();
            throw new InvalidOperationException($"The proxy did not come to listen:\n{log}");
        }
        return proxy;
    }

    // Begun anywhere, so that two runs beside each other seldom meet.
    private static int _lastPort = Random.Shared.Next(Ports);

    private const int Ports = 12_000;

    /// <summary>
    /// A port that nobody listens on, never the same twice: one of 20,000 to 31,999, below those that the system hands out by itself, so that no connection
    /// takes it before its listener does.
    /// </summary>
    public static int FreePort()
    {
        for (var tried = 0; tried < Ports; tried++)
        {
            var port = 20_000 + (int)((uint)Interlocked.Increment(ref _lastPort) % Ports);
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException taken) when (taken.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
            }
        }
        throw new InvalidOperationException("Every port of 20,000 to 31,999 is taken.");
    }

    /// <summary>Runs a command of the executable to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Binary) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(Patience);
        return (process.ExitCode, await output, await error);
    }

    /// <summary>Sends a signal and tells the exit code.</summary>
    /// <param name="signal">Its name, such as TERM.</param>
    public async Task<int> EndAsync(string signal)
    {
        await Shell.SignalAsync(signal, Id);
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private void Follow()
    {
        void Take(object _, DataReceivedEventArgs line)
        {
            lock (_log)
                _log.AppendLine(line.Data);
            if (line.Data?.Contains("Listening on", StringComparison.Ordinal) == true)
                _listening.TrySetResult();
        }

        _process.OutputDataReceived += Take;
        _process.ErrorDataReceived += Take;
        _process.EnableRaisingEvents = true;
        _process.Exited += (_, _) => _listening.TrySetException(new InvalidOperationException($"The proxy ended before it listened:\n{Log}"));
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }
}
