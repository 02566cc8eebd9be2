namespace SigningProxy.LocalAws.Verification;

/// <summary>How often the path in the canonical request is escaped, counted from the decoded path.</summary>
internal enum PathEncoding
{
    /// <summary>The S3 family: each segment decoded and escaped anew; empty and dot segments stay.</summary>
    Once,

    /// <summary>Everything else: dot and empty segments removed, then the received escapes escaped again.</summary>
    Twice,
}

/// <summary>Whether a security token takes part in the signature.</summary>
internal enum SecurityTokenSigning
{
    Signed,

    /// <summary>Added to the request after it was signed.</summary>
    AddedAfterwards,
}

/// <summary>The form of an error answer.</summary>
internal enum ErrorShape
{
    /// <summary><c>__type</c> and <c>message</c>, and the code in a header too.</summary>
    Json,

    /// <summary><c>__type</c> with the namespace before the code, and no header: older JSON services.</summary>
    JsonBody,

    /// <summary>A message in JSON and no code anywhere: gateways.</summary>
    Message,

    /// <summary><c>Error</c>: S3.</summary>
    Xml,

    /// <summary><c>ErrorResponse</c>: services of the query protocol.</summary>
    QueryXml,
}

/// <summary>What differs between AWS's services when a signature is verified.</summary>
/// <param name="Path">The canonical path.</param>
/// <param name="ContentSha256Required">Whether x-amz-content-sha256 must be there.</param>
/// <param name="UnsignedPayloadAccepted">Whether its value may be UNSIGNED-PAYLOAD, which is then what a presigned URL is signed with, or a form of chunks.</param>
/// <param name="SecurityToken">Whether x-amz-security-token must be signed.</param>
/// <param name="Errors">The form of refusals.</param>
/// <param name="TokenErrors">The form of refusals of a token.</param>
/// <param name="UnknownKeyCode">The error code for an access key id nobody knows.</param>
/// <param name="ExpiredTokenCode">The error code for an expired token.</param>
/// <param name="InvalidTokenCode">The error code for a token that is not the key's.</param>
internal sealed record ServiceRules(
    PathEncoding Path,
    bool ContentSha256Required,
    bool UnsignedPayloadAccepted,
    SecurityTokenSigning SecurityToken,
    ErrorShape Errors,
    ErrorShape TokenErrors,
    string UnknownKeyCode,
    string ExpiredTokenCode,
    string InvalidTokenCode)
{
    /// <summary>The error code for a presigned URL whose parameters cannot be read.</summary>
    public string PresignFaultCode { get; init; } = "IncompleteSignature";

    private static readonly ServiceRules S3Family = new(
        PathEncoding.Once, true, true, SecurityTokenSigning.Signed,
        ErrorShape.Xml, ErrorShape.Xml, "InvalidAccessKeyId", "ExpiredToken", "InvalidToken")
    {
        PresignFaultCode = "AuthorizationQueryParametersError",
    };

    private static readonly ServiceRules Others = new(
        PathEncoding.Twice, false, false, SecurityTokenSigning.Signed,
        ErrorShape.Json, ErrorShape.Json, "UnrecognizedClientException", "ExpiredTokenException", "UnrecognizedClientException");

    private static readonly ServiceRules Sts = Others with
    {
        Errors = ErrorShape.QueryXml,
        TokenErrors = ErrorShape.QueryXml,
        UnknownKeyCode = "InvalidClientTokenId",
        ExpiredTokenCode = "ExpiredToken",
        InvalidTokenCode = "InvalidClientTokenId",
    };

    /// <summary>The rules of a service by its signing name. Where none is known, those of most services.</summary>
    public static ServiceRules For(string? service) => service switch
    {
        "s3" or "s3express" or "s3-object-lambda" or "s3-outposts" => S3Family,
        "sts" => Sts,
        "dynamodb" => Others with { TokenErrors = ErrorShape.JsonBody },
        "execute-api" or "es" => Others with { TokenErrors = ErrorShape.Message },
        "iotdevicegateway" => Others with { SecurityToken = SecurityTokenSigning.AddedAfterwards },
        _ => Others,
    };
}
