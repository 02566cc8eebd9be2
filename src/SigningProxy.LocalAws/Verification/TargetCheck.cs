namespace SigningProxy.LocalAws.Verification;

/// <summary>The request target can be read, and the query does not sign the request a second time.</summary>
internal static class TargetCheck
{
    private static readonly string[] PresignParameters =
    [
        "X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date", "X-Amz-Expires", "X-Amz-SignedHeaders", "X-Amz-Signature", "X-Amz-Security-Token",
    ];

    /// <param name="path">The canonical path; null when it could not be read.</param>
    /// <param name="query">The query parameters; null when they could not be read.</param>
    public static Refused? Refusal(string? path, IReadOnlyList<KeyValuePair<string, string>>? query)
    {
        if (path is null)
        {
            return new("InvalidURI", "Couldn't parse the specified URI.");
        }

        if (query is null)
        {
            return new("MalformedQueryString", "The query string contains a syntax error: a percent sign without two hexadecimal digits.");
        }

        return query.Any(parameter => PresignParameters.Contains(parameter.Key, StringComparer.OrdinalIgnoreCase))
            ? new("InvalidArgument", "Only one auth mechanism allowed: the X-Amz query parameters of a presigned URL or the Authorization header, not both.")
            : null;
    }
}
