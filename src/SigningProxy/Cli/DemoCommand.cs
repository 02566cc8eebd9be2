using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using SigningProxy.LocalAws;

namespace SigningProxy.Cli;

/// <summary><c>demo</c>: the proxy beside a stand-in for AWS that checks every signature on its own. No account, no network.</summary>
internal static class DemoCommand
{
    private const string AccessKeyId = "AKIDEXAMPLE000DEMO";

    public static Command Create()
    {
        var port = new Option<ushort>("--port") { Description = "The loopback port of the proxy; 0 takes a free one.", DefaultValueFactory = _ => 8080 };
        var awsPort = new Option<ushort>("--aws-port") { Description = "The loopback port of the stand-in for AWS; 0 takes a free one.", DefaultValueFactory = _ => 0 };
        var command = new CommandWithExamples(
            "demo",
            "Show it: start the proxy and a stand-in for AWS, and print curl lines to paste.",
            "signing-proxy demo",
            "signing-proxy demo --port 0")
        {
            port,
            awsPort,
        };
        command.SetAction((result, cancellation) => RunAsync(result.GetValue(port), result.GetValue(awsPort), result.InvocationConfiguration, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(int port, int awsPort, InvocationConfiguration io, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("signing-proxy-demo-");
        try
        {
            var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20));
            await using var aws = await LocalAwsServer.StartAsync(new LocalAwsOptions { Port = awsPort, Keys = [new LocalKey(AccessKeyId, secret)] }, cancellation);
            var catalog = await WriteCatalogAsync(folder.FullName, aws.Address, secret, cancellation);
            await using var proxy = ProxyApplication.Build(new RunOptions(
                catalog, [string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}")], "off", ["Logging:LogLevel:Default=Warning"], null));
            await proxy.StartAsync(cancellation);
            await io.Output.WriteAsync(Invitation(proxy.Addresses.First(), aws.Address));
            await io.Output.FlushAsync(cancellation);
            await proxy.WaitForShutdownAsync(cancellation);
            return ExitCode.Ok;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return ExitCode.Ok;
        }
        catch (ConfigurationException e)
        {
            e.WriteTo(io.Error);
            return ExitCode.BadConfiguration;
        }
        catch (IOException e)
        {
            await io.Error.WriteLineAsync($"signing-proxy: {e.Message} Take any free port with: signing-proxy demo --port 0");
            return ExitCode.Failed;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<string> WriteCatalogAsync(string folder, Uri aws, string secret, CancellationToken cancellation)
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "key-id"), AccessKeyId, cancellation);
        await File.WriteAllTextAsync(Path.Combine(folder, "secret"), secret, cancellation);
        var path = Path.Combine(folder, "catalog.yaml");
        await File.WriteAllTextAsync(path, DemoCatalog.Of(aws), cancellation);
        return path;
    }

    private static string Invitation(string proxy, Uri aws) =>
        $$"""
        SigningProxy listens on {{proxy}}, and a stand-in for AWS on {{aws}} that checks every signature on its own.
        Paste these into another terminal. None of them carries a key or a signature.

        What was signed, as the destination verified it:
        curl '{{proxy}}/Echo/hello/world?b=2&a=1'

        Put an item into DynamoDB, and get it back:
        curl {{proxy}}/Orders/ -H 'X-Amz-Target: DynamoDB_20120810.PutItem' -H 'Content-Type: application/x-amz-json-1.0' -d '{"TableName":"orders","Item":{"id":{"S":"42"},"what":{"S":"tea"} } }'
        curl {{proxy}}/Orders/ -H 'X-Amz-Target: DynamoDB_20120810.GetItem' -H 'Content-Type: application/x-amz-json-1.0' -d '{"TableName":"orders","Key":{"id":{"S":"42"} } }'

        Write an object to S3, and read it:
        curl -X PUT {{proxy}}/Files/shelf/tea.txt -H 'Content-Type: text/plain' -d 'a cup of tea'
        curl {{proxy}}/Files/shelf/tea.txt

        The same without the proxy, unsigned and so refused:
        curl '{{aws.ToString().TrimEnd('/')}}/hello/world'

        Ctrl+C stops both.

        """;
}
