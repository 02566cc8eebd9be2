using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SigningProxy.FunctionalTests.Harness;

/// <summary>A destination that answers every request with the same bytes, and keeps the head of each as it came.</summary>
internal sealed class CannedDestination : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly byte[] _answer;
    private readonly Task _serving;

    /// <param name="answer">Status line and header lines, without the empty line that ends them; no body follows.</param>
    public CannedDestination(params string[] answer)
    {
        _answer = Encoding.Latin1.GetBytes(string.Concat(answer.Append("Content-Length: 0").Append("Connection: close").Select(line => $"{line}\r\n")) + "\r\n");
        _listener.Start();
        _serving = ServeAsync();
    }

    public Uri Address => new($"http://{_listener.LocalEndpoint}");

    /// <summary>The heads that came, oldest first.</summary>
    public ConcurrentQueue<string> Heads { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving;
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var socket = await _listener.AcceptTcpClientAsync(_stop.Token);
                var stream = socket.GetStream();
                using var reader = new StreamReader(stream, Encoding.Latin1);
                var head = new StringBuilder();
                while (await reader.ReadLineAsync(_stop.Token) is { Length: > 0 } line)
                    head.Append(line).Append('\n');
                Heads.Enqueue(head.ToString());
                await stream.WriteAsync(_answer, _stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // Told to stop.
        }
    }
}
