using System.Buffers;
using SigningProxy.SigV4;

namespace SigningProxy.Callers.Proofs;

/// <summary>The <c>Authorization</c> header of Signature Version 4, taken apart. Read strictly: in the one form that SDKs write.</summary>
/// <param name="AccessKeyId">Whose signature it is said to be.</param>
/// <param name="Date">The day of the credential scope, 8 digits.</param>
/// <param name="Scope">Region and service of the credential scope.</param>
/// <param name="SignedHeaders">Their names: in lower case, in order, each once.</param>
/// <param name="Signature">64 hexadecimal digits in lower case.</param>
/// <remarks>AWS IAM User Guide, "Create a signed AWS API request", step 5.</remarks>
internal sealed record SigV4Authorization(string AccessKeyId, string Date, CredentialScope Scope, string[] SignedHeaders, string Signature)
{
    private const int LongestPart = 128;
    private const int MostSignedHeaders = 128;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789");
    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");
    private static readonly SearchValues<char> OfKeyIds = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");
    private static readonly SearchValues<char> OfScopes = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");
    private static readonly SearchValues<char> OfNames = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_.!#$%&'*+^`|~");

    /// <summary>Whether a header claims any signature of AWS's, also one that cannot be read.</summary>
    public static bool IsClaimed(string? header) => header.AsSpan().TrimStart().StartsWith("AWS4-", StringComparison.OrdinalIgnoreCase);

    /// <summary>Takes a header apart.</summary>
    /// <returns>Null where it is not of the form.</returns>
    public static SigV4Authorization? Parse(ReadOnlySpan<char> header)
    {
        if (!TryTake(ref header, SigV4Signer.Algorithm + " Credential=")
            || !TryTakeUntil(ref header, '/', OfKeyIds, out var id)
            || !TryTakeUntil(ref header, '/', Digits, out var date) || date.Length != 8
            || !TryTakeUntil(ref header, '/', OfScopes, out var region)
            || !TryTakeUntil(ref header, '/', OfScopes, out var service)
            || !TryTake(ref header, "aws4_request,"))
        {
            return null;
        }
        // SDKs write a space behind each comma; some others do not.
        header = header.TrimStart(' ');
        if (!TryTake(ref header, "SignedHeaders="))
            return null;
        var end = header.IndexOf(',');
        if (end < 0 || Names(header[..end]) is not { } names)
            return null;
        header = header[(end + 1)..].TrimStart(' ');
        return TryTake(ref header, "Signature=") && header.Length == 64 && !header.ContainsAnyExcept(LowerHex)
            ? new SigV4Authorization(id.ToString(), date.ToString(), new CredentialScope(region.ToString(), service.ToString()), names, header.ToString())
            : null;
    }

    /// <summary>Not the signature, which is good for another five minutes.</summary>
    public override string ToString() => $"{AccessKeyId}/{Date}/{Scope.Region}/{Scope.Service} (signature not shown)";

    private static string[]? Names(ReadOnlySpan<char> text)
    {
        if (text.Count(';') >= MostSignedHeaders)
            return null;
        var names = text.ToString().Split(';');
        for (var i = 0; i < names.Length; i++)
        {
            if (names[i].Length == 0 || names[i].AsSpan().ContainsAnyExcept(OfNames) || (i > 0 && string.CompareOrdinal(names[i - 1], names[i]) >= 0))
                return null;
        }
        return names;
    }

    private static bool TryTake(ref ReadOnlySpan<char> text, string prefix)
    {
        if (!text.StartsWith(prefix, StringComparison.Ordinal))
            return false;
        text = text[prefix.Length..];
        return true;
    }

    private static bool TryTakeUntil(ref ReadOnlySpan<char> text, char end, SearchValues<char> allowed, out ReadOnlySpan<char> part)
    {
        var at = text.IndexOf(end);
        part = at < 0 ? default : text[..at];
        if (part.Length is 0 or > LongestPart || part.ContainsAnyExcept(allowed))
            return false;
        text = text[(at + 1)..];
        return true;
    }
}
