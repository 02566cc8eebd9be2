using System.Text.RegularExpressions;

namespace SigningProxy.Explain.Comparing;

/// <summary>What to do about an answer that does not hold what AWS made of the request.</summary>
internal static partial class CodeHint
{
    /// <summary>A code as AWS writes them, or null: nothing else of an answer is shown as it came.</summary>
    public static string? Plain(string? code) => code is not null && Code().IsMatch(code) ? code : null;

    public static string Of(AwsAnswer answer) => Plain(answer.Code) switch
    {
        "ExpiredToken" or "ExpiredTokenException" => "The session has ended: obtain other session keys. The signature was not looked at.",
        "InvalidClientTokenId" or "UnrecognizedClientException" or "InvalidAccessKeyId" or "InvalidToken" =>
            "AWS does not know the access key id, or not with this session token: session keys (ASIA...) need theirs, and a key belongs to one partition.",
        "RequestTimeTooSkewed" or "RequestExpired" => "The clock that dated the request is off, or it was sent long after it was signed.",
        "AuthorizationHeaderMalformed" => "The credential scope is wrong: the message says which region or service AWS expects.",
        "IncompleteSignature" or "IncompleteSignatureException" => "The Authorization header is not whole, or none of AWS's at all: a header of another kind, or one that was folded or cut.",
        "MissingAuthenticationToken" or "MissingAuthenticationTokenException" => "The request came unsigned, or to a path that API Gateway does not have.",
        "AccessDenied" or "AccessDeniedException" => "The signature is good: it is policies that refuse.",
        "SignatureDoesNotMatch" or "InvalidSignatureException" when Dated(answer) => "The clock that dated the request is off, or it was sent long after it was signed: the message tells both times.",
        "SignatureDoesNotMatch" or "InvalidSignatureException" when Scoped(answer) => "The credential scope is wrong: the message says which region or service AWS expects.",
        "SignatureDoesNotMatch" or "InvalidSignatureException" => "Of its services only some give it. Compare what your signer made with what stands here, line by line.",
        _ => "It is not about the signature, or AWS says no more.",
    };

    private static bool Dated(AwsAnswer answer) =>
        answer.Message?.StartsWith("Signature expired", StringComparison.Ordinal) == true || answer.Message?.StartsWith("Signature not yet current", StringComparison.Ordinal) == true;

    private static bool Scoped(AwsAnswer answer) => answer.Message?.StartsWith("Credential should be scoped", StringComparison.Ordinal) == true;

    [GeneratedRegex(@"^[A-Za-z.]{1,80}\z")]
    private static partial Regex Code();
}
