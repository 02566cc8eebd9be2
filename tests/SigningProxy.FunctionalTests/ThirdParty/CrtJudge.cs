using System.Diagnostics;
using System.Text.Json;

namespace SigningProxy.FunctionalTests.ThirdParty;

/// <summary>AWS's own library in C, by its package for Node.js, which judges signatures of Signature Version 4A.</summary>
public sealed class CrtJudge : ThirdPartyServers
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private Process? _node;

    public override ValueTask DisposeAsync()
    {
        _node?.StandardInput.Close();
        _node?.WaitForExit(TimeSpan.FromSeconds(5));
        _node?.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>What it holds against a signed request; empty where it agrees.</summary>
    /// <param name="request">In the words of <c>judge.cjs</c>.</param>
    internal async Task<string> FaultAsync<T>(T request)
    {
        await _node!.StandardInput.WriteLineAsync(JsonSerializer.Serialize(request, JsonSerializerOptions.Web));
        var line = await _node.StandardOutput.ReadLineAsync().WaitAsync(Patience) ?? throw new InvalidOperationException("It ended.");
        return JsonElement.Parse(line).GetProperty("fault").GetString()!;
    }

    protected override async Task StartAsync()
    {
        var folder = await NpmPackages.Folder;
        _node = Process.Start(new ProcessStartInfo("node", ["--no-warnings", Below("tests", "verifiers", "judge.cjs"), folder])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
    }
}
