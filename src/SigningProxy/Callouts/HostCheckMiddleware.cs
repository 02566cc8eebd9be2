using System.Collections.Frozen;
using System.Net;
using Microsoft.Extensions.Options;

namespace SigningProxy.Callouts;

/// <summary>
/// Keeps browsers out: a web page can make its visitor's browser send requests to localhost, by a name it rebinds or across sites.
/// The first thing that judges a request; not asked on a Unix socket, which no browser reaches.
/// </summary>
internal sealed class HostCheckMiddleware(RequestDelegate next, IOptions<CalloutsOptions> options)
{
    private readonly FrozenSet<string> _hosts = options.Value.AllowedHosts.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    private readonly FrozenSet<string> _origins = options.Value.AllowedOrigins.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public Task InvokeAsync(HttpContext context)
    {
        if (context.Features.Get<Listener>() is { Transport: ListenerTransport.UnixSocket })
            return next(context);
        if (Judge(context.Request) is { } refusal)
            return refusal.WriteAsync(context);
        if (IsNavigation(context.Request))
            context.Response.OnStarting(Sandbox, context.Response);
        return next(context);
    }

    private Refusal? Judge(HttpRequest request)
    {
        // Kestrel lets HTTP/1.0 do without a Host, and does not count them there.
        if (request.Headers.Host.Count != 1 || !request.Host.HasValue)
            return new Refusal(RefusalKind.HostMissing, "Send exactly one Host header, such as \"Host: localhost:8080\".");
        if (!IsAllowed(request.Host.Host))
        {
            return new Refusal(
                RefusalKind.HostNotAllowed,
                "Call the proxy as localhost, as a loopback address or as {NamedCredential}.localhost; other names must be listed in SigningProxy:Callouts:AllowedHosts.");
        }
        foreach (var site in request.Headers["Sec-Fetch-Site"])
        {
            if (site is not ("none" or "same-origin"))
                return new Refusal(RefusalKind.CrossSite, "A browser says that another site's page made this request (Sec-Fetch-Site).");
        }
        foreach (var origin in request.Headers.Origin)
        {
            if (origin is null || !_origins.Contains(origin))
                return new Refusal(RefusalKind.CrossSite, "A browser says which page made this request (Origin), and that origin is not listed in SigningProxy:Callouts:AllowedOrigins.");
        }
        return null;
    }

    private bool IsAllowed(string host) =>
        host == "127.0.0.1"
        || host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address))
        || _hosts.Contains(host);

    private static bool IsNavigation(HttpRequest request) =>
        request.Headers["Sec-Fetch-Mode"] == "navigate"
        || request.Headers["Sec-Fetch-Dest"].ToString() is "document" or "iframe" or "frame" or "embed" or "object";

    /// <summary>What a destination answers must not run as a page of localhost.</summary>
    private static Task Sandbox(object state)
    {
        var headers = ((HttpResponse)state).Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "sandbox";
        return Task.CompletedTask;
    }
}
