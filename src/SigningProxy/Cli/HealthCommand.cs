using System.CommandLine;
using SigningProxy.Listeners;
using SigningProxy.Operations;

namespace SigningProxy.Cli;

/// <summary><c>health</c>: asks a running proxy how it is, for probes that can run a command and cannot reach a pod's loopback.</summary>
internal static class HealthCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static Command Create()
    {
        var operations = new Option<string>("--operations")
        {
            Description = "The operations listener of the proxy to ask.",
            DefaultValueFactory = _ => new ListenerOptions().Operations,
            HelpName = "address",
        };
        operations.Validators.Add(CommandOptions.RequireAddressAndPort);
        var live = new Option<bool>("--live") { Description = "Ask whether it lives, not whether it is ready." };
        var output = CommandOptions.Output();
        var command = new CommandWithExamples(
            "health",
            "Ask a running proxy whether it is ready.",
            "signing-proxy health",
            "signing-proxy health --live --operations 127.0.0.1:9090")
        {
            operations,
            live,
            output,
        };
        command.SetAction((result, cancellation) => AskAsync(
            new Uri($"http://{result.GetValue(operations)}{(result.GetValue(live) ? OperationsEndpoints.Live : OperationsEndpoints.Ready)}"),
            result.GetValue(output),
            result.InvocationConfiguration,
            cancellation));
        return command;
    }

    private static async Task<int> AskAsync(Uri url, OutputForm form, InvocationConfiguration io, CancellationToken cancellation)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = Patience };
        try
        {
            using var answer = await client.GetAsync(url, cancellation);
            var body = await answer.Content.ReadAsStringAsync(cancellation);
            await io.Output.WriteLineAsync(form == OutputForm.Json ? body : answer.IsSuccessStatusCode ? "ok" : $"not ready: {body}");
            return answer.IsSuccessStatusCode ? ExitCode.Ok : ExitCode.Failed;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            await io.Error.WriteLineAsync($"signing-proxy: nothing answers at {url}. Is the proxy running, and is its operations listener there?");
            return ExitCode.Failed;
        }
    }
}
