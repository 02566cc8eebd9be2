using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using SigningProxy.FunctionalTests.Harness;

namespace SigningProxy.FunctionalTests.Callers;

/// <summary>One connection over which requests are sent one after another, with nothing of a client library in what is measured.</summary>
internal sealed class KeptConnection : IDisposable
{
    private readonly Socket _socket;
    private readonly byte[] _buffer = new byte[16 * 1024];
    private readonly MemoryStream _answer = new();

    public KeptConnection(Uri address)
    {
        _socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = 20_000, SendTimeout = 20_000 };
        _socket.Connect(address.Host, address.Port);
    }

    /// <summary>Sends a request and reads the whole answer.</summary>
    /// <param name="request">To the byte.</param>
    /// <param name="extra">Time that passes within what is measured, before the request is sent.</param>
    /// <returns>The answer, and how many ticks of <see cref="Stopwatch"/> it took.</returns>
    public (RawAnswer Answer, long Ticks) Ask(byte[] request, TimeSpan extra = default)
    {
        _answer.SetLength(0);
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < extra)
        {
            // Waiting by the clock of the system would be too coarse.
        }
        _socket.Send(request);
        for (int read; !RawAnswer.IsWhole(_answer) && (read = _socket.Receive(_buffer)) > 0;)
            _answer.Write(_buffer, 0, read);
        var ticks = Stopwatch.GetTimestamp() - started;
        return (RawAnswer.Parse(Encoding.UTF8.GetString(_answer.ToArray())), ticks);
    }

    public void Dispose()
    {
        _socket.Dispose();
        _answer.Dispose();
    }
}
