using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace SigningProxy.FunctionalTests.Harness;

/// <summary>What a destination over TLS saw of one request.</summary>
/// <param name="Protocol">Such as <c>HTTP/2</c>.</param>
/// <param name="Certificate">The thumbprint of the client's certificate, or null.</param>
/// <param name="Authorization">The header.</param>
internal sealed record TlsRequest(string Protocol, string? Certificate, string Authorization);

/// <summary>A destination over TLS that answers 200 to whatever comes, and keeps how it came.</summary>
internal sealed class TlsDestination : IAsyncDisposable
{
    private readonly WebApplication _application;

    private TlsDestination(WebApplication application) => _application = application;

    public Uri Address => new(_application.Urls.First());

    public ConcurrentQueue<TlsRequest> Requests { get; } = new();

    /// <param name="certificate">Its own.</param>
    /// <param name="protocols">What it offers.</param>
    /// <param name="clientCertificate">Whether it asks for one; any is taken.</param>
    public static async Task<TlsDestination> StartAsync(
        X509Certificate2 certificate, HttpProtocols protocols = HttpProtocols.Http1AndHttp2, ClientCertificateMode clientCertificate = ClientCertificateMode.NoCertificate)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = protocols;
            listen.UseHttps(new HttpsConnectionAdapterOptions
            {
                ServerCertificate = certificate,
                ClientCertificateMode = clientCertificate,
                ClientCertificateValidation = (_, _, _) => true,
            });
        }));
        var destination = new TlsDestination(builder.Build());
        destination._application.Run(context =>
        {
            destination.Requests.Enqueue(new(context.Request.Protocol, context.Connection.ClientCertificate?.Thumbprint, context.Request.Headers.Authorization.ToString()));
            return Task.CompletedTask;
        });
        await destination._application.StartAsync(TestContext.Current.CancellationToken);
        return destination;
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();
}
