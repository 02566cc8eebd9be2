using System.Diagnostics;
using System.Globalization;

namespace SigningProxy.FunctionalTests.Harness;

/// <summary>Lines for <c>/bin/sh</c>, as a person would paste them.</summary>
internal static class Shell
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <param name="line">The line; <c>$PROXY</c> in it is the executable.</param>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(string line)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", line]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PROXY"] = ProxyProcess.Binary;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(Patience);
        return (process.ExitCode, await output, await error);
    }

    public static async Task SignalAsync(string signal, int process) =>
        Assert.Equal(0, (await RunAsync($"kill -{signal} {process.ToString(CultureInfo.InvariantCulture)}")).ExitCode);
}
