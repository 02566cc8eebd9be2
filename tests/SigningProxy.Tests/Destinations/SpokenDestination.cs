using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using SigningProxy.Catalog;
using SigningProxy.Destinations;

namespace SigningProxy.Tests.Destinations;

/// <summary>A destination that does on each connection what a test says, with real sockets, and a pool that leads to it.</summary>
internal sealed class SpokenDestination : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentQueue<string> _faults = new();
    private int _connections;

    /// <param name="serve">What is done on a connection; it is closed when that is.</param>
    /// <param name="options">How long connections may do what.</param>
    public SpokenDestination(Func<Spoken, Task> serve, DestinationOptions? options = null)
    {
        _listener.Start(512);
        _ = AcceptAsync(serve);
        Address = new Uri($"http://{_listener.LocalEndpoint}");
        Pool = new DestinationPool(new DestinationDialer(new Destination(Address), AddressReach.Everywhere, tls: null, TimeSpan.FromSeconds(10)), options ?? new DestinationOptions(), Time);
    }

    public Uri Address { get; }

    public DestinationPool Pool { get; }

    /// <summary>The clock of the pool.</summary>
    public FakeTimeProvider Time { get; } = new();

    /// <summary>How many connections came.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>What went wrong on this side.</summary>
    public IEnumerable<string> Faults => _faults;

    public static OutboundRequest Request(string method = "GET", RequestBody? body = null) => new() { Method = method, Path = "/x", Query = "", Host = "h", Body = body };

    public async Task<DestinationAnswer> SendAsync(OutboundRequest? request = null) =>
        (DestinationAnswer)await Pool.SendAsync(request ?? Request(), _end.Token).AsTask().WaitAsync(TimeSpan.FromSeconds(20));

    /// <summary>One exchange to its end: status and body.</summary>
    public async Task<string> AskAsync(OutboundRequest? request = null)
    {
        await using var answer = await SendAsync(request);
        return $"{answer.Status} {await ReadAsync(answer)}";
    }

    public static async Task<string> ReadAsync(DestinationAnswer answer, int piece = 4096)
    {
        var (body, buffer) = (new StringBuilder(), new byte[piece]);
        while (await answer.ReadAsync(buffer).AsTask().WaitAsync(TimeSpan.FromSeconds(20)) is > 0 and var read)
            body.Append(Encoding.Latin1.GetString(buffer, 0, read));
        return body.ToString();
    }

    public void Dispose()
    {
        _end.Cancel();
        Pool.Dispose();
        _listener.Dispose();
        _end.Dispose();
    }

    private async Task AcceptAsync(Func<Spoken, Task> serve)
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptSocketAsync(_end.Token);
                Interlocked.Increment(ref _connections);
                _ = ServeAsync(new Spoken(socket, _end.Token), serve);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(Spoken spoken, Func<Spoken, Task> serve)
    {
        try
        {
            await serve(spoken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            _faults.Enqueue($"{e.GetType().Name}: {e.Message}");
        }
        finally
        {
            spoken.Socket.Dispose();
        }
    }
}

/// <summary>One connection, from the destination's side.</summary>
internal sealed class Spoken(Socket socket, CancellationToken end)
{
    public Socket Socket => socket;

    public CancellationToken End => end;

    public Task SayAsync(string text) => SayAsync(Encoding.Latin1.GetBytes(text));

    public async Task SayAsync(byte[] bytes) => await socket.SendAsync(bytes, end);

    /// <summary>Hears a head to its empty line, and nothing behind it.</summary>
    /// <returns>It, or null where the connection ended instead.</returns>
    public async Task<string?> HearHeadAsync()
    {
        var (head, one) = (new StringBuilder(), new byte[1]);
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await socket.ReceiveAsync(one, end) == 0)
                return null;
            head.Append((char)one[0]);
        }
        return head.ToString();
    }

    public async Task<string> HearAsync(int bytes)
    {
        var heard = new byte[bytes];
        for (var at = 0; at < bytes;)
        {
            var read = await socket.ReceiveAsync(heard.AsMemory(at), end);
            if (read == 0)
                return Encoding.Latin1.GetString(heard, 0, at);
            at += read;
        }
        return Encoding.Latin1.GetString(heard);
    }
}
