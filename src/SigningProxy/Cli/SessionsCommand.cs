using System.CommandLine;
using SigningProxy.Operations;

namespace SigningProxy.Cli;

/// <summary><c>sessions</c>: shows an operator the sessions of a running proxy, and refreshes them.</summary>
internal static class SessionsCommand
{
    // A refresh takes as long as calls wait for a session, and a little more.
    private static readonly TimeSpan RefreshPatience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static Command Create()
    {
        var proxy = new OperatorOptionSet();
        var output = CommandOptions.Output();
        output.Recursive = true;
        var command = new CommandWithExamples(
            "sessions",
            "Show the sessions of a running proxy: keys, ends, reasons and errors.",
            "signing-proxy sessions",
            "signing-proxy sessions --operator unix:/run/signing-proxy/operator.sock --output json",
            "signing-proxy sessions --operations 127.0.0.1:9080 --token-file /run/secrets/operator-token",
            "signing-proxy sessions refresh OrdersTable-Writer")
        {
            output,
            Refresh(proxy, output),
        };
        proxy.AddTo(command);
        command.SetAction((result, cancellation) => TellAsync(
            HttpMethod.Get, SessionEndpoints.Sessions, Patience, SessionTable.Of, result, proxy, output, cancellation));
        return command;
    }

    private static CommandWithExamples Refresh(OperatorOptionSet proxy, Option<OutputForm> output)
    {
        var name = new Argument<string>("name") { Description = "The principal, as ExternalCredential-PrincipalName; the list shows them." };
        var command = new CommandWithExamples(
            "refresh",
            "Obtain a principal's session anew, whatever is left of the one in hand.",
            "signing-proxy sessions refresh OrdersTable-Writer",
            "signing-proxy sessions refresh OrdersTable-Writer --output json")
        {
            name,
        };
        command.SetAction((result, cancellation) => TellAsync(
            HttpMethod.Post, SessionEndpoints.RefreshPath(result.GetValue(name)!), RefreshPatience, SessionTable.Refreshed, result, proxy, output, cancellation));
        return command;
    }

    private static async Task<int> TellAsync(
        HttpMethod method, string path, TimeSpan patience, Func<string, DateTimeOffset, string> inWords,
        ParseResult result, OperatorOptionSet proxy, Option<OutputForm> output, CancellationToken cancellation)
    {
        var io = result.InvocationConfiguration;
        try
        {
            var body = await proxy.Of(result).AskAsync(method, path, patience, cancellation);
            await io.Output.WriteLineAsync(result.GetValue(output) == OutputForm.Json ? body : inWords(body, TimeProvider.System.GetUtcNow()));
            return ExitCode.Ok;
        }
        catch (IOException e)
        {
            await io.Error.WriteLineAsync($"signing-proxy: {e.Message}");
            return ExitCode.Failed;
        }
    }
}
