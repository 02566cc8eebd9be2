using System.CommandLine;
using System.CommandLine.Help;

namespace SigningProxy.Cli;

/// <summary>The command line: what there is, said when nothing is asked for.</summary>
internal static class SigningProxyCommand
{
    private const string Codes = """
        Exit codes:
          0   ok
          1   failed
          2   the command line is wrong
          78  catalog or host settings are wrong
        """;

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
            VersionCommand.Create(),
        };
        root.SetAction(result =>
        {
            new HelpAction().Invoke(result);
            return ExitCode.Ok;
        });
        return root;
    }

    /// <summary>A command whose help ends in examples and the exit codes.</summary>
    public static Command WithExamples(this Command command, params string[] examples)
    {
        command.Description += $"\n\nExamples:\n{string.Join('\n', examples.Select(e => $"  {e}"))}\n\n{Codes}";
        return command;
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
        command.Parent is System.CommandLine.Parsing.CommandResult ? $"signing-proxy {command.Command.Name}" : "signing-proxy";
}
