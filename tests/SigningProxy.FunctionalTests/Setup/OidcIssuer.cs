using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using SigningProxy.FunctionalTests.Callers;

namespace SigningProxy.FunctionalTests.Setup;

/// <summary>An OpenID Connect issuer that signs in whom a test names, honestly or not.</summary>
internal sealed class OidcIssuer : IAsyncDisposable
{
    public const string ClientId = "setup of the tests";
    public const string ClientSecret = "a secret: of & the client";

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa _otherKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ConcurrentDictionary<string, (IReadOnlyDictionary<string, string> Asked, string Fault, JsonObject More)> _codes = new();
    private readonly WebApplication _app;

    private OidcIssuer(WebApplication app) => _app = app;

    public string Address => _app.Urls.First();

    /// <summary>What came to the token endpoint and was refused by it.</summary>
    public ConcurrentQueue<string> Refused { get; } = new();

    public static async Task<OidcIssuer> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var issuer = new OidcIssuer(builder.Build());
        issuer._app.Run(issuer.AnswerAsync);
        await issuer._app.StartAsync();
        return issuer;
    }

    /// <summary>Signs somebody in.</summary>
    /// <param name="asked">Where Setup sent the browser.</param>
    /// <param name="fault">What is to be wrong with the token; empty for none.</param>
    /// <param name="more">Claims beside those that every token has.</param>
    /// <returns>Where the browser is sent back to.</returns>
    public Uri SignIn(Uri asked, string fault = "", JsonObject? more = null)
    {
        var query = QueryHelpers.ParseQuery(asked.Query).ToDictionary(p => p.Key, p => p.Value.ToString());
        Assert.StartsWith(Address + "/authorize?", asked.AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal(("code", "S256", ClientId), (query["response_type"], query["code_challenge_method"], query["client_id"]));
        var code = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
        _codes[code] = (query, fault, more ?? []);
        return new Uri(QueryHelpers.AddQueryString(query["redirect_uri"], new Dictionary<string, string?> { ["code"] = code, ["state"] = query["state"], ["iss"] = Address }));
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _key.Dispose();
        _otherKey.Dispose();
    }

    private Task AnswerAsync(HttpContext context) => context.Request.Path.Value switch
    {
        "/.well-known/openid-configuration" => context.Response.WriteAsync(new JsonObject
        {
            ["issuer"] = Address,
            ["authorization_endpoint"] = $"{Address}/authorize",
            ["token_endpoint"] = $"{Address}/token",
            ["jwks_uri"] = $"{Address}/keys",
            ["authorization_response_iss_parameter_supported"] = true,
        }.ToJsonString()),
        "/keys" => context.Response.WriteAsync(HandMadeJwt.KeySet(HandMadeJwt.Jwk(_key, "one"))),
        "/token" => TokenAsync(context),
        _ => Task.CompletedTask,
    };

    private async Task TokenAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        var basic = $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(ClientId)}:{Uri.EscapeDataString(ClientSecret)}"))}";
        // A code works once, for who began, at the place it was asked for.
        if (context.Request.Headers.Authorization != basic || !_codes.TryRemove(form["code"].ToString(), out var known)
            || form["redirect_uri"] != known.Asked["redirect_uri"]
            || Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString()))) != known.Asked["code_challenge"])
        {
            Refused.Enqueue(form["code"].ToString());
            context.Response.StatusCode = 400;
            return;
        }
        await context.Response.WriteAsync(new JsonObject { ["token_type"] = "Bearer", ["access_token"] = "x", ["id_token"] = Token(known.Asked["nonce"], known.Fault, known.More) }.ToJsonString());
    }

    private string Token(string nonce, string fault, JsonObject more)
    {
        var claims = HandMadeJwt.Claims(Address, "248", ClientId, fault == "expired" ? -120 : 600);
        claims["nonce"] = nonce;
        foreach (var (name, value) in more)
            claims[name] = value?.DeepClone();
        switch (fault)
        {
            case "issuer":
                claims["iss"] = Address + "/";
                break;
            case "audience":
                claims["aud"] = "another";
                break;
            case "two audiences":
                claims["aud"] = new JsonArray(ClientId, "another");
                break;
            case "party":
                claims["azp"] = "another";
                break;
            case "nonce":
                claims["nonce"] = nonce + "x";
                break;
            case "no nonce":
                claims.Remove("nonce");
                break;
            case "no expiry":
                claims.Remove("exp");
                break;
            case "not yet":
                claims["nbf"] = claims["exp"]!.GetValue<long>();
                break;
        }
        return fault switch
        {
            "alg none" => HandMadeJwt.Unsigned(claims),
            "public key as secret" => HandMadeJwt.Hs256(_key.ExportSubjectPublicKeyInfo(), "one", claims),
            "client secret as key" => HandMadeJwt.Hs256(Encoding.UTF8.GetBytes(ClientSecret), "one", claims),
            "another key" => HandMadeJwt.Es256(_otherKey, "one", claims),
            _ => HandMadeJwt.Es256(_key, "one", claims),
        };
    }
}
