using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using SigningProxy.Callers.Jwt;

namespace SigningProxy.Setup.SignIn.Oidc;

/// <summary>
/// The issuer: where it signs browsers in, and what it says of one that comes back. Its documents are had from below its own address, over https
/// (http only on the loopback), without following redirects, and none is longer than 256 KiB.
/// </summary>
internal sealed class OidcProvider(IOptions<OidcOptions> options, IWebProxy proxy) : IDisposable
{
    private readonly OidcOptions _options = options.Value;
    private readonly Lazy<IssuerKeys> _issuer = new(() => new IssuerKeys(options.Value.Tokens(), proxy));

    public bool IsOn => _options.IsOn;

    /// <summary>Where the browser is to go.</summary>
    /// <exception cref="OidcException">The issuer does not tell.</exception>
    public async Task<string> AddressAsync(OidcAttempt attempt, CancellationToken cancellation)
    {
        var told = await DiscoverAsync(cancellation);
        return new OpenIdConnectMessage
        {
            IssuerAddress = Safe(told.AuthorizationEndpoint, "authorization_endpoint"),
            ClientId = _options.ClientId,
            ResponseType = OpenIdConnectResponseType.Code,
            RedirectUri = attempt.Back,
            Scope = _options.Scopes,
            State = attempt.State,
            Nonce = attempt.Nonce,
            Parameters = { ["code_challenge"] = attempt.Challenge, ["code_challenge_method"] = "S256" },
            EnableTelemetryParameters = false,
        }.CreateAuthenticationRequestUrl();
    }

    /// <summary>Whom the issuer signed in.</summary>
    /// <param name="attempt">What was begun.</param>
    /// <param name="code">What the browser brought back.</param>
    /// <param name="issuer">Who it says sent it (RFC 9207), or null.</param>
    /// <param name="cancellation">Ends the asking.</param>
    /// <returns>Its claims.</returns>
    /// <exception cref="OidcException">The issuer does not tell, or its token does not hold; says why, without a word of the token.</exception>
    public async Task<IReadOnlyCollection<OidcClaim>> ClaimsAsync(OidcAttempt attempt, string code, string? issuer, CancellationToken cancellation)
    {
        var told = await DiscoverAsync(cancellation);
        if (issuer is null ? told.AuthorizationResponseIssParameterSupported : issuer != _options.Issuer)
            throw new OidcException("the answer is another issuer's");
        var token = await TokenAsync(told, attempt, code, cancellation);
        var result = await JwtRules.JudgeAsync(token, _options.Issuer, _options.ClientId, _issuer.Value, cancellation);
        if (!result.IsValid)
            throw new OidcException($"the token does not hold ({result.Exception?.GetType().Name})");
        return OidcClaims.Of((JsonWebToken)result.SecurityToken, attempt, _options.ClientId);
    }

    public void Dispose()
    {
        if (_issuer.IsValueCreated)
            _issuer.Value.Dispose();
    }

    private async Task<OpenIdConnectConfiguration> DiscoverAsync(CancellationToken cancellation)
    {
        OpenIdConnectConfiguration told;
        try
        {
            told = await _issuer.Value.DiscoverAsync(cancellation);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            throw new OidcException($"the issuer's discovery document cannot be had ({e.GetBaseException().GetType().Name})");
        }
        return told.Issuer == _options.Issuer ? told : throw new OidcException("the discovery document is another issuer's");
    }

    private async Task<string> TokenAsync(OpenIdConnectConfiguration told, OidcAttempt attempt, string code, CancellationToken cancellation)
    {
        var fields = new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["code"] = code,
            ["redirect_uri"] = attempt.Back,
            ["code_verifier"] = attempt.Verifier,
            ["client_id"] = _options.ClientId,
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, Safe(told.TokenEndpoint, "token_endpoint"));
        if (_options.ClientSecret() is { } secret)
        {
            // Basic is what an issuer takes that says nothing (OpenID Connect Discovery, section 3).
            if (told.TokenEndpointAuthMethodsSupported.Count == 0 || told.TokenEndpointAuthMethodsSupported.Contains("client_secret_basic"))
                request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(_options.ClientId)}:{Uri.EscapeDataString(secret.Reveal())}")));
            else
                fields["client_secret"] = secret.Reveal();
        }
        request.Content = new FormUrlEncodedContent(fields);
        try
        {
            using var answer = await _issuer.Value.SendAsync(request, cancellation);
            if (!answer.IsSuccessStatusCode)
                throw new OidcException($"the issuer gave no token for the code (status {(int)answer.StatusCode})");
            using var json = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(cancellation));
            return json.RootElement.GetProperty("id_token").GetString()!;
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or KeyNotFoundException or InvalidOperationException or TaskCanceledException && !cancellation.IsCancellationRequested)
        {
            throw new OidcException($"the issuer gave no token for the code ({e.GetType().Name})");
        }
    }

    private static string Safe(string? address, string name) => IssuerOptions.IsSafe(address) ? address! : throw new OidcException($"the issuer's {name} is not an address over https");
}

/// <summary>Nobody was signed in by OIDC.</summary>
/// <param name="problem">Why, as a clause, without a secret.</param>
internal sealed class OidcException(string problem) : Exception(problem);
