using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Runtime.InteropServices;

namespace SigningProxy.LocalAws;

/// <summary>Runs the stand-in alone, until Ctrl+C or SIGTERM.</summary>
internal static class LocalAwsProgram
{
    /// <summary>Entry point. Exit codes: 0 stopped as asked, 1 could not start, 2 the arguments or keys cannot be read.</summary>
    [SuppressMessage("ApiDesign", "RS0030", Justification = "The one place that knows the console; everything else writes to the TextWriter it is given.")]
    public static async Task<int> Main(string[] args)
    {
        using var stopping = new CancellationTokenSource();
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stopping.Cancel();
        }

        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        return await RunAsync(args, Environment.GetEnvironmentVariable(LocalAwsArguments.KeysVariable), Console.Out, Console.Error, stopping.Token);
    }

    internal static async Task<int> RunAsync(string[] args, string? keys, TextWriter output, TextWriter errors, CancellationToken stopping)
    {
        if (args is ["--help" or "-h"])
        {
            await output.WriteAsync(LocalAwsArguments.Usage);
            return 0;
        }

        if (!LocalAwsArguments.TryParse(args, keys, out var options, out var fault))
        {
            await errors.WriteLineAsync($"local-aws: {fault}");
            await errors.WriteLineAsync("Try --help.");
            return 2;
        }

        try
        {
            await using var server = await LocalAwsServer.StartAsync(options, stopping);
            await output.WriteLineAsync($"local-aws listens on {server.Address} and knows {string.Join(", ", options.Keys)}");
            await output.WriteLineAsync($"roles to assume: {string.Join(", ", options.Roles.Select(role => role.Arn))}");
            if (!IPAddress.IsLoopback(options.Host))
            {
                await errors.WriteLineAsync($"local-aws: warning: {options.Host} can be reached from other machines. This is a stand-in for trials, not a guarded service.");
            }

            await Task.Delay(Timeout.Infinite, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return 0;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return 0;
        }
        catch (Exception exception) when (exception is IOException or System.Net.Sockets.SocketException)
        {
            await errors.WriteLineAsync($"local-aws: {exception.Message} --port 0 takes any free one.");
            return 1;
        }
    }
}
