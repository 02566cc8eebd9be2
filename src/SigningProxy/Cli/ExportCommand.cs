using System.CommandLine;
using SigningProxy.Catalog;
using SigningProxy.Catalog.Validation;
using SigningProxy.Configuration;
using SigningProxy.Configuration.Yaml;
using SigningProxy.Exchange.Exporting;

namespace SigningProxy.Cli;

/// <summary><c>export salesforce</c>: writes entries as the original's files.</summary>
internal static class ExportCommand
{
    private const string Example = "signing-proxy export salesforce force-app/main/default --catalog catalog.yaml";

    public static Command Create() => new CommandWithExamples("export", "Write entries as another system's files.", Example) { Salesforce() };

    private static CommandWithExamples Salesforce()
    {
        var setup = new SetupClientOptionSet(optional: true);
        var folder = new Argument<string>("folder") { Description = "Where the files go, each into the folder of its kind. Default: here.", DefaultValueFactory = _ => "." };
        var catalog = CommandOptions.Catalog();
        var replace = new Option<bool>("--replace") { Description = "Write over files that are there and differ." };
        var command = new CommandWithExamples(
            "salesforce",
            "Write external credentials, named credentials, permission sets and profiles as metadata in the source format: those of a catalog, or of a running Setup. What the format cannot hold goes to the standard error.",
            Example,
            "signing-proxy export salesforce --setup http://127.0.0.1:9081 --token-file /run/secrets/setup-token --replace")
        {
            folder,
            catalog,
            replace,
        };
        setup.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetResult(catalog) is { Implicit: false } && setup.IsGivenIn(result))
                result.AddError("--catalog and --setup were both given. Take one of them.");
        });
        command.SetAction(async (result, cancellation) =>
        {
            var io = result.InvocationConfiguration;
            try
            {
                if (setup.IsGivenIn(result.CommandResult))
                    return await setup.DoAsync(result, async client => Write(await SetupCatalog.ReadAsync(client, _ => true, cancellation)));
                Write(Read(result.GetValue(catalog)!));
                return ExitCode.Ok;
            }
            catch (ConfigurationException e)
            {
                e.WriteTo(io.Error);
                return ExitCode.BadConfiguration;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                await io.Error.WriteLineAsync($"signing-proxy: {e.Message}");
                return ExitCode.Failed;
            }

            void Write(YamlMap entries)
            {
                var exported = MetadataExport.Of(entries);
                WriteFiles(exported, result.GetValue(folder)!, result.GetValue(replace), io.Output);
                ExchangeReport.Write(exported.Omissions, [], io.Error);
            }
        });
        return command;
    }

    private static YamlMap Read(string path)
    {
        var faults = new FaultList();
        var catalog = CatalogNodes.Read(path, faults);
        return faults.HasErrors ? throw new ConfigurationException("Nothing was exported:", [.. faults.Of(FaultSeverity.Error).Select(CatalogReport.Line)]) : catalog;
    }

    // All of them, or none: what would be written over is looked for first.
    private static void WriteFiles(ExportedFiles exported, string folder, bool replace, TextWriter to)
    {
        var files = exported.Files.Select(f => (Path: Path.Combine(folder, f.Path), f.Text)).ToList();
        if (!replace && files.Find(f => File.Exists(f.Path) && File.ReadAllText(f.Path) != f.Text) is { Path: { } taken })
            throw new IOException($"{taken} is there and differs, and nothing was written. Name another folder, or write over such files with --replace.");
        foreach (var (path, text) in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
            to.WriteLine(path);
        }
    }
}
