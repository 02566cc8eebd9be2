using System.Buffers;
using System.Collections.Frozen;
using System.Net.Http.Headers;
using SigningProxy.Callers;
using SigningProxy.Callouts;
using SigningProxy.Catalog;
using Yarp.ReverseProxy.Transforms;

namespace SigningProxy.Forwarding;

/// <summary>Turns the headers the caller sent into those that are sent, but for what the signer adds.</summary>
internal sealed class OutboundHeaders
{
    private static readonly FrozenSet<string> OfTheBody = new[]
    {
        "Allow", "Content-Disposition", "Content-Encoding", "Content-Language", "Content-Length", "Content-Location", "Content-MD5", "Content-Range",
        "Content-Type", "Expires", "Last-Modified",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    // What a caller signed with. Sent on beside our signature it would be refused, or believed.
    private static readonly string[] SignedWith = ["Authorization", "X-Amz-Date", "X-Amz-Security-Token", "X-Amz-Content-Sha256", "X-Amz-Region-Set"];

    private static readonly SearchValues<char> InTokens =
        SearchValues.Create("!#$%&'*+-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ^_`abcdefghijklmnopqrstuvwxyz|~");

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
            ["Expect"],
            named.GenerateAuthorizationHeader ? SignedWith : [],
            named.CallerHeaders.Remove,
            named.CallerHeaders.KeepAs.SelectMany(k => new[] { k.Key, k.Value }),
            CustomNames,
        }.SelectMany(names => names).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The names of the custom headers, which are signed beside those that always are.</summary>
    public FrozenSet<string> CustomNames { get; }

    /// <summary>Judges and changes the headers of an outgoing request that holds a copy of the caller's.</summary>
    public void Apply(HttpRequest from, HttpRequestMessage to, Destination destination, Caller caller, Principal principal)
    {
        // Connection names what is meant for this hop alone (RFC 9110, section 7.6.1); YARP drops a fixed list only.
        foreach (var line in from.Headers.Connection)
        {
            foreach (var name in (line ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                Remove(to, name);
        }
        Drop(to, to.Headers);
        if (to.Content is { } content)
            Drop(to, content.Headers);

        foreach (var (name, newName) in _named.CallerHeaders.KeepAs)
        {
            foreach (var value in from.Headers[name])
                Add(to, newName, value ?? "");
        }
        foreach (var header in _custom)
        {
            var value = header.Value.Reveal();
            Add(to, header.Name, _named.AllowMergeFieldsInHeader ? MergeFields.Fill(value, caller, _named, principal) : value);
        }
        to.Headers.Host = _named.SignHost ?? destination.Host;
    }

    /// <summary>Drops what is not sent on. Most requests hold none of it, and nothing is allocated for them.</summary>
    private void Drop(HttpRequestMessage request, HttpHeaders headers)
    {
        List<string>? dropped = null;
        foreach (var (name, _) in headers.NonValidated)
        {
            if (_dropped.Contains(name) || IsOurs(name))
                (dropped ??= []).Add(name);
        }
        foreach (var name in dropped ?? [])
            Remove(request, name);
    }

    /// <summary>Whether a header belongs to the proxy and its callers alone, in either direction.</summary>
    public static bool IsOurs(string name) => name.StartsWith(CalloutMiddleware.ReservedPrefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>Puts a header in place of what stood under its name.</summary>
    public static void Set(HttpRequestMessage request, string name, string value)
    {
        Remove(request, name);
        Add(request, name, value);
    }

    private static void Add(HttpRequestMessage request, string name, string value)
    {
        if (OfTheBody.Contains(name) && request.Content is null)
        {
            EmptyContent.Begin(request, name, value);
            return;
        }
        HttpHeaders headers = OfTheBody.Contains(name) ? request.Content!.Headers : request.Headers;
        // A header that cannot be added must not be left out in silence: what is sent would differ from what was declared.
        if (!headers.TryAddWithoutValidation(name, value))
            throw new SigningException($"The header {name} cannot be sent.");
    }

    private static void Remove(HttpRequestMessage request, string name)
    {
        if (!OfTheBody.Contains(name))
        {
            if (IsToken(name))
                request.Headers.Remove(name);
        }
        // The length frames the body on this hop; whatever a caller says of it, it is ours to give.
        else if (!name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
        {
            request.Content?.Headers.Remove(name);
        }
    }

    private static bool IsToken(string name) => !name.AsSpan().ContainsAnyExcept(InTokens);

    /// <summary>The one content that YARP takes from a transform for a request without a body: its own empty one, which only its transforms can make.</summary>
    private sealed class EmptyContent : RequestTransform
    {
        public static void Begin(HttpRequestMessage request, string name, string value) =>
            AddHeader(new RequestTransformContext { ProxyRequest = request }, name, value);

        public override ValueTask ApplyAsync(RequestTransformContext context) => default;
    }
}
