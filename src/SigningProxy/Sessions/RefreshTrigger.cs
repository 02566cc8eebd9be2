namespace SigningProxy.Sessions;

/// <summary>Which answers of a destination ask for other credentials, or for another clock. Pure.</summary>
/// <remarks>
/// 401 and the status codes that the external credential lists, always; on a 400 or 403 the error codes by which AWS services say that a
/// token has expired or is unknown. A 403 without such a code means that the token is valid and access denied.
/// </remarks>
internal static class RefreshTrigger
{
    private static readonly HashSet<string> TokenCodes = new(StringComparer.Ordinal)
    {
        "ExpiredToken", "ExpiredTokenException", "InvalidToken", "UnrecognizedClientException", "InvalidClientTokenId",
    };

    // The last two say no more than that the signature is wrong; the Date beside them tells whether the clock is why.
    private static readonly HashSet<string> ClockCodes = new(StringComparer.Ordinal)
    {
        "RequestTimeTooSkewed", "RequestExpired", "RequestInTheFuture", "InvalidSignatureException", "SignatureDoesNotMatch",
    };

    public static RefreshReason? OfStatus(int status, IReadOnlyList<int> listed)
    {
        if (status == 401)
            return RefreshReason.Unauthorized;
        for (var i = 0; i < listed.Count; i++)
        {
            if (listed[i] == status)
                return RefreshReason.ListedStatus;
        }
        return null;
    }

    /// <summary>Whether an answer of this status may say by a code that the token is at fault.</summary>
    public static bool MayHaveCode(int status) => status is 400 or 403;

    public static RefreshReason? OfCode(string? code) => code is not null && TokenCodes.Contains(code) ? RefreshReason.TokenRefused : null;

    public static bool MeansClock(string? code) => code is not null && ClockCodes.Contains(code);
}
