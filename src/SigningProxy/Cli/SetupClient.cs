using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using SigningProxy.Setup.Api;

namespace SigningProxy.Cli;

/// <summary>Speaks to the API of a running Setup, with an administrator's token.</summary>
/// <param name="address">Where Setup listens.</param>
/// <param name="token">The token.</param>
/// <param name="authorities">The certificates that its own must lead to, or null for those of the system.</param>
internal sealed class SetupClient(Uri address, string token, X509Certificate2Collection? authorities)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <param name="method">What to do.</param>
    /// <param name="path">Below the root of the API, its parts escaped.</param>
    /// <param name="cancellation">Of whoever waits.</param>
    /// <param name="yaml">A body, or null.</param>
    /// <returns>The answer, or null where it is empty.</returns>
    /// <exception cref="IOException">There is no good answer; the message says why, and what to do.</exception>
    public async Task<JsonDocument?> AskAsync(HttpMethod method, string path, CancellationToken cancellation, string? yaml = null)
    {
        using var client = new HttpClient(Connections()) { Timeout = Patience };
        using var request = new HttpRequestMessage(method, new Uri(address, $"{ApiMiddleware.Root}/{path}"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (yaml is not null)
            request.Content = new StringContent(yaml, Encoding.UTF8, ApiBody.Yaml);
        try
        {
            using var answer = await client.SendAsync(request, cancellation);
            var body = await answer.Content.ReadAsStringAsync(cancellation);
            if (answer.IsSuccessStatusCode)
                return body.Length == 0 ? null : JsonDocument.Parse(body);
            throw new IOException(SetupProblem.InWords(body) ?? $"what answers at {address} is no Setup: it answered {(int)answer.StatusCode}.");
        }
        catch (JsonException e)
        {
            throw new IOException($"what answers at {address} is no Setup: its answer is not JSON.", e);
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.SecureConnectionError)
        {
            throw new IOException($"what answers at {address} shows no certificate that is trusted here. Name its authority with --ca-file.", e);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            throw new IOException($"nothing answers at {address}. Is the proxy running, with SigningProxy:Setup:Database set, and does Setup listen there?", e);
        }
    }

    /// <summary>All entries of a kind, page by page.</summary>
    /// <param name="kind">By its word in the API's paths.</param>
    /// <param name="cancellation">Of whoever waits.</param>
    /// <exception cref="IOException">There is no good answer.</exception>
    public async Task<List<JsonElement>> AllAsync(string kind, CancellationToken cancellation)
    {
        var items = new List<JsonElement>();
        for (string? after = ""; after is not null;)
        {
            using var page = (await AskAsync(HttpMethod.Get, after.Length == 0 ? kind : $"{kind}?after={Uri.EscapeDataString(after)}", cancellation))!;
            items.AddRange(page.RootElement.GetProperty("items").EnumerateArray().Select(i => i.Clone()));
            after = page.RootElement.GetProperty("next").GetString();
        }
        return items;
    }

    private SocketsHttpHandler Connections()
    {
        var connections = new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false };
        if (authorities is not null)
        {
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
            policy.CustomTrustStore.AddRange(authorities);
            connections.SslOptions.CertificateChainPolicy = policy;
        }
        return connections;
    }
}
