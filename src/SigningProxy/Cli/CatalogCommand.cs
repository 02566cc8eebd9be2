using System.CommandLine;
using SigningProxy.Catalog;
using SigningProxy.Catalog.Validation;
using SigningProxy.Configuration;
using SigningProxy.Configuration.Stored;

namespace SigningProxy.Cli;

/// <summary><c>catalog</c>: brings entries into Setup's database and out of it, whether the proxy runs or not.</summary>
internal static class CatalogCommand
{
    public static Command Create() => new CommandWithExamples(
        "catalog",
        "Bring entries into Setup's database and out of it; a running proxy takes them up within a second.",
        "signing-proxy catalog import more.yaml --dry-run --settings settings.json",
        "signing-proxy catalog backup setup.backup --settings settings.json")
    {
        Import(),
        Export(),
        AuditCommand.Create(),
        StoreCopyCommands.Backup(),
        StoreCopyCommands.Restore(),
        MasterKeyCommands.NewKey(),
        MasterKeyCommands.Rekey(),
    };

    private static CommandWithExamples Import()
    {
        var host = new SetupOptionSet();
        var file = new Argument<string>("file") { Description = "A catalog in YAML." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Show what would change, and change nothing." };
        var replace = new Option<bool>("--replace") { Description = "Delete the entries that the file does not have." };
        var command = new CommandWithExamples(
            "import",
            "Write a file's entries into the database: all of them, or none if one of them is not valid beside the catalog's files.",
            "signing-proxy catalog import more.yaml --settings settings.json",
            "signing-proxy catalog import all.yaml --replace --dry-run --settings settings.json")
        {
            file,
            dryRun,
            replace,
        };
        host.AddTo(command);
        command.SetAction(result => host.Do(result, setup =>
        {
            using var store = setup.Open();
            var (now, faults) = (store.Read(), new FaultList());
            var changes = new CatalogImport(now, setup.MasterKey(), faults).Read(result.GetValue(file)!, result.GetValue(replace));
            if (faults.HasErrors || setup.FaultsOf(CatalogImport.After(now, changes)) is { Count: > 0 } found && Take(found))
                throw new ConfigurationException("Nothing was imported:", [.. faults.Of(FaultSeverity.Error).Select(CatalogReport.Line)]);
            if (!result.GetValue(dryRun))
                changes = store.Write(changes, now, SetupHost.Who, TimeProvider.System.GetUtcNow());
            ImportReport.Write(changes, result.GetValue(dryRun), result.InvocationConfiguration.Output);

            bool Take(IReadOnlyList<CatalogFault> more)
            {
                foreach (var fault in more)
                    faults.Add(fault);
                return true;
            }
        }));
        return command;
    }

    private static CommandWithExamples Export()
    {
        var host = new SetupOptionSet();
        var command = new CommandWithExamples(
            "export",
            "Write the database's entries as YAML, their secrets sealed with the master key.",
            "signing-proxy catalog export --settings settings.json > all.yaml");
        host.AddTo(command);
        command.SetAction(result => host.Do(result, setup =>
        {
            using var store = setup.Open();
            result.InvocationConfiguration.Output.Write(CatalogExport.Of(store.Read(), setup.MasterKey()));
        }));
        return command;
    }
}
