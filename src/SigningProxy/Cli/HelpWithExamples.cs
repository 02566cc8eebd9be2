using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace SigningProxy.Cli;

/// <summary>The usual help, and below it what a command adds of its own.</summary>
internal sealed class HelpWithExamples : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var code = new HelpAction().Invoke(parseResult);
        if (parseResult.CommandResult.Command is CommandWithExamples command)
            command.WriteTo(parseResult.InvocationConfiguration.Output);
        return code;
    }
}
