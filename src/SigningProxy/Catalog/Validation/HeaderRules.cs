using System.Buffers;
using System.Collections.Frozen;

namespace SigningProxy.Catalog.Validation;

/// <summary>What header names and values may be set or kept by the catalog.</summary>
internal static class HeaderRules
{
    /// <summary>Headers of the proxy's own, in both directions.</summary>
    public const string OwnPrefix = "X-SigningProxy-";

    // RFC 9110, section 5.6.2.
    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    // Those the signer or the connection owns, and what Connection may name.
    private static readonly FrozenSet<string> Reserved = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        "Host", "Authorization", "Content-Length", "Transfer-Encoding", "Connection", "Keep-Alive", "Proxy-Connection", "Proxy-Authenticate",
        "Proxy-Authorization", "TE", "Trailer", "Upgrade", "Expect", "Cookie", "X-Amz-Date", "X-Amz-Security-Token", "X-Amz-Content-Sha256",
        "X-Amz-Region-Set");

    public static bool IsToken(string name) => name.Length > 0 && !name.AsSpan().ContainsAnyExcept(TokenCharacters);

    public static bool IsReserved(string name) => Reserved.Contains(name) || IsOwn(name);

    public static bool IsOwn(string name) => name.StartsWith(OwnPrefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>Visible ASCII, spaces and tabs: a CR or LF would begin another header, and other bytes have no agreed meaning.</summary>
    public static bool IsValue(string value) => value.All(c => c is '\t' or (>= ' ' and <= '~'));
}
