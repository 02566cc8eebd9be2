using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SigningProxy.FunctionalTests.ThirdParty;

/// <summary>Passes connections on to a PostgreSQL, but for those that listen: of these nothing comes back any more, and nobody is told that they are dead.</summary>
internal sealed class SilencedRelay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly int _to;

    public SilencedRelay(int to)
    {
        _to = to;
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How many connections were silenced.</summary>
    public int Silenced { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
            _ = RelayAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
    }

    private async Task RelayAsync(TcpClient client)
    {
        using var server = new TcpClient();
        using (client)
        {
            await server.ConnectAsync(IPAddress.Loopback, _to, _stop.Token);
            var silent = false;
            var back = CopyAsync(server, client, _ => !silent);
            var forth = CopyAsync(client, server, text =>
            {
                if (text.Contains("LISTEN ", StringComparison.Ordinal))
                {
                    silent = true;
                    Silenced++;
                }
                return true;
            });
            await Task.WhenAny(back, forth);
        }
    }

    private async Task CopyAsync(TcpClient from, TcpClient to, Func<string, bool> passes)
    {
        var buffer = new byte[8192];
        while (await from.GetStream().ReadAsync(buffer, _stop.Token) is > 0 and var count)
        {
            if (passes(Encoding.Latin1.GetString(buffer, 0, count)))
                await to.GetStream().WriteAsync(buffer.AsMemory(0, count), _stop.Token);
        }
    }
}
