using System.CommandLine;
using SigningProxy.Listeners;

namespace SigningProxy.Cli;

/// <summary><c>run</c>: serves until it is told to stop.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var catalog = CommandOptions.Catalog();
        var listen = new Option<string[]>("--listen", "-l")
        {
            Description = $"Where to listen for callouts; may be given more than once. Default localhost:8080. {ListenAddress.Forms}.",
            HelpName = "address",
        };
        var operations = new Option<string?>("--operations")
        {
            Description = "Where health and metrics are served, or off. Default 127.0.0.1:9080.",
            HelpName = "address|off",
        };
        var operatorSocket = new Option<string?>("--operator")
        {
            Description = "The operator's Unix socket, which \"signing-proxy sessions\" asks: unix:PATH, or off. Default operator.sock in $XDG_RUNTIME_DIR/signing-proxy, or in signing-proxy-UID of the folder for temporary files.",
            HelpName = "address|off",
        };
        var settings = CommandOptions.Settings();
        var file = CommandOptions.SettingsFile();
        listen.Validators.Add(result =>
        {
            foreach (var text in result.Tokens.Select(t => t.Value).Where(t => !ListenAddress.TryParse(t, out _)))
                result.AddError($"--listen \"{text}\" is not an address to listen on. {ListenAddress.Forms}.");
        });
        operatorSocket.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is var text && text != ListenerOptions.Off && !ListenerOptions.TryParseOperator(text, out _))
                result.AddError($"--operator \"{text}\" is neither a Unix socket, such as unix:/run/signing-proxy/operator.sock, nor off.");
        });

        var command = new CommandWithExamples(
            "run",
            "Sign and forward the callouts that arrive, until Ctrl+C or SIGTERM.",
            "signing-proxy run",
            "signing-proxy run --catalog /etc/signing-proxy/catalog.yaml --listen 127.0.0.1:9000",
            "signing-proxy run --listen unix:/run/signing-proxy.sock --set SigningProxy:Listeners:SocketMode=0660")
        {
            catalog,
            listen,
            operations,
            operatorSocket,
            settings,
            file,
        };
        command.SetAction((result, cancellation) => ServeAsync(
            new RunOptions(
                result.GetValue(catalog)!, result.GetValue(listen) ?? [], result.GetValue(operations), result.GetValue(settings) ?? [], result.GetValue(file))
            { Operator = result.GetValue(operatorSocket) },
            result.InvocationConfiguration,
            cancellation));
        return command;
    }

    private static async Task<int> ServeAsync(RunOptions options, InvocationConfiguration io, CancellationToken cancellation)
    {
        try
        {
            await using var proxy = ProxyApplication.Build(options, io.Output);
            await proxy.StartAsync(cancellation);
            await proxy.WaitForShutdownAsync(cancellation);
            return ExitCode.Ok;
        }
        catch (ConfigurationException e)
        {
            e.WriteTo(io.Error);
            return ExitCode.BadConfiguration;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return ExitCode.Ok;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.Net.Sockets.SocketException)
        {
            io.Error.WriteLine($"signing-proxy: {e.Message} Listen elsewhere with --listen or --operations if an address is in use.");
            return ExitCode.Failed;
        }
    }
}
