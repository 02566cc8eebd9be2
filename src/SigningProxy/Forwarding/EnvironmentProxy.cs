using System.Net;

namespace SigningProxy.Forwarding;

/// <summary>
/// The proxy of <c>HTTPS_PROXY</c> and <c>NO_PROXY</c>, for TLS alone: through it only ciphertext passes. Plain requests stay on the
/// loopback, where no proxy has business.
/// </summary>
internal sealed class EnvironmentProxy : IWebProxy
{
    private readonly IWebProxy _inner = HttpClient.DefaultProxy;

    public ICredentials? Credentials
    {
        get => _inner.Credentials;
        set => _inner.Credentials = value;
    }

    public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : _inner.GetProxy(destination);

    public bool IsBypassed(Uri host) => host.Scheme != Uri.UriSchemeHttps || host.IsLoopback || _inner.IsBypassed(host);
}
