namespace SigningProxy.LocalAws.Verification;

/// <summary>The signing time is there, near the clock, and on the scope's day.</summary>
internal static class TimeCheck
{
    public static Refused? Refusal(ReceivedRequest request, CredentialScope scope, DateTimeOffset now)
    {
        var text = request.Single("x-amz-date");
        if (!SigningTime.TryParse(text, out var signed))
        {
            return new("IncompleteSignature", "The request must have exactly one X-Amz-Date header, written yyyyMMddTHHmmssZ.");
        }

        if (!text!.StartsWith(scope.Date, StringComparison.Ordinal))
        {
            return new(
                "SignatureDoesNotMatch",
                $"Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '{scope.Date}' != '{text[..8]}'.");
        }

        return (now - signed).Duration() > SigningTime.Window
            ? new("RequestTimeTooSkewed", $"The difference between the request time ({text}) and the current time ({now:yyyyMMdd'T'HHmmss'Z'}) is over 15 minutes.")
            : null;
    }
}
