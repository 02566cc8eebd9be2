using System.CommandLine;
using SigningProxy.Store;

namespace SigningProxy.Cli;

/// <summary><c>catalog new-key</c> and <c>catalog rekey</c>.</summary>
internal static class MasterKeyCommands
{
    public static Command NewKey()
    {
        var file = new Argument<string>("file") { Description = "The file to make." };
        var command = new CommandWithExamples(
            "new-key",
            "Make a master key in a new file that this user alone can read.",
            "signing-proxy catalog new-key master.key")
        {
            file,
        };
        command.SetAction(result =>
        {
            try
            {
                MasterKey.Make(result.GetValue(file)!);
                return ExitCode.Ok;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                result.InvocationConfiguration.Error.WriteLine($"signing-proxy: {e.Message}");
                return ExitCode.Failed;
            }
        });
        return command;
    }

    public static Command Rekey()
    {
        var host = new SetupOptionSet();
        var file = new Argument<string>("file") { Description = "The file of the master key that is to be, such as new-key makes." };
        var command = new CommandWithExamples(
            "rekey",
            "Wrap the database's keys with another master key. Then put that key where the host settings say; a running proxy goes on meanwhile.",
            "signing-proxy catalog rekey next.key --settings settings.json")
        {
            file,
        };
        host.AddTo(command);
        command.SetAction(result => host.Do(result, setup =>
        {
            using var store = setup.Open();
            store.Rekey(MasterKey.InFile(result.GetValue(file)!), SetupHost.Who, TimeProvider.System.GetUtcNow());
        }));
        return command;
    }
}
