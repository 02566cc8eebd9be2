using System.Diagnostics;
using System.Text.Json;
using SigningProxy.FunctionalTests.ThirdParty;

namespace SigningProxy.FunctionalTests.Callers.Sdks;

/// <summary>A program of its own that calls with one of AWS's SDKs. Where the SDK cannot be had, CI fails and a user's machine skips.</summary>
public abstract class SdkProgram : ThirdPartyServers
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    public override ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    internal abstract Task<SdkAnswer> CallAsync(params string[] arguments);

    /// <summary>Runs it to its end and reads the line that it prints.</summary>
    private protected static async Task<SdkAnswer> AnswerAsync(string folder, string[] command, string[] arguments, params (string Name, string Value)[] environment) =>
        JsonSerializer.Deserialize<SdkAnswer>(await RunAsync(folder, [.. command, .. arguments], environment), Web)!;

    private protected static async Task<string> RunAsync(string folder, string[] command, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(command[0], command[1..]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(Patience);
        return process.ExitCode == 0 ? await output : throw new InvalidOperationException($"{command[0]} failed: {await error}");
    }
}

/// <summary>boto3, which tests/servers/install.sh installs.</summary>
public sealed class Boto3 : SdkProgram
{
    protected override Task StartAsync() => RunAsync(".", ["python3", "-c", "import boto3"], Path);

    internal override Task<SdkAnswer> CallAsync(params string[] arguments) => AnswerAsync(".", ["python3", Below("tests", "clients", "client.py")], arguments, Path);

    private static (string, string) Path => ("PYTHONPATH", Below("artifacts", "python"));
}

/// <summary>The SDK for JavaScript, installed from npm when first wanted.</summary>
public sealed class JavaScriptSdk : SdkProgram
{
    private static string Folder => Below("artifacts", "clients");

    protected override async Task StartAsync()
    {
        if (Directory.Exists(Path.Combine(Folder, "node_modules", "@aws-sdk", "client-s3")))
            return;
        Directory.CreateDirectory(Folder);
        File.Copy(Below("tests", "clients", "package.json"), Path.Combine(Folder, "package.json"), overwrite: true);
        await RunAsync(Folder, ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--no-package-lock"]);
    }

    internal override Task<SdkAnswer> CallAsync(params string[] arguments) => AnswerAsync(Folder, ["node", Below("tests", "clients", "client.mjs")], arguments);
}
