using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using SigningProxy.Catalog;

namespace SigningProxy.Sessions;

/// <summary>The connections to STS and Roles Anywhere, which go through the proxy of the environment, and those to the machine's own endpoints, which never do.</summary>
/// <param name="proxy">The proxy of the environment.</param>
internal sealed class SourceConnections(IWebProxy proxy) : IDisposable
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<AddressReach, ServiceConnections> _services = [];

    /// <summary>To the container endpoint and the instance metadata.</summary>
    public HttpClient Machine { get; } = new(Handler(null)) { Timeout = TimeSpan.FromMinutes(1) };

    /// <summary>To services of AWS, by where they may lead.</summary>
    public ServiceConnections To(AddressReach reach) => _services.GetOrAdd(reach, r => new ServiceConnections(
        r == AddressReach.Everywhere ? Handler(proxy) : new GuardedHandler(r, proxy, () => Handler(null))));

    public void Dispose()
    {
        foreach (var services in _services.Values)
            services.Dispose();
        Machine.Dispose();
    }

    private static SocketsHttpHandler Handler(IWebProxy? proxy) => new()
    {
        UseProxy = proxy is not null,
        Proxy = proxy,
        AllowAutoRedirect = false,
        UseCookies = false,
        PooledConnectionLifetime = Lifetime,
        ActivityHeadersPropagator = null,
        SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = OfflineTrust.Policy() },
    };
}
