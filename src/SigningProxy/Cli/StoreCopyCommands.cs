using System.CommandLine;
using SigningProxy.Configuration;
using SigningProxy.Store;

namespace SigningProxy.Cli;

/// <summary><c>catalog backup</c> and <c>catalog restore</c>.</summary>
internal static class StoreCopyCommands
{
    public static Command Backup()
    {
        var host = new SetupOptionSet();
        var file = new Argument<string>("file") { Description = "The file to make." };
        var command = new CommandWithExamples(
            "backup",
            "Copy the whole database into a new file while the proxy runs. Secrets stay sealed: the copy needs the same master key.",
            "signing-proxy catalog backup setup.backup --settings settings.json")
        {
            file,
        };
        host.AddTo(command);
        command.SetAction(result => host.Do(result, setup =>
        {
            using var store = setup.Open();
            store.BackUp(result.GetValue(file)!);
        }));
        return command;
    }

    public static Command Restore()
    {
        var host = new SetupOptionSet();
        var file = new Argument<string>("file") { Description = "A backup." };
        var command = new CommandWithExamples(
            "restore",
            "Put a backup in the database's place, once it is known to be whole, to open with the master key, and to be valid beside the catalog's files.",
            "signing-proxy catalog restore setup.backup --settings settings.json")
        {
            file,
        };
        host.AddTo(command);
        command.SetAction(result => host.Do(result, setup =>
        {
            var backup = result.GetValue(file)!;
            if (setup.FaultsOf(SetupStore.ReadBackup(backup, setup.MasterKey())) is { Count: > 0 } faults)
                throw new ConfigurationException("Nothing was restored:", [.. faults.Select(CatalogReport.Line)]);
            using var store = setup.Open();
            store.Restore(backup, SetupHost.Who, TimeProvider.System.GetUtcNow());
        }));
        return command;
    }
}
