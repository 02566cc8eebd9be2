using SigningProxy.SigV4;

namespace SigningProxy.Destinations;

/// <summary>A request as it goes to its destination: what is signed is what is here, to the character.</summary>
internal sealed class OutboundRequest
{
    public required string Method { get; init; }

    /// <summary>As sent, percent-encoded.</summary>
    public required string Path { get; init; }

    /// <summary>Without its question mark.</summary>
    public required string Query { get; init; }

    /// <summary>What the Host header says.</summary>
    public required string Host { get; init; }

    /// <summary>All headers but Host and those that frame the body.</summary>
    public List<RequestHeader> Headers { get; } = new(16);

    /// <summary>Null where there is none.</summary>
    public RequestBody? Body { get; init; }

    /// <summary>
    /// Whether sending it twice does what sending it once does (RFC 9110, section 9.2.2), and its body can be sent twice. A change on a
    /// condition is not repeated: the first may have made the condition untrue, and the second would say that it was lost.
    /// </summary>
    public bool MayBeRepeated =>
        Body is not { Held: null } && (Method is "GET" or "HEAD" or "OPTIONS" || (Method is "PUT" or "DELETE" && !Headers.Exists(h => h.Name.StartsWith("If-", StringComparison.OrdinalIgnoreCase))));

    /// <summary>Puts a header in the place of all that stood under its name.</summary>
    public void Set(string name, string value)
    {
        for (var i = 0; i < Headers.Count; i++)
        {
            if (!Is(Headers[i], name))
                continue;
            Headers[i] = new RequestHeader(name, value);
            for (var other = Headers.Count - 1; other > i; other--)
            {
                if (Is(Headers[other], name))
                    Headers.RemoveAt(other);
            }
            return;
        }
        Headers.Add(new RequestHeader(name, value));
    }

    /// <summary>Adds a value to what stands under a name, in the same line.</summary>
    public void Join(string name, string value)
    {
        var at = Headers.FindIndex(h => Is(h, name));
        if (at < 0)
            Headers.Add(new RequestHeader(name, value));
        else
            Headers[at] = Headers[at] with { Value = $"{Headers[at].Value}, {value}" };
    }

    public void Remove(string name)
    {
        for (var i = Headers.Count - 1; i >= 0; i--)
        {
            if (Is(Headers[i], name))
                Headers.RemoveAt(i);
        }
    }

    private static bool Is(in RequestHeader header, string name) => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase);
}
