using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace SigningProxy.Tests.Sessions.Ambient;

/// <summary>A container endpoint or an instance metadata service on a free port.</summary>
internal sealed class MachineEndpoint : IAsyncDisposable
{
    public const string Credentials = """{"Code":"Success","AccessKeyId":"ASIAEXAMPLE","SecretAccessKey":"made-up","Token":"token","Expiration":"2026-06-01T12:00:00Z"}""";

    private readonly WebApplication _server;

    private MachineEndpoint(WebApplication server) => _server = server;

    public string Address => _server.Urls.Single();

    /// <summary>What it was asked, each as <c>METHOD path header-values</c>.</summary>
    public ConcurrentQueue<string> Asked { get; } = [];

    /// <param name="answer">Gives status and body.</param>
    public static async Task<MachineEndpoint> StartAsync(Func<HttpRequest, (int Status, string Body)> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var running = new MachineEndpoint(builder.Build());
        running._server.Run(context =>
        {
            var request = context.Request;
            running.Asked.Enqueue(
                $"{request.Method} {request.Path.Value} {request.Headers.Authorization}{request.Headers["X-aws-ec2-metadata-token-ttl-seconds"]}{request.Headers["X-aws-ec2-metadata-token"]}".TrimEnd());
            (context.Response.StatusCode, var body) = answer(request);
            return context.Response.WriteAsync(body);
        });
        await running._server.StartAsync(TestContext.Current.CancellationToken);
        return running;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
