using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;

namespace SigningProxy.Cli;

/// <summary>Asks a running proxy what it tells operators alone.</summary>
internal sealed class OperatorClient
{
    private readonly string _place;
    private readonly Uri _address;
    private readonly string? _socket;
    private readonly string? _tokenFile;

    private OperatorClient(string place, Uri address, string? socket, string? tokenFile) =>
        (_place, _address, _socket, _tokenFile) = (place, address, socket, tokenFile);

    /// <param name="path">Of the operator's socket.</param>
    public static OperatorClient OnSocket(string path) => new($"unix:{path}", new Uri("http://localhost"), path, null);

    /// <param name="operations">Address and port of the operations listener.</param>
    /// <param name="tokenFile">The file of the token that is the proof.</param>
    public static OperatorClient Over(string operations, string tokenFile) => new(operations, new Uri($"http://{operations}"), null, tokenFile);

    /// <returns>The answer's body.</returns>
    /// <exception cref="IOException">There is no good answer; the message says why, and what to do.</exception>
    public async Task<string> AskAsync(HttpMethod method, string path, TimeSpan patience, CancellationToken cancellation)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, ConnectCallback = _socket is null ? null : ConnectAsync }) { Timeout = patience };
        using var request = new HttpRequestMessage(method, new Uri(_address, path));
        if (_tokenFile is not null)
            request.Headers.Authorization = await ProofAsync(_tokenFile, cancellation);
        try
        {
            using var answer = await client.SendAsync(request, cancellation);
            var body = await answer.Content.ReadAsStringAsync(cancellation);
            return answer.IsSuccessStatusCode ? body : throw new IOException(DetailOf(body) ?? $"what answers at {_place} is no proxy: it answered {(int)answer.StatusCode}.");
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            throw new IOException(
                $"nothing answers at {_place}. Is the proxy running, as this user, and does it listen there? Its log tells of an operator's socket that could not be opened.", e);
        }
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(_socket!), cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task<AuthenticationHeaderValue> ProofAsync(string file, CancellationToken cancellation)
    {
        try
        {
            return new AuthenticationHeaderValue("Bearer", (await File.ReadAllTextAsync(file, cancellation)).Trim());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"the token file {file} cannot be read. Give one that exists and that this user may read.", e);
        }
        catch (FormatException)
        {
            throw new IOException($"the token file {file} holds no token: it has more than one line, or nothing.");
        }
    }

    private static string? DetailOf(string problem)
    {
        try
        {
            using var json = JsonDocument.Parse(problem);
            return json.RootElement.TryGetProperty("detail", out var detail) ? SessionTable.Printable(detail.GetString()!) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
