using System.Collections.Frozen;
using Microsoft.Extensions.Primitives;
using SigningProxy.Callers;
using SigningProxy.Callouts;
using SigningProxy.Catalog;
using SigningProxy.Destinations;
using SigningProxy.SigV4;

namespace SigningProxy.Forwarding;

/// <summary>Turns the headers the caller sent into those that are sent, but for what the signer adds.</summary>
internal sealed class OutboundHeaders
{
    /// <summary>What is meant for one hop alone, in either direction; what frames a body is written anew for each.</summary>
    public static readonly FrozenSet<string> OfOneHop = new[]
    {
        "Connection", "Transfer-Encoding", "Keep-Alive", "Upgrade", "Proxy-Connection", "Proxy-Authenticate", "Proxy-Authentication-Info", "Proxy-Authorization",
        "Proxy-Features", "Proxy-Instruction", "Security-Scheme", "ALPN", "Close", "HTTP2-Settings", "Upgrade-Insecure-Requests", "TE", "Alt-Svc",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    // What a caller signed with. Sent on beside our signature it would be refused, or believed.
    private static readonly string[] SignedWith = ["Authorization", "X-Amz-Date", "X-Amz-Security-Token", "X-Amz-Content-Sha256", "X-Amz-Region-Set"];

    private readonly NamedCredential _named;
    private readonly CustomHeader[] _custom;
    private readonly FrozenSet<string> _dropped;

    public OutboundHeaders(NamedCredential named)
    {
        _named = named;
        var own = named.CustomHeaders.Select(h => h.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        _custom = [.. named.CustomHeaders, .. named.ExternalCredential.CustomHeaders.Where(h => !own.Contains(h.Name))];
        CustomNames = _custom.Select(h => h.Name).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        _dropped = new[]
        {
            ["Host", "Content-Length", "Expect"],
            OfOneHop,
            named.GenerateAuthorizationHeader ? SignedWith : [],
            named.CallerHeaders.Remove,
            named.CallerHeaders.KeepAs.SelectMany(k => new[] { k.Key, k.Value }),
            CustomNames,
        }.SelectMany(names => names).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The names of the custom headers, which are signed beside those that always are.</summary>
    public FrozenSet<string> CustomNames { get; }

    /// <summary>Puts the headers on an outgoing request.</summary>
    public void Apply(HttpRequest from, OutboundRequest to, Caller caller, Principal principal)
    {
        var listed = from.Headers.Connection;
        foreach (var (name, values) in from.Headers)
        {
            if (!_dropped.Contains(name) && !IsOurs(name) && !name.StartsWith(':') && (listed.Count == 0 || !IsListed(listed, name)))
                Add(to, name, values);
        }
        foreach (var (name, newName) in _named.CallerHeaders.KeepAs)
            Add(to, newName, from.Headers[name]);
        foreach (var header in _custom)
        {
            var value = header.Value.Reveal();
            to.Join(header.Name, _named.AllowMergeFieldsInHeader ? MergeFields.Fill(value, caller, _named, principal) : value);
        }
    }

    /// <summary>Whether a header belongs to the proxy and its callers alone, in either direction.</summary>
    public static bool IsOurs(string name) => name.StartsWith(CalloutMiddleware.ReservedPrefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether Connection lists a name, which is meant for that hop alone then (RFC 9110, section 7.6.1).</summary>
    public static bool IsListed(StringValues connection, string name)
    {
        foreach (var line in connection)
        {
            foreach (var part in line.AsSpan().Split(','))
            {
                if (line.AsSpan()[part].Trim().Equals(name, StringComparison.OrdinalIgnoreCase))
                    return true;
            }
        }
        return false;
    }

    private void Add(OutboundRequest to, string name, StringValues values)
    {
        if (values.Count > 1 && OutboundSignature.Covers(name, CustomNames))
        {
            to.Headers.Add(new RequestHeader(name, string.Join(", ", values.ToArray())));
            return;
        }
        foreach (var value in values)
            to.Headers.Add(new RequestHeader(name, value ?? ""));
    }
}
