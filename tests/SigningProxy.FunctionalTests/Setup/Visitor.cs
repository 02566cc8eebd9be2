using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;

namespace SigningProxy.FunctionalTests.Setup;

/// <summary>A browser as far as Setup knows browsers: it keeps cookies for the host, whatever the port, and comes from an address of its own.</summary>
internal sealed class Visitor : IDisposable
{
    private static int s_addresses;

    private readonly HttpClient _http;
    private readonly Uri _setup;
    private readonly Dictionary<string, string> _jar = new(StringComparer.Ordinal);

    /// <param name="setup">Where Setup is.</param>
    /// <param name="certificate">What it shows over TLS, or null.</param>
    /// <param name="socket">The Unix socket it comes by, or null.</param>
    public Visitor(Uri setup, X509Certificate2? certificate = null, string? socket = null)
    {
        _setup = setup;
        // Attempts to sign in are counted by address.
        var own = new IPAddress([127, 1, (byte)(Environment.ProcessId % 200), (byte)(1 + (Interlocked.Increment(ref s_addresses) % 250))]);
        _http = new HttpClient(new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null,
                ClientCertificates = certificate is null ? null : [certificate],
            },
            ConnectCallback = async (context, cancellation) =>
            {
                var connection = socket is null
                    ? new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
                    : new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                if (socket is null)
                    connection.Bind(new IPEndPoint(own, 0));
                EndPoint there = socket is null ? new IPEndPoint(IPAddress.Loopback, context.DnsEndPoint.Port) : new UnixDomainSocketEndPoint(socket);
                await connection.ConnectAsync(there, cancellation);
                return new NetworkStream(connection, ownsSocket: true);
            },
        });
    }

    public string Cookies => string.Join("; ", _jar.Select(c => $"{c.Key}={c.Value}"));

    public string CsrfToken { get; private set; } = "";

    public Task<VisitorAnswer> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, null, headers);

    /// <summary>Changes something, as a page of Setup does.</summary>
    public Task<VisitorAnswer> ChangeAsync(HttpMethod method, string path, string json) =>
        SendAsync(method, path, json, ("Origin", _setup.GetLeftPart(UriPartial.Authority)), ("X-CSRF-Token", CsrfToken));

    public async Task<VisitorAnswer> SendAsync(HttpMethod method, string path, string? json, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(_setup, path)) { Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json") };
        if (_jar.Count > 0)
            request.Headers.Add("Cookie", Cookies);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        foreach (var cookie in answer.Headers.TryGetValues("Set-Cookie", out var lines) ? lines : [])
            Keep(cookie);
        var told = new VisitorAnswer((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), answer.Headers.Location);
        if (told.Member("csrfToken") is { } token)
            CsrfToken = token;
        return told;
    }

    public Task<VisitorAnswer> SignInAsync(string token) => SendAsync(HttpMethod.Post, "/sign-in/token", $$"""{"token":"{{token}}"}""");

    public async Task<int> MeAsync() => (await GetAsync("/api/v1/me")).Status;

    public void Dispose() => _http.Dispose();

    private void Keep(string line)
    {
        var (name, value) = (line.Split('=', 2)[0], line.Split('=', 2)[1].Split(';')[0]);
        if (value.Length == 0)
            _jar.Remove(name);
        else
            _jar[name] = value;
    }
}

internal sealed record VisitorAnswer(int Status, string Body, Uri? Location)
{
    public string? Member(string name) => Body.StartsWith('{') ? JsonNode.Parse(Body)![name]?.ToString() : null;
}
