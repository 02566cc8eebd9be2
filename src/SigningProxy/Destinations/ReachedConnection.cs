using System.Net;
using System.Net.Sockets;
using SigningProxy.Catalog;

namespace SigningProxy.Destinations;

/// <summary>A connection whose address is judged once its name is resolved, and before it is made.</summary>
internal static class ReachedConnection
{
    /// <param name="reach">Where it may lead.</param>
    /// <param name="host">A name or an address.</param>
    /// <param name="port">The port.</param>
    /// <param name="resolve">Resolves a name.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="RefusedAddressException">An address may not be reached; none was tried.</exception>
    /// <exception cref="SocketException">None of the addresses took it.</exception>
    public static async ValueTask<Stream> MakeAsync(
        AddressReach reach, string host, int port, Func<string, CancellationToken, Task<IPAddress[]>> resolve, CancellationToken cancellation)
    {
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await resolve(host, cancellation);
        // One that is refused among others is a trap, and not a choice.
        if (!addresses.All(a => reach.Allows(a)))
            throw new RefusedAddressException(reach);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
