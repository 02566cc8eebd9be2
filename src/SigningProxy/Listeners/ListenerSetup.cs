using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using SigningProxy.Callouts;

namespace SigningProxy.Listeners;

/// <summary>Opens the listeners, and marks every connection with what its listener is for.</summary>
internal static class ListenerSetup
{
    public static void Open(KestrelServerOptions kestrel, ListenerOptions options, OperatorSocket operatorSocket, OwnPorts ownPorts, SetupListener? setup)
    {
        kestrel.AddServerHeader = false;
        kestrel.RequestHeaderEncodingSelector = ConnectionHeaderEncoding.For;
        // Of a body that is held here or waits for its destination, this much more waits for each connection.
        kestrel.Limits.MaxRequestBufferSize = 128 * 1024;
        // Bodies have limits of their own, by how they are treated.
        kestrel.Limits.MaxRequestBodySize = null;
        // What is not opened here was declared by a named credential.
        var ownPortProofs = options.OwnPortProofs();
        kestrel.ConfigureEndpointDefaults(endpoint => Mark(endpoint, new Listener(ListenerPurpose.OwnPort, ListenerTransport.Tcp, ownPortProofs)));
        kestrel.Configure(new ConfigurationBuilder().Add(ownPorts).Build(), reloadOnChange: true);

        var certificate = new ListenerCertificate(options);
        foreach (var address in options.CalloutAddresses())
            Open(kestrel, address, ListenerPurpose.Callouts, certificate);
        if (options.OperationsAddress() is { } operations)
            Open(kestrel, operations, ListenerPurpose.Operations, certificate);
        if (setup is not null)
            Open(kestrel, setup.Address, ListenerPurpose.Setup, new ListenerCertificate(setup.Tls), endpoint => setup.Endpoint = endpoint);
        operatorSocket.Prepare();
        if (operatorSocket.Opened is { } path)
        {
            kestrel.ListenUnixSocket(path, endpoint =>
            {
                endpoint.Protocols = HttpProtocols.Http1;
                Mark(endpoint, new Listener(ListenerPurpose.Operator, ListenerTransport.UnixSocket));
                Admit(endpoint);
            });
        }
    }

    /// <summary>Closes connections of other users, should the socket's mode ever let them come.</summary>
    private static void Admit(ListenOptions endpoint) => endpoint.Use(next => connection =>
        UnixUser.IsOperator(connection.Features.Get<IConnectionSocketFeature>()?.Socket) ? next(connection) : Task.CompletedTask);

    private static void Open(KestrelServerOptions kestrel, ListenAddress address, ListenerPurpose purpose, ListenerCertificate certificate, Action<ListenOptions>? opened = null)
    {
        void Configure(ListenOptions endpoint)
        {
            opened?.Invoke(endpoint);
            endpoint.Protocols = address.Protocol switch
            {
                ListenProtocol.Http2 => HttpProtocols.Http2,
                ListenProtocol.Tls => HttpProtocols.Http1AndHttp2,
                _ => HttpProtocols.Http1,
            };
            Mark(endpoint, new Listener(purpose, address.SocketPath is null ? ListenerTransport.Tcp : ListenerTransport.UnixSocket, address.Proofs));
            if (address.Protocol == ListenProtocol.Tls)
            {
                var withClients = address.Proofs.HasFlag(AcceptedProofs.ClientCertificate);
                endpoint.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = _ => ValueTask.FromResult(certificate.For(withClients)) });
            }
        }

        if (address.SocketPath is { } path)
        {
            UnixSocketFile.Clear(path);
            kestrel.ListenUnixSocket(path, Configure);
        }
        else if (address.Ip is { } ip)
        {
            kestrel.Listen(ip, address.Port, Configure);
        }
        else
        {
            kestrel.ListenLocalhost(address.Port, Configure);
        }
    }

    /// <remarks>The last mark stands, so that a listener opened by name overrides the default.</remarks>
    private static void Mark(ListenOptions endpoint, Listener listener) => endpoint.Use(next => connection =>
    {
        connection.Features.Set(listener);
        return next(connection);
    });
}
