using System.CommandLine;
using System.Text;
using SigningProxy.Explain;

namespace SigningProxy.Cli;

/// <summary><c>apply</c>: has a running Setup take the entries of a catalog's file, all of them or none.</summary>
internal static class ApplyCommand
{
    public static Command Create()
    {
        var setup = new SetupClientOptionSet();
        var file = new Option<string>("--file", "-f") { Description = "A catalog in YAML, or - for the standard input.", HelpName = "file", Required = true };
        var dryRun = new Option<bool>("--dry-run") { Description = "Show what would change, and change nothing." };
        var output = CommandOptions.Output();
        var command = new CommandWithExamples(
            "apply",
            "Create and replace entries of a running Setup by a catalog's file: all of them, or none if one of them is not valid.",
            "signing-proxy apply -f orders.yaml --dry-run --token-file /run/secrets/setup-token",
            "signing-proxy apply -f - < orders.yaml")
        {
            file,
            dryRun,
            output,
        };
        setup.AddTo(command);
        command.SetAction((result, cancellation) => setup.DoAsync(result, async client =>
        {
            using var answer = (await client.AskAsync(
                HttpMethod.Post, result.GetValue(dryRun) ? "apply?dryRun=true" : "apply", cancellation, TextOf(result.GetValue(file)!)))!;
            var to = result.InvocationConfiguration.Output;
            if (result.GetValue(output) == OutputForm.Json)
                CommandOptions.WriteJson(to, answer.RootElement.WriteTo);
            else
                AppliedReport.Write(answer.RootElement, result.GetValue(dryRun), to);
        }));
        return command;
    }

    private static string TextOf(string file)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(InputFile.Read(file));
        }
        catch (ExplainException e)
        {
            throw new IOException(e.Message, e);
        }
        catch (DecoderFallbackException e)
        {
            throw new IOException($"{file} is not text in UTF-8.", e);
        }
    }
}
