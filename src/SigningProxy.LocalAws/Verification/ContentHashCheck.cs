namespace SigningProxy.LocalAws.Verification;

/// <summary>x-amz-content-sha256 has a form that the service takes, and tells the truth about the body.</summary>
internal static class ContentHashCheck
{
    private const string HeaderName = "x-amz-content-sha256";
    private const string Unsigned = "UNSIGNED-PAYLOAD";

    /// <summary>The header's value; null when it is absent or repeated.</summary>
    public static string? Declared(ReceivedRequest request) => request.Single(HeaderName);

    /// <summary>What the canonical request says of the body: what is declared, or what holds where nothing is.</summary>
    public static string Payload(ReceivedRequest request, SignatureClaim claim, ServiceRules rules) =>
        Declared(request) ?? (claim.IsPresigned && rules.UnsignedPayloadAccepted ? Unsigned : request.BodySha256);

    public static Refused? FormRefusal(ReceivedRequest request, SignatureClaim claim, ServiceRules rules, UnsignedPayload unsignedPayload)
    {
        var values = request.Values(HeaderName);
        if (values.Count == 0)
        {
            return rules.ContentSha256Required && !claim.IsPresigned
                ? new("InvalidRequest", $"Missing required header for this request: {HeaderName}.")
                : null;
        }

        var unsignedAccepted = rules.UnsignedPayloadAccepted || unsignedPayload == UnsignedPayload.EveryService;
        return values is [var value]
            && (AuthorizationHeader.IsSha256(value) || (value == Unsigned && unsignedAccepted) || (rules.UnsignedPayloadAccepted && ChunkedForm.IsOf(value, claim)))
            ? null
            : new("InvalidArgument", rules.UnsignedPayloadAccepted
                ? $"{HeaderName} must be given once and be {Unsigned}, {string.Join(", ", ChunkedForm.Names)} or a valid sha256 value in lower-case hexadecimal, and signed chunks must be of the request's algorithm."
                : $"{HeaderName} must be given once and be {(unsignedAccepted ? Unsigned + " or " : "")}a valid sha256 value in lower-case hexadecimal.");
    }

    public static Refused? BodyRefusal(ReceivedRequest request) =>
        Declared(request) is { } declared && AuthorizationHeader.IsSha256(declared) && declared != request.BodySha256
            ? new("XAmzContentSHA256Mismatch", $"The provided '{HeaderName}' header does not match what was computed.")
            : null;
}
