using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.Extensions.Options;
using SigningProxy.Catalog;
using SigningProxy.Destinations;
using SigningProxy.Sessions;
using Yarp.ReverseProxy.Forwarder;

namespace SigningProxy.Forwarding;

/// <summary>
/// YARP's connections to destinations. Named credentials of one shape share a pool, which outlives reloads that change nothing of the
/// shape; the pool itself keeps hosts apart.
/// </summary>
internal sealed class DestinationConnections(
    IOptions<DestinationOptions> options, SignedExchange exchange, IWebProxy proxy)
    : ForwarderHttpClientFactory, IForwarderHttpClientFactory
{
    private readonly ConcurrentDictionary<string, HttpMessageInvoker> _invokers = new(StringComparer.Ordinal);

    /// <summary>Forgets the pools that nothing in the catalog uses; calls under way keep theirs.</summary>
    public void Forget(CatalogSnapshot allBut)
    {
        var used = allBut.NamedCredentials.Values.Select(ConnectionShape.KeyOf).ToHashSet(StringComparer.Ordinal);
        foreach (var key in _invokers.Keys.Where(key => !used.Contains(key)))
            _invokers.TryRemove(key, out _);
    }

    HttpMessageInvoker IForwarderHttpClientFactory.CreateClient(ForwarderHttpClientContext context) =>
        // A cluster of the operator's own brings its own settings, and YARP's way of keeping its client.
        context.NewMetadata is ConnectionShape shape ? _invokers.GetOrAdd(shape.Key, _ => Create(shape)) : CreateClient(context);

    protected override void ConfigureHandler(ForwarderHttpClientContext context, SocketsHttpHandler handler)
    {
        base.ConfigureHandler(context, handler);
        Configure(handler);
        handler.SslOptions.CertificateChainPolicy ??= OfflineTrust.Policy();
        if (context.NewConfig.WebProxy is null)
            (handler.UseProxy, handler.Proxy) = (true, proxy);
    }

    protected override HttpMessageHandler WrapHandler(ForwarderHttpClientContext context, HttpMessageHandler handler) => Signing(handler);

    private SigningHandler Signing(HttpMessageHandler handler) => new(handler, exchange);

    private HttpMessageInvoker Create(ConnectionShape shape)
    {
        HttpMessageHandler handler = shape.Reach == AddressReach.Everywhere ? Handler() : new GuardedHandler(shape.Reach, proxy, Handler);
        return new HttpMessageInvoker(Signing(handler), disposeHandler: true);

        SocketsHttpHandler Handler()
        {
            var made = new SocketsHttpHandler { UseProxy = true, Proxy = proxy };
            Configure(made);
            shape.Apply(made.SslOptions);
            return made;
        }
    }

    private void Configure(SocketsHttpHandler handler)
    {
        var settings = options.Value;
        handler.AllowAutoRedirect = false;
        handler.UseCookies = false;
        handler.AutomaticDecompression = DecompressionMethods.None;
        handler.EnableMultipleHttp2Connections = true;
        // Trace headers would be put in after the signature stands.
        handler.ActivityHeadersPropagator = null;
        // Kestrel reads header values as UTF-8 and the signer writes them so: the bytes that came are signed and sent.
        handler.RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8;
        handler.ConnectTimeout = settings.ConnectTimeout;
        handler.PooledConnectionLifetime = settings.PooledConnectionLifetime;
        handler.PooledConnectionIdleTimeout = settings.PooledConnectionIdleTimeout;
    }
}
