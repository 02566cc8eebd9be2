using System.CommandLine;
using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;
using SigningProxy.LocalAws;

namespace SigningProxy.Cli;

/// <summary><c>demo</c>: the proxy beside a stand-in for AWS that checks every signature on its own. No account, no network.</summary>
internal static class DemoCommand
{
    private const string AccessKeyId = "AKIDEXAMPLE000DEMO";

    private static readonly string[] Settings =
    [
        "Logging:LogLevel:Default=Warning", "SigningProxy:Listeners:Operator=off",
        // A warning of the catalog is told under the program's name: that its sessions are shorter than AWS's, which is meant.
        "Logging:LogLevel:signing-proxy=Error",
        string.Create(CultureInfo.InvariantCulture, $"SigningProxy:Sessions:MinimumDurationSeconds={DemoCatalog.SessionSeconds}"),
        // Whoever revokes again at once is to see a replay again.
        "SigningProxy:Sessions:ForcedRefreshInterval=00:00:00.01",
    ];

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
            using var certificate = new DemoCertificate(TimeProvider.System.GetUtcNow());
            var opening = LocalAwsServer.StartAsync(Aws(awsPort, secret, certificate), cancellation);
            await OpenAsync(opening, "--aws-port");
            await using var aws = await opening;
            await using var proxy = ProxyApplication.Build(await ProxyAsync(port, folder.FullName, aws.Address, secret, certificate, cancellation), io.Output);
            await OpenAsync(proxy.StartAsync(cancellation), "--port");
            await io.Output.WriteAsync(DemoInvitation.Of(
                proxy.Addresses.First(), aws.Address.GetLeftPart(UriPartial.Authority), DemoSetup.AddressOf(proxy), DemoSetup.TokenFileIn(folder.FullName)));
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
            await io.Error.WriteLineAsync($"signing-proxy: {e.Message}");
            return ExitCode.Failed;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static LocalAwsOptions Aws(int port, string secret, DemoCertificate certificate) => new()
    {
        Port = port,
        Keys = [new LocalKey(AccessKeyId, secret)],
        Roles = [new LocalRole(DemoCatalog.Role, DemoCatalog.ExternalId) { Trusts = [AccessKeyId] }, new LocalRole(DemoCatalog.CertificateRole) { Trusts = [] }],
        MinimumDuration = TimeSpan.FromSeconds(DemoCatalog.SessionSeconds),
        TrustAnchors = [new LocalTrustAnchor(DemoCatalog.TrustAnchor, certificate.Authority)],
        Profiles = [new LocalProfile(DemoCatalog.Profile) { RoleArns = [DemoCatalog.CertificateRole] }],
    };

    private static async Task<RunOptions> ProxyAsync(int port, string folder, Uri aws, string secret, DemoCertificate certificate, CancellationToken cancellation)
    {
        var catalog = Path.Combine(folder, "catalog.yaml");
        foreach (var (file, text) in new[]
        {
            (DemoCatalog.KeyIdFile, AccessKeyId), (DemoCatalog.SecretFile, secret),
            (DemoCatalog.CertificateFile, certificate.Pem), (DemoCatalog.CertificateKeyFile, certificate.KeyPem),
            (catalog, DemoCatalog.Of(aws)),
        })
        {
            await File.WriteAllTextAsync(Path.Combine(folder, file), text, cancellation);
        }
        return new RunOptions(catalog, [string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}")], "off", [.. Settings, .. DemoSetup.Settings(folder)], null);
    }

    /// <exception cref="IOException">The port cannot be had; says how to take another.</exception>
    private static async Task OpenAsync(Task opening, string option)
    {
        try
        {
            await opening;
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            throw new IOException($"{e.Message} Take any free port with: signing-proxy demo {option} 0", e);
        }
    }
}
