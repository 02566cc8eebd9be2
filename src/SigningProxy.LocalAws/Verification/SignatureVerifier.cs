using System.Security.Cryptography;
using System.Text;

namespace SigningProxy.LocalAws.Verification;

/// <summary>
/// Verifies the header form of Signature Version 4 on a request as received, as the AWS guide "Create a signed AWS API request" has it:
/// form, target, time, key, coverage, signature, token, body, in this order. Stricter than AWS where a lax answer would hide a signer's mistake.
/// </summary>
/// <param name="findKey">The key of an access key id; null when nobody knows it.</param>
/// <param name="unsignedPayload">Where UNSIGNED-PAYLOAD is accepted.</param>
/// <param name="time">The clock that signing times and expirations are held against.</param>
internal sealed class SignatureVerifier(Func<string, LocalKey?> findKey, UnsignedPayload unsignedPayload, TimeProvider time)
{
    public VerificationOutcome Verify(ReceivedRequest request)
    {
        var authorizations = request.Values("authorization");
        if (authorizations.Count == 0)
        {
            return new Refused("MissingAuthenticationToken", "The request has no Authorization header. Sign it with AWS Signature Version 4.");
        }

        if (authorizations.Count > 1)
        {
            return new Refused("IncompleteSignature", "The request has more than one Authorization header.");
        }

        return AuthorizationHeader.TryParse(authorizations[0], out var header, out var fault)
            ? Verify(request, header)
            : new Refused("IncompleteSignature", fault);
    }

    private VerificationOutcome Verify(ReceivedRequest request, AuthorizationHeader header)
    {
        var rules = ServiceRules.For(header.Scope.Service);
        var now = time.GetUtcNow();
        var path = CanonicalPath.Of(request.RawPath, rules.Path);
        var query = CanonicalQuery.Parse(request.RawQuery);
        var key = findKey(header.AccessKeyId);
        var refused = TargetCheck.Refusal(path, query)
            ?? TimeCheck.Refusal(request, header.Scope, rules, now)
            ?? KeyCheck.Refusal(key, header.Scope, rules)
            ?? CoverageCheck.Refusal(request, header.SignedHeaders, rules)
            ?? ContentHashCheck.FormRefusal(request, rules, unsignedPayload);
        if (refused is not null)
        {
            return Refuse(refused, header);
        }

        var canonicalRequest = CanonicalRequest.Of(request, header.SignedHeaders, path!, query!);
        var stringToSign = SignatureCalculation.StringToSign(request.Single("x-amz-date")!, header.Scope, canonicalRequest);
        refused = SignatureRefusal(header, key!, stringToSign)
            ?? KeyCheck.TokenRefusal(request, key!, rules, now)
            ?? ContentHashCheck.BodyRefusal(request);
        if (refused is not null)
        {
            return Refuse(refused, header, canonicalRequest, stringToSign);
        }

        return new Verified(header.AccessKeyId, header.Scope, header.SignedHeaders, canonicalRequest, stringToSign);
    }

    private static Refused Refuse(Refused refused, AuthorizationHeader header, string? canonicalRequest = null, string? stringToSign = null) =>
        refused with { AccessKeyId = header.AccessKeyId, Scope = header.Scope, CanonicalRequest = canonicalRequest, StringToSign = stringToSign };

    private static Refused? SignatureRefusal(AuthorizationHeader header, LocalKey key, string stringToSign)
    {
        var expected = SignatureCalculation.Sign(key.Secret, header.Scope, stringToSign);
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(expected), Encoding.ASCII.GetBytes(header.Signature))
            ? null
            : new Refused(
                "SignatureDoesNotMatch",
                "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.");
    }
}
