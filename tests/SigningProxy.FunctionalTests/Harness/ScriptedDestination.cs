using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SigningProxy.FunctionalTests.Harness;

/// <summary>A destination that reads the head of one request a connection, and then does as a test says, down to the byte.</summary>
internal sealed class ScriptedDestination : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly Task _accepting;

    public ScriptedDestination()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Address => new($"http://{_listener.LocalEndpoint}");

    /// <summary>What is done after the head was read; the connection is closed when it is done.</summary>
    public Func<Stream, CancellationToken, Task> Script { get; set; } = (_, _) => Task.CompletedTask;

    public static async Task WriteAsync(Stream stream, string text, CancellationToken cancellation) =>
        await stream.WriteAsync(Encoding.Latin1.GetBytes(text), cancellation);

    /// <summary>Ends when the other side has closed, in good order or not.</summary>
    public static async Task UntilClosedAsync(Stream stream, CancellationToken cancellation)
    {
        try
        {
            while (await stream.ReadAsync(new byte[1], cancellation) > 0)
            {
            }
        }
        catch (IOException)
        {
            // A reset is an end too.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        await Task.WhenAll(_connections);
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (OperationCanceledException)
        {
            // Told to stop.
        }
    }

    private async Task ServeAsync(TcpClient socket)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        limit.CancelAfter(Patience);
        using (socket)
        {
            try
            {
                var stream = socket.GetStream();
                var head = new StringBuilder();
                var one = new byte[1];
                while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one, limit.Token) > 0)
                    head.Append((char)one[0]);
                await Script(stream, limit.Token);
            }
            catch (Exception e) when (e is OperationCanceledException or IOException)
            {
                // Told to stop, or the proxy has gone: what the test waits for tells which.
            }
        }
    }
}
