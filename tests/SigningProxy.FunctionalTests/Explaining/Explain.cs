using System.Diagnostics;
using SigningProxy.FunctionalTests.Harness;

namespace SigningProxy.FunctionalTests.Explaining;

/// <summary>Runs <c>explain</c> with an input and an environment of its own.</summary>
internal static class Explain
{
    public const string Secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>The keys of AWS's documented examples.</summary>
    public static Dictionary<string, string> Keys { get; } = new() { ["AWS_ACCESS_KEY_ID"] = "AKIDEXAMPLE", ["AWS_SECRET_ACCESS_KEY"] = Secret };

    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(byte[] input, Dictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(ProxyProcess.Binary, ["explain", .. arguments]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("AWS_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading.
        }
        await process.WaitForExitAsync().WaitAsync(Patience);
        return (process.ExitCode, await output, await error);
    }
}
