using System.Text;

namespace SigningProxy.SigV4;

/// <summary>Takes the headers of a request that a signature covers.</summary>
internal static class HeadersToSign
{
    /// <summary>Up to this many, their order needs no memory but the stack's.</summary>
    public const int OnStack = 64;

    /// <param name="request">Whose headers.</param>
    /// <param name="own">The names that the signer sets itself, whatever the request holds under them.</param>
    /// <param name="into">Takes the others.</param>
    /// <returns>How many were taken.</returns>
    /// <exception cref="ArgumentException">They do not hold exactly one host, or one that no HTTP message could.</exception>
    public static int Take(in SigningRequest request, ReadOnlySpan<string> own, Span<RequestHeader> into)
    {
        var count = 0;
        var hosts = 0;
        foreach (var header in request.Headers)
        {
            if (string.IsNullOrEmpty(header.Name) || !Ascii.IsValid(header.Name) || header.Value.AsSpan().ContainsAny('\r', '\n'))
                throw new ArgumentException("A header to sign has a name in ASCII and a value of one line.", nameof(request));
            if (Contains(own, header.Name))
                continue;
            if (header.Name.Equals("host", StringComparison.OrdinalIgnoreCase))
                hosts++;
            into[count++] = header;
        }
        if (hosts != 1)
            throw new ArgumentException($"The headers to sign hold exactly one host; these hold {hosts}.", nameof(request));
        return count;
    }

    private static bool Contains(ReadOnlySpan<string> names, string name)
    {
        foreach (var own in names)
        {
            if (own.Equals(name, StringComparison.OrdinalIgnoreCase))
                return true;
        }
        return false;
    }
}
