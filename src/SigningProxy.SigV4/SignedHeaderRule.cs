using System.Collections.Frozen;

namespace SigningProxy.SigV4;

/// <summary>Which headers of a request belong among the signed ones.</summary>
/// <remarks>
/// AWS asks for <c>host</c> and every <c>x-amz-*</c>; signing more than needed only gives a header that something between
/// here and AWS rewrites the power to break the signature.
/// </remarks>
public static class SignedHeaderRule
{
    private static readonly FrozenSet<string> Signed =
        new[] { "host", "content-type", "content-md5" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Never = new[]
    {
        // Of one connection, or changed by the client library on the way out.
        "connection", "keep-alive", "proxy-connection", "content-length", "transfer-encoding", "te", "trailer", "upgrade", "expect",
        "accept-encoding", "user-agent", "range", "authorization", "cookie",
        // Rewritten by every hop.
        "via", "forwarded",
        // Injected after the signature stands.
        "traceparent", "tracestate", "baggage", "correlation-context", "request-id", "x-amzn-trace-id",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a header is signed when nobody says otherwise: host, content-type, content-md5 and every <c>x-amz-*</c>.</summary>
    /// <param name="name">The header's name, in any case.</param>
    public static bool ByDefault(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Signed.Contains(name) || name.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Whether a header must never be signed, even when it was set on purpose: something behind the signer changes it.</summary>
    /// <param name="name">The header's name, in any case.</param>
    public static bool IsNever(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Never.Contains(name) || name.StartsWith("x-forwarded-", StringComparison.OrdinalIgnoreCase);
    }
}
