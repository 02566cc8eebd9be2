using System.CommandLine;
using SigningProxy.Configuration;

namespace SigningProxy.Cli;

/// <summary><c>validate</c>: judges a catalog without serving it.</summary>
internal static class ValidateCommand
{
    public static Command Create()
    {
        var catalog = CommandOptions.Catalog();
        var output = CommandOptions.Output();
        var command = new CommandWithExamples(
            "validate",
            "Judge a catalog, offline: every fault at once, with file, line, rule and mend.",
            "signing-proxy validate --catalog config/catalog.yaml",
            "signing-proxy validate --catalog /etc/signing-proxy --output json")
        {
            catalog,
            output,
        };
        command.SetAction(result =>
        {
            var load = new CatalogLoader(result.GetValue(catalog)!).Load(lastGood: null);
            var writer = result.InvocationConfiguration.Output;
            if (result.GetValue(output) == OutputForm.Json)
                CommandOptions.WriteJson(writer, json => CatalogReport.WriteJson(load, json));
            else
                CatalogReport.WriteText(load, writer);
            return load.Snapshot is null ? ExitCode.BadConfiguration : ExitCode.Ok;
        });
        return command;
    }
}
