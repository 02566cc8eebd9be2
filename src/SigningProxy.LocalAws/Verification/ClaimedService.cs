namespace SigningProxy.LocalAws.Verification;

/// <summary>Whom a request says it is for, before anything about it is believed.</summary>
internal static class ClaimedService
{
    /// <summary>The service of the credential scope; null when none can be read.</summary>
    public static string? Of(ReceivedRequest request)
    {
        var credential = request.Values("authorization") is [var value, ..]
            ? value.Split(' ', ',').FirstOrDefault(part => part.StartsWith("Credential=", StringComparison.Ordinal))
            : CanonicalQuery.Parse(request.RawQuery) is { } query ? CanonicalQuery.Value(query, "X-Amz-Credential") : null;
        return credential?.Split('/') is [_, _, .., var service, CredentialScope.Terminator] ? service : null;
    }
}
