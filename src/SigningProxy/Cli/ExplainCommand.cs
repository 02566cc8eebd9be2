using System.CommandLine;
using SigningProxy.Explain;

namespace SigningProxy.Cli;

/// <summary><c>explain</c>: signs a written request and shows every step, and where AWS's own differs.</summary>
internal static class ExplainCommand
{
    public static Command Create()
    {
        var options = new ExplainOptions();
        var command = new CommandWithExamples(
            "explain",
            "Sign a request that is written down, and show canonical request, string to sign, signature and headers; or the first difference to what AWS answered. Nothing is sent, and secrets are not shown. "
                + "Exit code 1: it could not be explained, or --compare found a difference.",
            "signing-proxy explain --request request.txt --service iam --region us-east-1",
            "printf 'GET / HTTP/1.1\\nHost: sqs.eu-west-1.amazonaws.com\\n\\n' | signing-proxy explain --request -",
            "signing-proxy explain --request request.txt --compare answer.xml",
            "signing-proxy explain --request request.txt --service s3 --region eu-west-1 --presign 3600",
            "signing-proxy explain --request request.txt --named-credential Orders --catalog config/catalog.yaml --output json");
        options.AddTo(command);
        command.SetAction(async (result, _) =>
        {
            var io = result.InvocationConfiguration;
            try
            {
                var explanation = await options.ExplainAsync(result, TimeProvider.System);
                if (result.GetValue(options.Output) == OutputForm.Text)
                {
                    ExplanationText.Write(explanation, io.Output);
                }
                else
                {
                    CommandOptions.WriteJson(io.Output, json =>
                    {
                        json.WriteStartObject();
                        ExplanationJson.Write(explanation, json);
                        json.WriteEndObject();
                    });
                }
                return explanation.Comparison is null or { IsEqual: true } ? ExitCode.Ok : ExitCode.Failed;
            }
            catch (ExplainException e)
            {
                await io.Error.WriteLineAsync($"signing-proxy: {e.Message}");
                return ExitCode.Failed;
            }
            catch (ConfigurationException e)
            {
                e.WriteTo(io.Error);
                return ExitCode.BadConfiguration;
            }
        });
        return command;
    }
}
