using System.CommandLine;
using SigningProxy.Catalog;
using SigningProxy.Configuration;

namespace SigningProxy.Cli;

/// <summary><c>validate</c>: judges a catalog, and host settings when they are given, without serving it.</summary>
internal static class ValidateCommand
{
    public static Command Create()
    {
        var catalog = CommandOptions.Catalog();
        var settings = CommandOptions.Settings();
        var file = CommandOptions.SettingsFile();
        var output = CommandOptions.Output();
        var command = new CommandWithExamples(
            "validate",
            "Judge a catalog, offline: every fault at once, with file, line, rule and mend. With --set or --settings, judge the host settings and the ReverseProxy section too, and the entries made in Setup where they name its database.",
            "signing-proxy validate --catalog config/catalog.yaml",
            "signing-proxy validate --catalog /etc/signing-proxy --settings settings.json",
            "signing-proxy validate --catalog /etc/signing-proxy --output json")
        {
            catalog,
            settings,
            file,
            output,
        };
        command.SetAction((result, _) => JudgeAsync(
            new RunOptions(result.GetValue(catalog)!, [], null, result.GetValue(settings) ?? [], result.GetValue(file)),
            result.GetValue(output),
            result.InvocationConfiguration.Output));
        return command;
    }

    private static async Task<int> JudgeAsync(RunOptions options, OutputForm output, TextWriter writer)
    {
        var load = Load(options);
        if (options.HasSettings && await ProxyApplication.SettingsFaultsAsync(options, load.Snapshot) is { Count: > 0 } faults)
            load = load with { Snapshot = null, Faults = [.. load.Faults, .. faults.Select(AsFault)] };
        if (output == OutputForm.Json)
            CommandOptions.WriteJson(writer, json => CatalogReport.WriteJson(load, json));
        else
            CatalogReport.WriteText(load, writer, options.HasSettings ? "The catalog with these host settings" : "The catalog");
        return load.Snapshot is null ? ExitCode.BadConfiguration : ExitCode.Ok;
    }

    private static CatalogLoad Load(RunOptions options)
    {
        try
        {
            return ProxyApplication.LoaderOf(options, TimeProvider.System).Load(lastGood: null);
        }
        catch (ConfigurationException e)
        {
            var files = new CatalogLoader(options.Catalog, time: TimeProvider.System).Load(lastGood: null);
            return files with { Snapshot = null, Faults = [.. files.Faults, .. e.Faults.Select(AsFault)] };
        }
    }

    /// <summary>A fault of a setting, which reads <c>key: rule. Mend.</c>, in the form of the catalog's own.</summary>
    private static CatalogFault AsFault(string fault)
    {
        var key = fault.IndexOf(": ", StringComparison.Ordinal);
        var rule = fault.IndexOf(". ", key, StringComparison.Ordinal);
        return new CatalogFault(FaultSeverity.Error, null, 0, fault[..key], null, fault[(key + 2)..rule], fault[(rule + 2)..]);
    }
}
