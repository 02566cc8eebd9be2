using System.Collections.Frozen;
using System.Net;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using SigningProxy.Callouts;
using SigningProxy.Listeners;
using SigningProxy.Setup.Api;
using SigningProxy.Store;

namespace SigningProxy.Setup.SignIn;

/// <summary>
/// Lets in what no page of another site has sent, and gives every answer the headers that bind a browser. A page can make its visitor's
/// browser send requests here across sites, from another port of this host, or by a name that it rebinds.
/// </summary>
internal sealed class SetupGate(RequestDelegate next, SetupListener listener, IOptions<SetupOptions> options)
{
    // A certificate with its chain, or a catalog's entry, is a small part of this.
    private const long LongestBody = 1024 * 1024;

    private readonly FrozenSet<string> _hosts = options.Value.Hosts.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public async Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(Bind, context);
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = LongestBody;
        if (Judge(context) is { } refusal)
        {
            await refusal.WriteAsync(context);
            return;
        }
        try
        {
            await next(context);
        }
        catch (StoreException e) when (!context.Response.HasStarted)
        {
            await new Refusal(RefusalKind.StoreUnavailable, $"For now, {e.Message}").WriteAsync(context);
        }
    }

    /// <summary>What a page of Setup names as its origin.</summary>
    public static string OriginOf(HttpRequest request) => $"{request.Scheme}://{request.Host.Value}";

    private Refusal? Judge(HttpContext context)
    {
        var request = context.Request;
        if (request.Headers.Host.Count != 1 || !request.Host.HasValue)
            return new Refusal(RefusalKind.HostMissing, "Send exactly one Host header, such as \"Host: localhost:9081\".");
        if (listener.Address.SocketPath is null && !IsOurs(request.Host.Host))
            return new Refusal(RefusalKind.HostNotAllowed, $"Call Setup as localhost, as a loopback address or as the address it listens on; other names must be listed in {SetupOptions.Section}:{nameof(SetupOptions.Hosts)}.");
        if (request.Headers["Sec-Fetch-Site"].Any(site => site is not ("none" or "same-origin")) && !IsPageOpened(request))
            return new Refusal(RefusalKind.CrossSite, "A browser says that a page of another site, or of another port, made this request (Sec-Fetch-Site).");
        if (request.Headers.Origin.Any(origin => !OriginOf(request).Equals(origin, StringComparison.OrdinalIgnoreCase)))
            return new Refusal(RefusalKind.CrossSite, "A browser says that a page which is not Setup's made this request (Origin).");
        return null;
    }

    private bool IsOurs(string host) => host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && (IPAddress.IsLoopback(address) || address.Equals(listener.Address.Ip)))
        || _hosts.Contains(host);

    /// <summary>A link followed from elsewhere, as the OIDC issuer's way back is: it changes nothing, and brings no cookie of a session.</summary>
    private static bool IsPageOpened(HttpRequest request) => HttpMethods.IsGet(request.Method) && !request.Path.StartsWithSegments(ApiMiddleware.Root)
        && request.Headers["Sec-Fetch-Mode"] == "navigate" && request.Headers["Sec-Fetch-Dest"] == "document";

    private static Task Bind(object state)
    {
        var context = (HttpContext)state;
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        // With "no-referrer" a form of our own pages would come with "Origin: null".
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (headers.CacheControl.Count == 0)
            headers.CacheControl = "no-store";
        if (context.Request.IsHttps)
            headers.StrictTransportSecurity = "max-age=31536000";
        return Task.CompletedTask;
    }
}
