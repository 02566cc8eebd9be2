namespace SigningProxy.LocalAws.Verification;

/// <summary>The request target can be read, and the query does not sign a second time a request that is signed in a header.</summary>
internal static class TargetCheck
{
    /// <param name="path">The canonical path; null when it could not be read.</param>
    /// <param name="query">The query parameters; null when they could not be read.</param>
    /// <param name="presigned">Whether the query is where the signature is.</param>
    public static Refused? Refusal(string? path, IReadOnlyList<KeyValuePair<string, string>>? query, bool presigned = false)
    {
        if (path is null)
        {
            return new("InvalidURI", "Couldn't parse the specified URI.");
        }

        if (query is null)
        {
            return new("MalformedQueryString", "The query string contains a syntax error: a percent sign without two hexadecimal digits.");
        }

        return !presigned && PresignedQuery.IsIn(query)
            ? new("InvalidArgument", "Only one auth mechanism allowed: the X-Amz query parameters of a presigned URL or the Authorization header, not both.")
            : null;
    }
}
