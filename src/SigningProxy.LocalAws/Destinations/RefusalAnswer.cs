using SigningProxy.LocalAws.Verification;

namespace SigningProxy.LocalAws.Destinations;

/// <summary>How a service tells that it does not believe a request.</summary>
internal static class RefusalAnswer
{
    /// <param name="refused">Why it is not believed.</param>
    /// <param name="service">The service that the request is for; null when it does not say.</param>
    public static Answer Of(Refused refused, string? service)
    {
        var rules = ServiceRules.For(service);
        var shape = refused.Code == rules.ExpiredTokenCode || refused.Code == rules.InvalidTokenCode ? rules.TokenErrors : rules.Errors;
        var showsCalculation = refused is { Code: "SignatureDoesNotMatch", CanonicalRequest: not null };
        var canonicalRequest = showsCalculation ? Redaction.CanonicalRequest(refused.CanonicalRequest!) : null;
        var stringToSign = showsCalculation ? refused.StringToSign : null;
        var message = showsCalculation && shape != ErrorShape.Xml
            ? $"{refused.Message}\n\nThe Canonical String for this request should have been\n'{canonicalRequest}'\n\nThe String-to-Sign should have been\n'{stringToSign}'\n"
            : refused.Message;
        var answer = ErrorAnswer.Of(
            shape,
            Status(refused.Code, service, shape),
            refused.Code,
            message,
            new("AWSAccessKeyId", refused.AccessKeyId),
            new("StringToSign", stringToSign),
            new("CanonicalRequest", canonicalRequest));
        return refused.Reason is { } reason ? answer with { Headers = [.. answer.Headers, new("x-local-aws-reason", reason)] } : answer;
    }

    // DynamoDB answers 400 to every fault of authentication; S3 to its token faults; everyone to a request that cannot be read
    private static int Status(string code, string? service, ErrorShape shape) => code switch
    {
        _ when service == "dynamodb" => 400,
        "IncompleteSignature" or "InvalidArgument" or "InvalidRequest" or "InvalidURI" or "MalformedQueryString" or "XAmzContentSHA256Mismatch" or "ValidationException"
            or "AuthorizationQueryParametersError" or "IncompleteBody" or "BadDigest" or "MalformedTrailerError" => 400,
        "MissingContentLength" => 411,
        "ExpiredToken" or "InvalidToken" when shape == ErrorShape.Xml => 400,
        _ => 403,
    };
}
