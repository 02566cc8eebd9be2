namespace SigningProxy.LocalAws.Verification;

/// <summary>CanonicalRequest of the AWS guide.</summary>
internal static class CanonicalRequest
{
    /// <param name="request">The request as received.</param>
    /// <param name="signedHeaders">Each must be among the received headers.</param>
    /// <param name="path">The canonical path.</param>
    /// <param name="query">The parameters that the signature covers.</param>
    /// <param name="payload">What is said of the body.</param>
    public static string Of(
        ReceivedRequest request, IReadOnlyList<string> signedHeaders, string path, IReadOnlyList<KeyValuePair<string, string>> query, string payload) => string.Join(
        '\n',
        request.Method,
        path,
        CanonicalQuery.Of(query),
        CanonicalHeaders.Of(request, signedHeaders),
        string.Join(';', signedHeaders),
        payload);
}
