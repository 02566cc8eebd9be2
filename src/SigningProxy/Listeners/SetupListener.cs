using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace SigningProxy.Listeners;

/// <summary>Where the administrator's side is served; there is none while Setup is off.</summary>
/// <param name="Address">Where it listens. Client certificates are asked for where its proofs name them.</param>
/// <param name="Tls">What it shows over TLS, and whose client certificates it takes.</param>
internal sealed record SetupListener(ListenAddress Address, ListenerOptions Tls)
{
    /// <summary>What Kestrel knows of it; none before the listeners are opened.</summary>
    public ListenOptions? Endpoint { get; set; }

    /// <summary>The port it is bound to, once it is; null on a socket.</summary>
    public int? Port => (Endpoint?.EndPoint as IPEndPoint)?.Port ?? (Address.SocketPath is null ? Address.Port : null);

    public string Scheme => Address.Protocol == ListenProtocol.Tls ? Uri.UriSchemeHttps : Uri.UriSchemeHttp;
}
