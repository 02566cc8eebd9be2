using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using SigningProxy.Catalog;

namespace SigningProxy.Callers.Jwt;

/// <summary>The keys of one issuer. They are kept, and asked for anew when a token names one that is not among them.</summary>
internal sealed class IssuerKeys : IDisposable
{
    private const int MostBytes = 256 * 1024;

    private readonly IssuerOptions _options;
    private readonly HttpClient? _http;
    private readonly ConfigurationManager<OpenIdConnectConfiguration>? _discovered;
    private readonly ConfigurationManager<OpenIdConnectConfiguration>? _published;
    private (DateTime Written, IReadOnlyList<SecurityKey> Keys)? _ofFile;

    /// <param name="options">The issuer.</param>
    /// <param name="proxy">The proxy of the environment.</param>
    public IssuerKeys(IssuerOptions options, IWebProxy proxy)
    {
        _options = options;
        if (options.JwksFile.Length > 0)
            return;
        _http = new HttpClient(Handler(options, proxy)) { Timeout = TimeSpan.FromSeconds(10), MaxResponseContentBufferSize = MostBytes };
        var documents = new HttpDocumentRetriever(_http) { RequireHttps = !new Uri(options.Address).IsLoopback };
        if (options.JwksUrl.Length > 0)
            _published = new(options.Address, new KeySetRetriever(), documents);
        else
            _discovered = new(options.Address, new OpenIdConnectConfigurationRetriever(), documents);
    }

    /// <summary>The keys now.</summary>
    /// <exception cref="InvalidOperationException">None could be had.</exception>
    public async Task<IEnumerable<SecurityKey>> GetAsync(CancellationToken cancellation) =>
        (_discovered ?? _published) is { } manager ? (await manager.GetConfigurationAsync(cancellation)).SigningKeys : OfFile();

    /// <summary>All that the issuer's discovery document tells; only of an issuer that has neither a file nor an address of keys.</summary>
    /// <exception cref="InvalidOperationException">It could not be had.</exception>
    public Task<OpenIdConnectConfiguration> DiscoverAsync(CancellationToken cancellation) => _discovered!.GetConfigurationAsync(cancellation);

    /// <summary>Sends the issuer a request, with the trust and the limits that hold for its documents.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellation) => _http!.SendAsync(request, cancellation);

    /// <summary>Has them asked for anew with the next call; no more often than the library lets it be done.</summary>
    public void Renew() => (_discovered ?? _published)?.RequestRefresh();

    public void Dispose() => _http?.Dispose();

    private IReadOnlyList<SecurityKey> OfFile()
    {
        var written = File.GetLastWriteTimeUtc(_options.JwksFile);
        if (_ofFile is { } kept && kept.Written == written)
            return kept.Keys;
        try
        {
            var keys = new JsonWebKeySet(File.ReadAllText(_options.JwksFile)).GetSigningKeys();
            _ofFile = (written, [.. keys]);
        }
        catch (Exception e) when (_ofFile is not null && e is IOException or ArgumentException or System.Text.Json.JsonException)
        {
            // Half-written, most likely: the last good ones stay.
        }
        return _ofFile?.Keys ?? throw new InvalidOperationException($"The key set {_options.JwksFile} cannot be read.");
    }

    private static HttpMessageHandler Handler(IssuerOptions options, IWebProxy proxy)
    {
        var sockets = new SocketsHttpHandler { UseProxy = true, Proxy = proxy, AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(2) };
        X509Certificate2Collection? authorities = null;
        if (options.AuthoritiesFile.Length > 0)
        {
            authorities = [];
            authorities.ImportFromPemFile(options.AuthoritiesFile);
        }
        sockets.SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = OfflineTrust.Policy(authorities) };
        return options.TokenFile.Length > 0 ? new BearerHandler(sockets, options.TokenFile) : sockets;
    }

    /// <summary>Reads a bare key set as if a discovery document had told it.</summary>
    private sealed class KeySetRetriever : IConfigurationRetriever<OpenIdConnectConfiguration>
    {
        public async Task<OpenIdConnectConfiguration> GetConfigurationAsync(string address, IDocumentRetriever retriever, CancellationToken cancel)
        {
            var configuration = new OpenIdConnectConfiguration();
            foreach (var key in new JsonWebKeySet(await retriever.GetDocumentAsync(address, cancel)).GetSigningKeys())
                configuration.SigningKeys.Add(key);
            return configuration;
        }
    }

    private sealed class BearerHandler(HttpMessageHandler inner, string file) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", (await File.ReadAllTextAsync(file, cancellationToken)).Trim());
            return await base.SendAsync(request, cancellationToken);
        }
    }
}
