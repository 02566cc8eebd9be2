using System.Diagnostics.CodeAnalysis;

namespace SigningProxy.LocalAws.Verification;

/// <summary>The query form of a signature, as the S3 page "Authenticating Requests: Using Query Parameters" has it.</summary>
internal static class PresignedQuery
{
    public const string SecurityToken = "X-Amz-Security-Token";

    private const string Algorithm = "X-Amz-Algorithm";
    private const string Signature = "X-Amz-Signature";
    private const string RegionSet = "X-Amz-Region-Set";

    private static readonly string[] Required = [Algorithm, "X-Amz-Credential", Signature, "X-Amz-Date", "X-Amz-SignedHeaders", "X-Amz-Expires"];
    private static readonly string[] All = [.. Required, SecurityToken];

    /// <summary>Whether a query holds any part of a signature, in whatever case.</summary>
    public static bool IsIn(IReadOnlyList<KeyValuePair<string, string>> query) =>
        query.Any(parameter => All.Contains(parameter.Key, StringComparer.OrdinalIgnoreCase));

    /// <summary>Reads the signature of a presigned URL; when it is malformed <paramref name="fault"/> says how, without quoting it.</summary>
    public static bool TryRead(
        IReadOnlyList<KeyValuePair<string, string>> query, [NotNullWhen(true)] out SignatureClaim? claim, [NotNullWhen(false)] out string? fault)
    {
        claim = null;
        var algorithm = CanonicalQuery.Value(query, Algorithm);
        string[] required = algorithm == AuthorizationHeader.Ecdsa ? [.. Required, RegionSet] : Required;
        if (required.Any(name => query.Count(parameter => parameter.Key == name) != 1) || query.Count(parameter => parameter.Key == SecurityToken) > 1)
        {
            fault = $"Query-string authentication version 4 requires the {string.Join(", ", required)} parameters, each once.";
            return false;
        }

        if (algorithm is not (AuthorizationHeader.Hmac or AuthorizationHeader.Ecdsa))
        {
            fault = $"X-Amz-Algorithm only supports \"{AuthorizationHeader.Hmac}\" and \"{AuthorizationHeader.Ecdsa}\".";
            return false;
        }

        var parts = ((string[])["Credential", "SignedHeaders", "Signature"]).ToDictionary(name => name, name => CanonicalQuery.Value(query, "X-Amz-" + name)!);
        fault = AuthorizationHeader.Read(algorithm, parts, out var header);
        if (fault is not null)
        {
            return false;
        }

        claim = new(header!, CanonicalQuery.Value(query, "X-Amz-Date"), CanonicalQuery.Value(query, SecurityToken) ?? "")
        {
            RegionSet = CanonicalQuery.Value(query, RegionSet),
            Lifetime = CanonicalQuery.Value(query, "X-Amz-Expires"),
        };
        return true;
    }

    /// <summary>The parameters that the signature covers.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Covered(IReadOnlyList<KeyValuePair<string, string>> query, ServiceRules rules) =>
    [
        .. query.Where(parameter => parameter.Key != Signature
            && !(parameter.Key == SecurityToken && rules.SecurityToken == SecurityTokenSigning.AddedAfterwards)),
    ];
}
