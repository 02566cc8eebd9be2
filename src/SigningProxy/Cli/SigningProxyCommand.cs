using System.CommandLine;
using System.CommandLine.Help;

namespace SigningProxy.Cli;

/// <summary>The command line: what there is, said when nothing is asked for.</summary>
internal static class SigningProxyCommand
{
    // The host ends calls under way within a limit of its own; the library's 2 seconds would cut them off.
    private static readonly InvocationConfiguration WaitForCalls = new() { ProcessTerminationTimeout = Timeout.InfiniteTimeSpan };

    public static RootCommand Create()
    {
        var root = new RootCommand(
            "Signs plain HTTP from localhost with AWS Signature Version 4 and streams it to AWS. The calling service holds no key, no SDK and no signature code.")
        {
            RunCommand.Create(),
            DemoCommand.Create(),
            ValidateCommand.Create(),
            HealthCommand.Create(),
            SessionsCommand.Create(),
            AccessCommand.Create(),
            ExplainCommand.Create(),
            CatalogCommand.Create(),
            GetCommand.Create(),
            ApplyCommand.Create(),
            DeleteCommand.Create(),
            ImportCommand.Create(),
            ExportCommand.Create(),
            VersionCommand.Create(),
        };
        root.Options.OfType<HelpOption>().Single().Action = new HelpWithExamples();
        root.SetAction(result => new HelpAction().Invoke(result));
        return root;
    }

    public static async Task<int> InvokeAsync(RootCommand root, string[] args)
    {
        var result = root.Parse(args);
        if (result.Errors.Count == 0)
            return await result.InvokeAsync(WaitForCalls);
        foreach (var error in result.Errors)
            await result.InvocationConfiguration.Error.WriteLineAsync($"signing-proxy: {error.Message}");
        await result.InvocationConfiguration.Error.WriteLineAsync($"Try \"{CommandPath(result.CommandResult)} --help\".");
        return ExitCode.Usage;
    }

    private static string CommandPath(System.CommandLine.Parsing.CommandResult command) =>
        command.Parent is System.CommandLine.Parsing.CommandResult parent ? $"{CommandPath(parent)} {command.Command.Name}" : "signing-proxy";
}
