using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace SigningProxy.LocalAws;

/// <summary>
/// A stand-in for AWS on this machine. It verifies the signature of every request on its own and then plays DynamoDB, S3, or an echo,
/// by the service that the credential scope names. Disposing it closes its port.
/// </summary>
public sealed class LocalAwsServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly RequestLog _log;

    private LocalAwsServer(WebApplication application, RequestLog log)
    {
        _application = application;
        _log = log;
        Address = new(application.Urls.First());
    }

    /// <summary>Where it listens, with the port it really got.</summary>
    public Uri Address { get; }

    /// <summary>The latest 100 requests that reached it, oldest first, the refused ones too. Its own <c>/_local/</c> endpoints are not counted.</summary>
    public IReadOnlyList<SeenRequest> Requests => _log.Latest;

    /// <summary>Starts to listen.</summary>
    /// <exception cref="IOException">The port is taken, or the address cannot be listened on.</exception>
    /// <exception cref="ArgumentException">Two keys have the same access key id.</exception>
    public static async Task<LocalAwsServer> StartAsync(LocalAwsOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var log = new RequestLog();
        var flow = new RequestFlow(options, log);

        // Empty: no settings files, no ASPNETCORE_ variables, no log of its own inside another process
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Services.AddSingleton<IHostLifetime, OwnerLifetime>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, options));
        if (options.Certificate is not null)
        {
            builder.WebHost.UseKestrelHttpsConfiguration();
        }

        var application = builder.Build();
        application.Run(flow.RunAsync);
        try
        {
            await application.StartAsync(cancellationToken);
        }
        catch (Exception exception)
        {
            await application.DisposeAsync();
            if (exception is IOException { InnerException: AddressInUseException })
            {
                throw new IOException($"Port {options.Port} on {options.Host} is in use by another program. Choose another port, or 0 for any free one.", exception);
            }

            throw;
        }

        return new(application, log);
    }

    /// <summary>Forgets the requests seen so far.</summary>
    public void ClearRequests() => _log.Clear();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private static void Configure(KestrelServerOptions kestrel, LocalAwsOptions options)
    {
        kestrel.AddServerHeader = false;
        // Metadata goes back in the encoding that it came in
        kestrel.ResponseHeaderEncodingSelector = _ => Encoding.UTF8;
        kestrel.Limits.MaxRequestBodySize = RequestFlow.MaxBodyBytes;
        kestrel.Listen(new IPEndPoint(options.Host, options.Port), listen =>
        {
            if (options.Certificate is { } certificate)
            {
                listen.UseHttps(certificate);
            }
        });
    }

    // The default lifetime takes Ctrl+C to itself and would close the destination while the process it lives in still drains
    private sealed class OwnerLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
