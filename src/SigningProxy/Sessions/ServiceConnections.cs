namespace SigningProxy.Sessions;

/// <summary>Connections to services of AWS, for two kinds of users.</summary>
/// <param name="handler">Makes the connections.</param>
internal sealed class ServiceConnections(HttpMessageHandler handler) : IDisposable
{
    /// <summary>For those who read an answer as it comes.</summary>
    public HttpMessageInvoker Streaming { get; } = new(handler);

    /// <summary>For their SDK. Its time limit is far off: an attempt has its own.</summary>
    public StsHttpClientFactory Sdk { get; } = new(new HttpClient(handler, disposeHandler: false) { Timeout = TimeSpan.FromMinutes(1) });

    public void Dispose() => Streaming.Dispose();
}
