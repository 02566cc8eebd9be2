using System.CommandLine;
using System.Reflection;
using System.Runtime.InteropServices;

namespace SigningProxy.Cli;

/// <summary><c>version</c>.</summary>
internal static class VersionCommand
{
    public static string Version { get; } =
        typeof(VersionCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    public static Command Create()
    {
        var output = CommandOptions.Output();
        var command = new CommandWithExamples(
            "version",
            "Say which version this is.",
            "signing-proxy version",
            "signing-proxy version --output json")
        {
            output,
        };
        command.SetAction(result =>
        {
            var writer = result.InvocationConfiguration.Output;
            if (result.GetValue(output) == OutputForm.Text)
            {
                writer.WriteLine($"signing-proxy {Version} ({RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier})");
                return ExitCode.Ok;
            }
            CommandOptions.WriteJson(writer, json =>
            {
                json.WriteStartObject();
                json.WriteString("version", Version);
                json.WriteString("runtime", RuntimeInformation.FrameworkDescription);
                json.WriteString("runtimeIdentifier", RuntimeInformation.RuntimeIdentifier);
                json.WriteEndObject();
            });
            return ExitCode.Ok;
        });
        return command;
    }
}
