namespace SigningProxy.LocalAws.Verification;

/// <summary>
/// Verifies Signature Version 4 and 4A, in headers and in the query, on a request as received, as the AWS guide "Create a signed AWS API request"
/// has it: form, target, time, key, coverage, signature, token, body, in this order. Stricter than AWS where a lax answer would hide a signer's mistake.
/// </summary>
/// <param name="findKey">The key of an access key id; null when nobody knows it.</param>
/// <param name="unsignedPayload">Where UNSIGNED-PAYLOAD is accepted.</param>
/// <param name="time">The clock that signing times and expirations are held against.</param>
internal sealed class SignatureVerifier(Func<string, LocalKey?> findKey, UnsignedPayload unsignedPayload, TimeProvider time)
{
    public static readonly Refused Mismatch = new(
        "SignatureDoesNotMatch",
        "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.");

    public VerificationOutcome Verify(ReceivedRequest request)
    {
        var query = CanonicalQuery.Parse(request.RawQuery);
        var (claim, refused) = Read(request, query);
        return claim is null ? refused! : Verify(request, query, claim);
    }

    // One of the two
    private static (SignatureClaim? Claim, Refused? Refused) Read(ReceivedRequest request, IReadOnlyList<KeyValuePair<string, string>>? query)
    {
        switch (request.Values("authorization"))
        {
            case [var value]:
                return AuthorizationHeader.TryParse(value, out var header, out var fault)
                    ? (SignatureClaim.OfHeaders(request, header), null)
                    : (null, new("IncompleteSignature", fault));
            case [] when query is not null && PresignedQuery.IsIn(query):
                return PresignedQuery.TryRead(query, out var claim, out fault)
                    ? (claim, null)
                    : (null, new(ServiceRules.For(ClaimedService.Of(request)).PresignFaultCode, fault));
            case []:
                return (null, new("MissingAuthenticationToken", "The request has no Authorization header. Sign it with AWS Signature Version 4."));
            default:
                return (null, new("IncompleteSignature", "The request has more than one Authorization header."));
        }
    }

    private VerificationOutcome Verify(ReceivedRequest request, IReadOnlyList<KeyValuePair<string, string>>? query, SignatureClaim claim)
    {
        var parts = claim.Parts;
        var rules = ServiceRules.For(parts.Scope.Service);
        var now = time.GetUtcNow();
        var path = CanonicalPath.Of(request.RawPath, rules.Path);
        var key = findKey(parts.AccessKeyId);
        var refused = TargetCheck.Refusal(path, query, claim.IsPresigned)
            ?? TimeCheck.Refusal(claim, rules, now)
            ?? KeyCheck.Refusal(key, claim, rules)
            ?? CoverageCheck.Refusal(request, parts.SignedHeaders, rules)
            ?? ContentHashCheck.FormRefusal(request, claim, rules, unsignedPayload);
        if (refused is not null)
        {
            return Refuse(refused, parts);
        }

        var covered = claim.IsPresigned ? PresignedQuery.Covered(query!, rules) : query!;
        var canonicalRequest = CanonicalRequest.Of(request, parts.SignedHeaders, path!, covered, ContentHashCheck.Payload(request, claim, rules));
        var stringToSign = SignatureCalculation.StringToSign(claim.Time!, parts.Scope, canonicalRequest, parts.Algorithm);
        var content = request.Body;
        refused = (SignatureCalculation.Holds(parts, key!, stringToSign, parts.Signature) ? null : Mismatch)
            ?? KeyCheck.TokenRefusal(claim, key!, rules, now)
            ?? ContentHashCheck.BodyRefusal(request)
            ?? (ChunkedForm.Of(ContentHashCheck.Declared(request)) is { } form ? new ChunkCheck(form, claim, key!).Refusal(request, out content) : null);
        return refused is not null
            ? Refuse(refused, parts, canonicalRequest, stringToSign)
            : new Verified(parts.AccessKeyId, parts.Scope, parts.SignedHeaders, canonicalRequest, stringToSign) { Content = content };
    }

    private static Refused Refuse(Refused refused, AuthorizationHeader header, string? canonicalRequest = null, string? stringToSign = null) => refused with
    {
        AccessKeyId = header.AccessKeyId,
        Scope = header.Scope,
        CanonicalRequest = canonicalRequest,
        StringToSign = refused.StringToSign ?? stringToSign,
    };
}
