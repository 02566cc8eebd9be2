using System.CommandLine;
using SigningProxy.Access;
using SigningProxy.Callers;
using SigningProxy.Configuration;

namespace SigningProxy.Cli;

/// <summary><c>access</c>: says who would sign a request, and why.</summary>
internal static class AccessCommand
{
    public static Command Create()
    {
        var catalog = CommandOptions.Catalog();
        var settings = CommandOptions.Settings();
        var file = CommandOptions.SettingsFile();
        var caller = new Option<string>("--caller") { Description = "The caller's name; local is whoever reaches a sidecar's loopback.", DefaultValueFactory = _ => Caller.Local.Name, HelpName = "name" };
        var named = new Option<string>("--named-credential") { Description = "The named credential that is called.", Required = true, HelpName = "name" };
        var method = new Option<string>("--method") { Description = "The method.", DefaultValueFactory = _ => "GET", HelpName = "method" };
        var path = new Option<string>("--path") { Description = "The caller's path behind the name.", DefaultValueFactory = _ => "/", HelpName = "path" };
        var operation = new Option<string?>("--operation") { Description = "The value of X-Amz-Target.", HelpName = "operation" };
        var principal = new Option<string?>("--principal") { Description = "The principal that the caller asks for.", HelpName = "name" };
        var output = CommandOptions.Output();
        var command = new CommandWithExamples(
            "access",
            "Say which principal would sign a caller's request, by which grants, or why none would. Offline; with the entries made in Setup where the settings name its database.",
            "signing-proxy access --caller orders-service --named-credential Orders",
            "signing-proxy access --named-credential Files --method PUT --path /inbox/a.txt --output json")
        {
            catalog,
            settings,
            file,
            caller,
            named,
            method,
            path,
            operation,
            principal,
            output,
        };
        command.SetAction(result =>
        {
            var io = result.InvocationConfiguration;
            if (Load(new RunOptions(result.GetValue(catalog)!, [], null, result.GetValue(settings) ?? [], result.GetValue(file)), io.Error) is not { } load)
                return ExitCode.BadConfiguration;
            if (load.Snapshot is not { } snapshot)
            {
                foreach (var fault in load.Faults)
                    io.Error.WriteLine(CatalogReport.Line(fault));
                return ExitCode.BadConfiguration;
            }
            var report = AccessReport.Of(snapshot, new Caller(result.GetValue(caller)!), result.GetValue(named)!, result.GetValue(path)!, result.GetValue(method)!, result.GetValue(operation), result.GetValue(principal));
            if (result.GetValue(output) == OutputForm.Json)
                CommandOptions.WriteJson(io.Output, report.WriteJson);
            else
                report.WriteText(io.Output);
            return report.IsGranted ? ExitCode.Ok : ExitCode.Failed;
        });
        return command;
    }

    private static CatalogLoad? Load(RunOptions options, TextWriter error)
    {
        try
        {
            return ProxyApplication.LoaderOf(options).Load(lastGood: null);
        }
        catch (ConfigurationException e)
        {
            e.WriteTo(error);
            return null;
        }
    }
}
