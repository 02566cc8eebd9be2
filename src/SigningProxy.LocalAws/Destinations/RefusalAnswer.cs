using SigningProxy.LocalAws.Verification;

namespace SigningProxy.LocalAws.Destinations;

/// <summary>How a service tells that it does not believe a request.</summary>
internal static class RefusalAnswer
{
    public static Answer Of(Refused refused)
    {
        var service = refused.Scope?.Service;
        var shape = ServiceRules.For(service).Errors;
        var showsCalculation = refused is { Code: "SignatureDoesNotMatch", CanonicalRequest: not null };
        var canonicalRequest = showsCalculation ? Redaction.CanonicalRequest(refused.CanonicalRequest!) : null;
        var stringToSign = showsCalculation ? refused.StringToSign : null;
        var message = showsCalculation && shape == ErrorShape.Json
            ? $"{refused.Message}\n\nThe Canonical String for this request should have been\n'{canonicalRequest}'\n\nThe String-to-Sign should have been\n'{stringToSign}'\n"
            : refused.Message;
        return ErrorAnswer.Of(
            shape,
            Status(refused.Code, service, shape),
            refused.Code,
            message,
            new("AWSAccessKeyId", refused.AccessKeyId),
            new("StringToSign", stringToSign),
            new("CanonicalRequest", canonicalRequest));
    }

    // DynamoDB answers 400 to every fault of authentication; S3 to its token faults; everyone to a request that cannot be read
    private static int Status(string code, string? service, ErrorShape shape) => code switch
    {
        _ when service == "dynamodb" => 400,
        "IncompleteSignature" or "InvalidArgument" or "InvalidRequest" or "InvalidURI" or "MalformedQueryString" or "XAmzContentSHA256Mismatch" => 400,
        "ExpiredToken" or "InvalidToken" when shape == ErrorShape.Xml => 400,
        _ => 403,
    };
}
