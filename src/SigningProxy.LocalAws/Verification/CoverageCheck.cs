namespace SigningProxy.LocalAws.Verification;

/// <summary>The signature covers what it must: host, every x-amz header, and nothing that is not there.</summary>
internal static class CoverageCheck
{
    private const string SecurityToken = "x-amz-security-token";

    public static Refused? Refusal(ReceivedRequest request, IReadOnlyList<string> signedHeaders, ServiceRules rules)
    {
        if (!signedHeaders.Contains("host", StringComparer.Ordinal) || request.Single("host") is null)
        {
            return new("SignatureDoesNotMatch", "'Host' must be a 'SignedHeader' in the AWS Authorization, and sent once.");
        }

        var absent = signedHeaders.FirstOrDefault(name => request.Values(name).Count == 0);
        if (absent is not null)
        {
            return new("SignatureDoesNotMatch", $"'{absent}' is named in SignedHeaders but is not in the request.");
        }

        var unsigned = request.Headers.Select(header => header.Key.ToLowerInvariant()).FirstOrDefault(name =>
            name.StartsWith("x-amz-", StringComparison.Ordinal)
            && !signedHeaders.Contains(name, StringComparer.Ordinal)
            && !(name == SecurityToken && rules.SecurityToken == SecurityTokenSigning.AddedAfterwards));
        return unsigned is null
            ? null
            : new("AccessDenied", $"There were headers present in the request which were not signed: '{unsigned}'.");
    }
}
