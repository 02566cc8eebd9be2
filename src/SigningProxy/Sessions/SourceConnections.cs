using System.Net;

namespace SigningProxy.Sessions;

/// <summary>The connections to STS and Roles Anywhere, which go through the proxy of the environment, and those to the machine's own endpoints, which never do.</summary>
/// <param name="proxy">The proxy of the environment.</param>
internal sealed class SourceConnections(IWebProxy proxy) : IDisposable
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(2);

    /// <summary>To services of AWS, for those who read an answer as it comes.</summary>
    public HttpMessageInvoker Streaming { get; } = new(Handler(proxy));

    /// <summary>To services of AWS, for their SDK. Its time limit is far off: an attempt has its own.</summary>
    public HttpClient Services { get; } = new(Handler(proxy)) { Timeout = TimeSpan.FromMinutes(1) };

    /// <summary>To the container endpoint and the instance metadata.</summary>
    public HttpClient Machine { get; } = new(Handler(null)) { Timeout = TimeSpan.FromMinutes(1) };

    public void Dispose()
    {
        Streaming.Dispose();
        Services.Dispose();
        Machine.Dispose();
    }

    private static SocketsHttpHandler Handler(IWebProxy? proxy) => new()
    {
        UseProxy = proxy is not null,
        Proxy = proxy,
        AllowAutoRedirect = false,
        UseCookies = false,
        PooledConnectionLifetime = Lifetime,
        ActivityHeadersPropagator = null,
    };
}
