using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace SigningProxy.FunctionalTests.Harness;

/// <summary>Writes a request to the byte and reads the whole answer; no library has a say in either.</summary>
internal static class RawClient
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Sends a request line with <c>Host: localhost</c> and these header lines.</summary>
    public static Task<RawAnswer> GetAsync(Uri proxy, string target, params string[] headerLines) =>
        SendAsync(proxy, $"GET {target} HTTP/1.1\r\n{string.Concat(((string[])["Host: localhost", .. headerLines]).Select(h => $"{h}\r\n"))}Connection: close\r\n\r\n");

    /// <summary>Sends text as Latin-1 and reads until the answer is whole or the proxy closes.</summary>
    public static async Task<RawAnswer> SendAsync(Uri proxy, string text)
    {
        using var socket = new TcpClient(proxy.Host, proxy.Port);
        await using var stream = socket.GetStream();
        return await ExchangeAsync(stream, Encoding.Latin1.GetBytes(text));
    }

    public static async Task<RawAnswer> ExchangeAsync(Stream stream, byte[] request)
    {
        using var limit = new CancellationTokenSource(Patience);
        await stream.WriteAsync(request, limit.Token);
        using var answer = new MemoryStream();
        try
        {
            var buffer = new byte[16 * 1024];
            for (int read; !RawAnswer.IsWhole(answer) && (read = await stream.ReadAsync(buffer, limit.Token)) > 0;)
                answer.Write(buffer, 0, read);
        }
        catch (IOException) when (answer.Length > 0)
        {
            // A reset after the answer: the proxy did not want the rest of the request.
        }
        return RawAnswer.Parse(Encoding.UTF8.GetString(answer.ToArray()));
    }
}

/// <param name="Status">The status, or 0 when the connection was closed without one.</param>
/// <param name="Head">Status line and headers.</param>
/// <param name="Body">The rest, as it came (chunk framing among it).</param>
internal sealed record RawAnswer(int Status, string Head, string Body)
{
    /// <summary>Whether all that its Content-Length promises is there; a proxy that waits for a refused body closes late.</summary>
    public static bool IsWhole(MemoryStream answer)
    {
        var text = Encoding.Latin1.GetString(answer.GetBuffer(), 0, (int)answer.Length);
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
            return false;
        const string name = "\r\nContent-Length: ";
        var at = text.IndexOf(name, 0, end, StringComparison.OrdinalIgnoreCase);
        return at >= 0 && text.Length - end - 4 >= int.Parse(text.AsSpan(at + name.Length, text.IndexOf('\r', at + 2) - at - name.Length), CultureInfo.InvariantCulture);
    }

    public static RawAnswer Parse(string text)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return end < 0
            ? new RawAnswer(0, text, "")
            : new RawAnswer(int.Parse(text.AsSpan(9, 3), CultureInfo.InvariantCulture), text[..end], text[(end + 4)..]);
    }
}
