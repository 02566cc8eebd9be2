using System.CommandLine;
using SigningProxy.Configuration.Yaml;
using SigningProxy.Exchange;
using SigningProxy.Exchange.Importing;
using SigningProxy.Exchange.Metadata;

namespace SigningProxy.Cli;

/// <summary><c>import salesforce</c>: makes a catalog of the original's files, or has a running Setup take them.</summary>
internal static class ImportCommand
{
    private const string Example = "signing-proxy import salesforce force-app --output catalog.yaml";

    public static Command Create() => new CommandWithExamples("import", "Take over entries that were made elsewhere, as a catalog or into a running Setup.", Example) { Salesforce() };

    private static CommandWithExamples Salesforce()
    {
        var setup = new SetupClientOptionSet(optional: true);
        var path = new Argument<string>("path") { Description = "A folder of metadata with all below it, one file, or a zip archive." };
        var output = new Option<string?>("--output", "-o") { Description = "Write the catalog into this new file, and not to the standard output.", HelpName = "file" };
        var dryRun = new Option<bool>("--dry-run") { Description = "With --setup: show what would change, and change nothing." };
        var command = new CommandWithExamples(
            "salesforce",
            "Make a catalog of external credentials, named credentials, permission sets and profiles, or have a running Setup take them: all, or none. What is left to fill in, and what has no counterpart, goes to the standard error.",
            Example,
            "signing-proxy import salesforce metadata.zip > catalog.yaml",
            "signing-proxy import salesforce force-app --setup http://127.0.0.1:9081 --token-file /run/secrets/setup-token --dry-run")
        {
            path,
            output,
            dryRun,
        };
        setup.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(dryRun) && !setup.IsGivenIn(result))
                result.AddError("--dry-run is about a running Setup. Name it with --setup, or leave --dry-run out: without --setup, nothing is changed.");
            if (result.GetValue(output) is not null && setup.IsGivenIn(result))
                result.AddError("--output and --setup were both given. Take one of them.");
        });
        command.SetAction(async (result, cancellation) =>
        {
            var io = result.InvocationConfiguration;
            try
            {
                var preview = MetadataImport.Of(result.GetValue(path)!);
                if (setup.IsGivenIn(result.CommandResult))
                    return await setup.DoAsync(result, client => ApplyAsync(client, preview, result.GetValue(dryRun), io, cancellation));
                Write(preview, result.GetValue(output), io);
                return ExitCode.Ok;
            }
            catch (MetadataException e)
            {
                await io.Error.WriteLineAsync($"signing-proxy: {SessionTable.Printable(e.Message)}");
                return ExitCode.BadConfiguration;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                await io.Error.WriteLineAsync($"signing-proxy: {e.Message}");
                return ExitCode.Failed;
            }
        });
        return command;
    }

    private static void Write(ImportPreview preview, string? file, InvocationConfiguration io)
    {
        var text = YamlWriter.Write(YamlQuotes.Lighten(preview.Catalog));
        if (file is null)
            io.Output.Write(text);
        else
        {
            // A catalog that is there may be in use, and hold what no import knows.
            using var stream = new FileStream(file, FileMode.CreateNew);
            using var writer = new StreamWriter(stream);
            writer.Write(text);
        }
        ExchangeReport.Write(preview.Omissions, Checklist.Of(preview.Catalog), io.Error);
    }

    private static async Task ApplyAsync(SetupClient client, ImportPreview preview, bool dryRun, InvocationConfiguration io, CancellationToken cancellation)
    {
        var made = await SetupCatalog.ReadAsync(client, EntryYaml.IsMadeInSetup, cancellation);
        var omissions = preview.Omissions.ToList();
        var catalog = SetupEntries.Fit(preview.Catalog, made, omissions);
        using var answer = (await client.AskAsync(HttpMethod.Post, dryRun ? "apply?dryRun=true" : "apply", cancellation, YamlWriter.Write(YamlQuotes.Lighten(catalog))))!;
        AppliedReport.Write(answer.RootElement, dryRun, io.Output);
        ExchangeReport.Write(omissions, Checklist.Of(catalog), io.Error);
    }
}
