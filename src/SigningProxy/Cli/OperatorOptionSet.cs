using System.CommandLine;
using SigningProxy.Listeners;

namespace SigningProxy.Cli;

/// <summary>The options that say which proxy an operator asks, and with what proof; a command and its subcommands take them alike.</summary>
internal sealed class OperatorOptionSet
{
    private readonly Option<string?> _socket = new("--operator")
    {
        Description = $"The operator's Unix socket of the proxy, as unix:PATH. Default unix:{OperatorSocket.DefaultPath}.",
        HelpName = "address",
        Recursive = true,
    };

    private readonly Option<string?> _operations = new("--operations")
    {
        Description = "The operations listener of the proxy, where the token is the proof.",
        HelpName = "address",
        Recursive = true,
    };

    private readonly Option<string?> _tokenFile = new("--token-file")
    {
        Description = "The file of the operator's token, with --operations.",
        HelpName = "file",
        Recursive = true,
    };

    public void AddTo(Command command)
    {
        command.Add(_socket);
        command.Add(_operations);
        command.Add(_tokenFile);
        _socket.Validators.Add(result =>
        {
            if (!ListenerOptions.TryParseOperator(result.GetValueOrDefault<string?>(), out _))
                result.AddError($"--operator \"{result.GetValueOrDefault<string?>()}\" is not a Unix socket, such as unix:/run/signing-proxy/operator.sock.");
            if (result.GetResult(_operations) is not null)
                result.AddError("--operator and --operations are two ways to the same proxy. Take one of them.");
        });
        _operations.Validators.Add(result =>
        {
            CommandOptions.RequireAddressAndPort(result);
            if (result.GetResult(_tokenFile) is null)
                result.AddError("--operations takes an operator's token for proof. Name its file with --token-file.");
        });
        _tokenFile.Validators.Add(result =>
        {
            if (result.GetResult(_operations) is null)
                result.AddError("--token-file is the proof on the operations listener. Name that with --operations.");
        });
    }

    public OperatorClient Of(ParseResult result) => result.GetValue(_operations) is { } operations
        ? OperatorClient.Over(operations, result.GetValue(_tokenFile)!)
        : OperatorClient.OnSocket(
            ListenerOptions.TryParseOperator(result.GetValue(_socket), out var address) ? address!.SocketPath! : OperatorSocket.DefaultPath);
}
