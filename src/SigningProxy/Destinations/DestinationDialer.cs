using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using SigningProxy.Catalog;

namespace SigningProxy.Destinations;

/// <summary>Makes connections to one destination: resolved, judged by the address they lead to, and over TLS where the URL says so.</summary>
/// <param name="destination">Where they lead.</param>
/// <param name="reach">Where they may lead.</param>
/// <param name="tls">What TLS is asked for; null for plain HTTP.</param>
/// <param name="limit">How long one may take to be made.</param>
internal sealed class DestinationDialer(Destination destination, AddressReach reach, SslClientAuthenticationOptions? tls, TimeSpan limit)
{
    public bool IsTls => tls is not null;

    /// <returns>The connection, and whether the destination chose HTTP/2 on it.</returns>
    /// <exception cref="SocketException">It could not be made, or not in time.</exception>
    /// <exception cref="System.Security.Authentication.AuthenticationException">The other side is not who it is to be.</exception>
    /// <exception cref="RefusedAddressException">The address may not be reached.</exception>
    public async Task<(Stream Stream, bool IsHttp2)> DialAsync(CancellationToken cancellation)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timer.CancelAfter(limit);
        try
        {
            var plain = await ReachedConnection.MakeAsync(reach, destination.Url.IdnHost, destination.Url.Port, Dns.GetHostAddressesAsync, timer.Token);
            return tls is null ? (plain, false) : await SecureAsync(plain, tls, timer.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new SocketException((int)SocketError.TimedOut);
        }
    }

    private static async Task<(Stream Stream, bool IsHttp2)> SecureAsync(Stream plain, SslClientAuthenticationOptions tls, CancellationToken cancellation)
    {
        var secure = new SslStream(plain);
        try
        {
            await secure.AuthenticateAsClientAsync(tls, cancellation);
            return (secure, secure.NegotiatedApplicationProtocol == SslApplicationProtocol.Http2);
        }
        catch
        {
            await secure.DisposeAsync();
            throw;
        }
    }
}
