using System.Net;

namespace SigningProxy.Destinations;

/// <summary>
/// The proxy of <c>HTTPS_PROXY</c> and <c>NO_PROXY</c>, for TLS alone: through it only ciphertext passes. Plain requests stay on the
/// loopback, where no proxy has business.
/// </summary>
/// <param name="environment">What the environment says; <see cref="HttpClient.DefaultProxy"/>.</param>
internal sealed class EnvironmentProxy(IWebProxy environment) : IWebProxy
{
    public ICredentials? Credentials
    {
        get => environment.Credentials;
        set => environment.Credentials = value;
    }

    public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : environment.GetProxy(destination);

    public bool IsBypassed(Uri host) => host.Scheme != Uri.UriSchemeHttps || host.IsLoopback || environment.IsBypassed(host);
}
