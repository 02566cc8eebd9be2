using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace SigningProxy.LocalAws.Verification;

/// <summary>
/// The parts of a signature. In a header: <c>{algorithm} Credential=..., SignedHeaders=..., Signature=...</c>.
/// Read strictly: each part once, in any order, and nothing else.
/// </summary>
/// <param name="Algorithm">How it was signed.</param>
/// <param name="AccessKeyId">The first part of the Credential: an access key id, or with X.509 the certificate's serial number.</param>
/// <param name="Scope">The rest of the Credential.</param>
/// <param name="SignedHeaders">Lower case, sorted, each once.</param>
/// <param name="Signature">Lower-case hexadecimal digits, of HMAC 64, otherwise of a DER sequence or an RSA signature.</param>
internal sealed record AuthorizationHeader(
    string Algorithm, string AccessKeyId, CredentialScope Scope, IReadOnlyList<string> SignedHeaders, string Signature)
{
    public const string Hmac = "AWS4-HMAC-SHA256";
    public const string Ecdsa = "AWS4-ECDSA-P256-SHA256";
    public const string X509Rsa = "AWS4-X509-RSA-SHA256";
    public const string X509Ecdsa = "AWS4-X509-ECDSA-SHA256";

    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789");

    /// <summary>Whether the text is a lower-case hexadecimal SHA-256.</summary>
    public static bool IsSha256(string text) => text.Length == 64 && !text.AsSpan().ContainsAnyExcept(LowerHex);

    /// <summary>Whether the text is lower-case hexadecimal digits, two a byte, of a signature that is no SHA-256.</summary>
    public static bool IsLowerHex(string text) => text.Length is > 0 and <= 2048 && text.Length % 2 == 0 && !text.AsSpan().ContainsAnyExcept(LowerHex);

    /// <summary>Parses a header that was signed with a secret key, or the key pair derived from it.</summary>
    public static bool TryParse(string value, [NotNullWhen(true)] out AuthorizationHeader? header, [NotNullWhen(false)] out string? fault) =>
        TryParse(value, [Hmac, Ecdsa], out header, out fault);

    /// <summary>Parses the header; when it is malformed <paramref name="fault"/> says how, without quoting it.</summary>
    public static bool TryParse(
        string value, string[] algorithms, [NotNullWhen(true)] out AuthorizationHeader? header, [NotNullWhen(false)] out string? fault)
    {
        header = null;
        var algorithm = value.Split(' ', 2)[0];
        if (!algorithms.Contains(algorithm, StringComparer.Ordinal) || algorithm.Length == value.Length)
        {
            fault = $"Authorization must start with '{string.Join(" ' or '", algorithms)} '.";
            return false;
        }

        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in value[algorithm.Length..].Split(',', StringSplitOptions.TrimEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0 || part[..equals] is not ("Credential" or "SignedHeaders" or "Signature") || !parts.TryAdd(part[..equals], part[(equals + 1)..]))
            {
                fault = "Authorization must hold 'Credential', 'SignedHeaders' and 'Signature', each once, separated by commas, and nothing else.";
                return false;
            }
        }

        foreach (var name in (string[])["Credential", "SignedHeaders", "Signature"])
        {
            if (!parts.ContainsKey(name))
            {
                fault = $"Authorization header requires '{name}' parameter.";
                return false;
            }
        }

        fault = Read(algorithm, parts, out header);
        return header is not null && fault is null;
    }

    /// <summary>Reads the parts; what is malformed is told, without quoting it.</summary>
    public static string? Read(string algorithm, IReadOnlyDictionary<string, string> parts, out AuthorizationHeader? header)
    {
        header = null;
        if (Credential(algorithm, parts["Credential"]) is not { } credential)
        {
            return algorithm == Ecdsa
                ? "Credential must have exactly four parts, AccessKeyId/yyyyMMdd/service/aws4_request."
                : "Credential must have exactly five parts, AccessKeyId/yyyyMMdd/region/service/aws4_request.";
        }

        var signed = parts["SignedHeaders"].Split(';');
        for (var i = 0; i < signed.Length; i++)
        {
            if (signed[i].Length == 0 || signed[i].Any(char.IsAsciiLetterUpper) || (i > 0 && string.CompareOrdinal(signed[i - 1], signed[i]) >= 0))
            {
                return "SignedHeaders must be lower-case header names, sorted, each once, separated by semicolons.";
            }
        }

        var signature = parts["Signature"];
        if (algorithm == Hmac ? !IsSha256(signature) : !IsLowerHex(signature))
        {
            return $"Signature must be {(algorithm == Hmac ? "64 " : "")}lower-case hexadecimal digits.";
        }

        header = new(algorithm, credential.Id, credential.Scope, signed, signature);
        return null;
    }

    // A signature for a set of regions names none of them in its scope
    private static (string Id, CredentialScope Scope)? Credential(string algorithm, string text) => (algorithm, text.Split('/')) switch
    {
        (Ecdsa, [{ Length: > 0 } id, { Length: 8 } date, { Length: > 0 } service, CredentialScope.Terminator])
            when !date.AsSpan().ContainsAnyExcept(Digits) => (id, new(date, "", service)),
        (not Ecdsa, [{ Length: > 0 } id, { Length: 8 } date, { Length: > 0 } region, { Length: > 0 } service, CredentialScope.Terminator])
            when !date.AsSpan().ContainsAnyExcept(Digits) => (id, new(date, region, service)),
        _ => null,
    };
}
