using System.Net;
using SigningProxy.Catalog;
using SigningProxy.Destinations;

namespace SigningProxy.Sessions;

/// <summary>
/// Sends for entries made in Setup. Each connection is judged by the address it leads to, once the name is resolved and before it is made. Through the
/// egress proxy of the environment no address is seen: there the host is judged as it is written, and one that is refused so does not go through it.
/// </summary>
internal sealed class GuardedHandler : HttpMessageHandler
{
    private readonly AddressReach _reach;
    private readonly IWebProxy _proxy;
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> _resolve;
    private readonly HttpMessageInvoker _direct;
    private readonly HttpMessageInvoker _proxied;

    /// <param name="reach">Where connections may lead.</param>
    /// <param name="proxy">The proxy of the environment.</param>
    /// <param name="make">Makes a handler with all its settings but these.</param>
    /// <param name="resolve">Resolves a name; as the system does when null.</param>
    public GuardedHandler(AddressReach reach, IWebProxy proxy, Func<SocketsHttpHandler> make, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null)
    {
        (_reach, _proxy, _resolve) = (reach, proxy, resolve ?? Dns.GetHostAddressesAsync);
        var (direct, proxied) = (make(), make());
        (direct.UseProxy, direct.Proxy, direct.ConnectCallback) = (false, null, ConnectAsync);
        (proxied.UseProxy, proxied.Proxy) = (true, proxy);
        (_direct, _proxied) = (new HttpMessageInvoker(direct), new HttpMessageInvoker(proxied));
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        (IsProxied(request.RequestUri!) ? _proxied : _direct).SendAsync(request, cancellationToken);

    protected override void Dispose(bool disposing)
    {
        _direct.Dispose();
        _proxied.Dispose();
        base.Dispose(disposing);
    }

    private bool IsProxied(Uri destination) => _reach.AllowsText(destination.IdnHost) && !_proxy.IsBypassed(destination) && _proxy.GetProxy(destination) is not null;

    private ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation) =>
        ReachedConnection.MakeAsync(_reach, context.DnsEndPoint.Host, context.DnsEndPoint.Port, _resolve, cancellation);
}
