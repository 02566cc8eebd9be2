namespace SigningProxy.LocalAws.Verification;

/// <summary>The signing time is there, near the clock, and on the scope's day.</summary>
internal static class TimeCheck
{
    public static Refused? Refusal(ReceivedRequest request, CredentialScope scope, ServiceRules rules, DateTimeOffset now)
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

        return (now - signed).Duration() > SigningTime.Window ? Skewed(text, signed, rules, now) : null;
    }

    // Only S3 has a code of its own for it
    private static Refused Skewed(string text, DateTimeOffset signed, ServiceRules rules, DateTimeOffset now)
    {
        var minutes = SigningTime.Window.TotalMinutes;
        return rules.Errors switch
        {
            ErrorShape.Xml => new("RequestTimeTooSkewed", "The difference between the request time and the current time is too large."),
            _ when signed < now => new(
                "SignatureDoesNotMatch",
                $"Signature expired: {text} is now earlier than {SigningTime.Write(now - SigningTime.Window)} ({SigningTime.Write(now)} - {minutes} min.)"),
            _ => new(
                "SignatureDoesNotMatch",
                $"Signature not yet current: {text} is still later than {SigningTime.Write(now + SigningTime.Window)} ({SigningTime.Write(now)} + {minutes} min.)"),
        };
    }
}
