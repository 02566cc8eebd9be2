using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using SigningProxy.Callouts;

namespace SigningProxy.Tests.Fuzz;

/// <summary>A request as Kestrel hands it over.</summary>
/// <param name="Method">The method.</param>
/// <param name="Target">The raw target.</param>
/// <param name="Headers">The header lines; a name may come twice.</param>
internal sealed record FuzzedRequest(string Method, string Target, params IReadOnlyList<(string Name, string Value)> Headers)
{
    /// <summary>Everything that the header's lines hold, or null where there is none.</summary>
    public string? Joined(string header) => Values(header) is { Length: > 0 } values ? string.Join(',', values) : null;

    public string[] Values(string header) => [.. Headers.Where(h => h.Name.Equals(header, StringComparison.OrdinalIgnoreCase)).Select(h => h.Value)];

    public override string ToString() =>
        System.Text.Json.JsonSerializer.Serialize(new[] { Method, Target }.Concat(Headers.Select(h => $"{h.Name}: {h.Value}")));

    public DefaultHttpContext Context(AcceptedProofs accepted = AcceptedProofs.Loopback)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = Method;
        context.Features.Get<IHttpRequestFeature>()!.RawTarget = Target;
        foreach (var line in Headers.GroupBy(h => h.Name, h => h.Value, StringComparer.OrdinalIgnoreCase))
            context.Request.Headers[line.Key] = new StringValues([.. line]);
        context.Features.Set(new Listener(ListenerPurpose.Callouts, ListenerTransport.Tcp, accepted));
        return context;
    }
}
