using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SigningProxy.Tests.Forwarding;

/// <summary>A destination that answers every request alike and allocates nothing for it.</summary>
internal sealed class FrugalDestination : IDisposable
{
    private static readonly byte[] Answer = Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1024\r\n\r\n{new string('7', 1024)}");

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public FrugalDestination()
    {
        _listener.Start();
        new Thread(Accept) { IsBackground = true }.Start();
    }

    public string Url => $"http://{_listener.LocalEndpoint}";

    public void Dispose() => _listener.Dispose();

    private void Accept()
    {
        try
        {
            while (true)
            {
                var socket = _listener.AcceptSocket();
                new Thread(() => Serve(socket)) { IsBackground = true }.Start();
            }
        }
        catch (SocketException)
        {
            // The test is over.
        }
    }

    private static void Serve(Socket socket)
    {
        using (socket)
        {
            socket.NoDelay = true;
            var buffer = new byte[64 * 1024];
            try
            {
                while (FrugalCaller.ReadMessage(socket, buffer) > 0)
                    socket.Send(Answer);
            }
            catch (SocketException)
            {
                // The proxy is gone.
            }
        }
    }
}

/// <summary>A caller that sends one request after the other and allocates nothing for it.</summary>
internal sealed class FrugalCaller : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = 20_000 };
    private readonly byte[] _request;
    private readonly byte[] _buffer = new byte[64 * 1024];

    public FrugalCaller(Uri proxy, string method, int bodyBytes)
    {
        var body = bodyBytes == 0 ? "" : $"Content-Type: application/json\r\nContent-Length: {bodyBytes}\r\n";
        _request = Encoding.ASCII.GetBytes($"{method} /Plain/things/1?a=1&b=two HTTP/1.1\r\nHost: {proxy.Authority}\r\n{body}\r\n{new string('x', bodyBytes)}");
        _socket.Connect(IPAddress.Loopback, proxy.Port);
    }

    public void Call()
    {
        _socket.Send(_request);
        if (ReadMessage(_socket, _buffer) == 0 || !_buffer.AsSpan().StartsWith("HTTP/1.1 200"u8))
            throw new InvalidOperationException($"The proxy answered {Encoding.ASCII.GetString(_buffer.AsSpan(0, 64))}.");
    }

    public void Dispose() => _socket.Dispose();

    /// <summary>Reads one message whose length is announced, or which has no body.</summary>
    /// <returns>How long it was; 0 at the end.</returns>
    public static int ReadMessage(Socket socket, byte[] buffer)
    {
        var (read, whole) = (0, int.MaxValue);
        while (read < whole)
        {
            var more = socket.Receive(buffer, read, buffer.Length - read, SocketFlags.None);
            if (more == 0)
                return 0;
            read += more;
            var head = buffer.AsSpan(0, read).IndexOf("\r\n\r\n"u8);
            if (whole == int.MaxValue && head >= 0)
                whole = head + 4 + BodyBytes(buffer.AsSpan(0, head));
        }
        return read;
    }

    private static int BodyBytes(ReadOnlySpan<byte> head)
    {
        var at = head.IndexOf("Content-Length: "u8);
        var length = 0;
        for (at += "Content-Length: ".Length; at >= "Content-Length: ".Length && at < head.Length && char.IsAsciiDigit((char)head[at]); at++)
            length = 10 * length + head[at] - '0';
        return length;
    }
}
