namespace SigningProxy.LocalAws.Verification;

/// <summary>What a request says of its signature, in its headers or, presigned, in its query. Nothing of it is believed yet.</summary>
/// <param name="Parts">Algorithm, credential, signed headers and signature.</param>
/// <param name="Time">The signing time as it is written; null when there is none, or more than one.</param>
/// <param name="Token">The security token; empty when there is none.</param>
internal sealed record SignatureClaim(AuthorizationHeader Parts, string? Time, string Token)
{
    /// <summary>The regions of Signature Version 4A as they are written; null when there are none.</summary>
    public string? RegionSet { get; init; }

    /// <summary>How many seconds a presigned URL is good for, as it is written; null in the header form.</summary>
    public string? Lifetime { get; init; }

    public bool IsPresigned => Lifetime is not null;

    public static SignatureClaim OfHeaders(ReceivedRequest request, AuthorizationHeader header) =>
        new(header, request.Single("x-amz-date"), string.Join(',', request.Values("x-amz-security-token"))) { RegionSet = request.Single("x-amz-region-set") };
}
