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
/// A stand-in for AWS on this machine. It verifies the signature of every request on its own and then plays DynamoDB, S3, STS, Roles
/// Anywhere, or an echo, by the service that the credential scope names. It misbehaves when told to. Disposing it closes its port.
/// </summary>
public sealed class LocalAwsServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly StandIn _standIn;

    private LocalAwsServer(WebApplication application, StandIn standIn)
    {
        _application = application;
        _standIn = standIn;
        Address = new(application.Urls.First());
    }

    /// <summary>Where it listens, with the port it really got.</summary>
    public Uri Address { get; }

    /// <summary>The latest 100 requests that reached it, oldest first, the refused ones too. Its own <c>/_local/</c> endpoints are not counted.</summary>
    public IReadOnlyList<SeenRequest> Requests => _standIn.Log.Latest;

    /// <summary>What arrived since the start, exactly; <see cref="ClearRequests"/> and <see cref="Reset"/> leave it be.</summary>
    public LocalCounts Counts => _standIn.Counts.Now;

    /// <summary>The latest 10,000 sessions that were given out, oldest first.</summary>
    public IReadOnlyList<LocalSession> Sessions => _standIn.Sessions.Shown;

    /// <summary>Starts to listen.</summary>
    /// <exception cref="IOException">The port is taken, or the address cannot be listened on.</exception>
    /// <exception cref="ArgumentException">Two keys, roles, profiles, trust anchors or issuers have the same name.</exception>
    public static async Task<LocalAwsServer> StartAsync(LocalAwsOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var standIn = new StandIn(options);
        var flow = new RequestFlow(standIn, options.TimeProvider);

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
                throw new IOException($"Port {options.Port} on {options.Host} is in use by another program.", exception);
            }

            throw;
        }

        return new(application, standIn);
    }

    /// <summary>Forgets the requests seen so far.</summary>
    public void ClearRequests() => _standIn.Log.Clear();

    /// <summary>Revokes every session given out so far: from now on it is refused, ahead of the expiry that was stated.</summary>
    /// <returns>How many there were.</returns>
    public int RevokeSessions(LocalRevocation revocation = LocalRevocation.Expired) => _standIn.Sessions.Revoke(null, revocation);

    /// <summary>Revokes one session.</summary>
    /// <returns>False when nobody knows it.</returns>
    public bool RevokeSession(string accessKeyId, LocalRevocation revocation = LocalRevocation.Expired) => _standIn.Sessions.Revoke(accessKeyId, revocation) > 0;

    /// <summary>Answers requests to a part of the stand-in with an error, whatever their signature. Replaces what was asked for that part before.</summary>
    /// <param name="target">The part that is to fail.</param>
    /// <param name="fault">What it answers.</param>
    /// <param name="times">For how many of the next requests; null for ever, 0 for none.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative, or the status not 400..599.</exception>
    public void Fail(LocalTarget target, LocalFault fault, int? times = null)
    {
        ArgumentNullException.ThrowIfNull(fault);
        _standIn.Switches.Fail(target, fault, times);
    }

    /// <summary>
    /// Holds back the answers of a part by a time on <see cref="LocalAwsOptions.TimeProvider"/>; zero ends it.
    /// The request is judged, logged and counted as it arrives.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    public void Delay(LocalTarget target, TimeSpan delay) => _standIn.Switches.Delay(target, delay);

    /// <summary>Sets its clock ahead of <see cref="LocalAwsOptions.TimeProvider"/>, or behind when negative; zero for right. Its Date header says so.</summary>
    public void SkewClock(TimeSpan skew) => _standIn.Clock.Skew = skew;

    /// <summary>Ends faults, delays and skew. Revoked sessions stay revoked.</summary>
    public void Reset() => _standIn.Reset();

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
