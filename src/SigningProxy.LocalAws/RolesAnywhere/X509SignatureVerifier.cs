using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using SigningProxy.LocalAws.Verification;

namespace SigningProxy.LocalAws.RolesAnywhere;

/// <summary>
/// Verifies the signature of a certificate's key over a request as received, as the Roles Anywhere guide "Signing process" has it:
/// scope, serial number, time, coverage, signature, body, in this order. Says nothing about trust in the certificate.
/// </summary>
internal sealed class X509SignatureVerifier(TimeProvider time)
{
    public const string Service = "rolesanywhere";

    public VerificationOutcome Verify(ReceivedRequest request, AuthorizationHeader header, PresentedCertificates certificates)
    {
        var rules = ServiceRules.For(Service);
        var path = CanonicalPath.Of(request.RawPath, rules.Path);
        var query = CanonicalQuery.Parse(request.RawQuery);
        var claim = SignatureClaim.OfHeaders(request, header);
        var refused = TargetCheck.Refusal(path, query)
            ?? ScopeRefusal(header, certificates)
            ?? TimeCheck.Refusal(claim, rules, time.GetUtcNow())
            ?? CoverageCheck.Refusal(request, header.SignedHeaders, rules)
            ?? ContentRefusal(request, header)
            ?? ContentHashCheck.FormRefusal(request, claim, rules, UnsignedPayload.S3Family);
        if (refused is not null)
        {
            return refused;
        }

        var canonicalRequest = CanonicalRequest.Of(request, header.SignedHeaders, path!, query!, ContentHashCheck.Payload(request, claim, rules));
        var stringToSign = SignatureCalculation.StringToSign(claim.Time!, header.Scope, canonicalRequest, header.Algorithm);
        if (!Signed(header, certificates.Leaf, Encoding.UTF8.GetBytes(stringToSign)))
        {
            return new Refused("SignatureDoesNotMatch", "The signature does not verify with the public key of the certificate in x-amz-x509.")
            {
                CanonicalRequest = canonicalRequest,
                StringToSign = stringToSign,
            };
        }

        return ContentHashCheck.BodyRefusal(request)
            ?? (VerificationOutcome)new Verified(header.AccessKeyId, header.Scope, header.SignedHeaders, canonicalRequest, stringToSign) { Content = request.Body };
    }

    private static Refused? ScopeRefusal(AuthorizationHeader header, PresentedCertificates certificates)
    {
        if (header.Scope.Service != Service)
        {
            return new("SignatureDoesNotMatch", $"Credential should be scoped to correct service: '{Service}'.");
        }

        return header.AccessKeyId == certificates.Serial
            ? null
            : new("SignatureDoesNotMatch", "Credential must start with the serial number of the certificate in x-amz-x509, in decimal.");
    }

    private static Refused? ContentRefusal(ReceivedRequest request, AuthorizationHeader header)
    {
        if (!header.SignedHeaders.Contains("content-type", StringComparer.Ordinal))
        {
            return new("AccessDenied", "There were headers present in the request which were not signed: 'content-type'.");
        }

        return request.Values("x-amz-security-token").Count == 0
            ? null
            : new("ValidationException", "A request that is signed with a certificate's key has no security token.");
    }

    // The algorithm must be the key's own: a certificate without such a key verifies nothing
    private static bool Signed(AuthorizationHeader header, X509Certificate2 leaf, byte[] stringToSign)
    {
        var signature = Convert.FromHexString(header.Signature);
        using var rsa = header.Algorithm == AuthorizationHeader.X509Rsa ? leaf.GetRSAPublicKey() : null;
        using var ecdsa = header.Algorithm == AuthorizationHeader.X509Ecdsa ? leaf.GetECDsaPublicKey() : null;
        return rsa?.VerifyData(stringToSign, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            ?? ecdsa?.VerifyData(stringToSign, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)
            ?? false;
    }
}
