using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace SigningProxy.FunctionalTests.Harness;

/// <summary>A server that answers as a test says, and keeps the method, target and Authorization of what came.</summary>
internal sealed class AnsweringServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private AnsweringServer(WebApplication application) => _application = application;

    public Uri Address => new(_application.Urls.First());

    /// <summary>What came, oldest first, such as <c>GET /x AWS4-HMAC-SHA256 Credential=...</c>.</summary>
    public ConcurrentQueue<string> Came { get; } = new();

    public static async Task<AnsweringServer> StartAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var server = new AnsweringServer(builder.Build());
        server._application.Run(context =>
        {
            server.Came.Enqueue($"{context.Request.Method} {context.Request.Path} {context.Request.Headers.Authorization}");
            return answer(context);
        });
        await server._application.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();
}
