using System.Globalization;

namespace SigningProxy.LocalAws.Verification;

/// <summary>The signing time is there, on the scope's day, and near the clock or, presigned, within the lifetime.</summary>
internal static class TimeCheck
{
    public static Refused? Refusal(SignatureClaim claim, ServiceRules rules, DateTimeOffset now)
    {
        if (!SigningTime.TryParse(claim.Time, out var signed))
        {
            return claim.IsPresigned
                ? new(rules.PresignFaultCode, "X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"")
                : new("IncompleteSignature", "The request must have exactly one X-Amz-Date header, written yyyyMMddTHHmmssZ.");
        }

        var (text, day) = (claim.Time!, claim.Parts.Scope.Date);
        if (!text.StartsWith(day, StringComparison.Ordinal))
        {
            return new(
                "SignatureDoesNotMatch",
                $"Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '{day}' != '{text[..8]}'.");
        }

        if (claim.IsPresigned)
        {
            return PresignedTimeCheck.Refusal(claim, signed, rules, now);
        }

        return (now - signed).Duration() > SigningTime.Window ? Skewed(text, signed, rules, now) : null;
    }

    public static Refused Expired(string text, DateTimeOffset now, TimeSpan window) => new(
        "SignatureDoesNotMatch",
        $"Signature expired: {text} is now earlier than {SigningTime.Write(now - window)} ({SigningTime.Write(now)} - {Minutes(window)} min.)");

    public static Refused NotYetCurrent(string text, DateTimeOffset now) => new(
        "SignatureDoesNotMatch",
        $"Signature not yet current: {text} is still later than {SigningTime.Write(now + SigningTime.Window)} ({SigningTime.Write(now)} + {Minutes(SigningTime.Window)} min.)");

    // Only S3 has a code of its own for it
    private static Refused Skewed(string text, DateTimeOffset signed, ServiceRules rules, DateTimeOffset now) => rules.Errors switch
    {
        ErrorShape.Xml => new("RequestTimeTooSkewed", "The difference between the request time and the current time is too large."),
        _ when signed < now => Expired(text, now, SigningTime.Window),
        _ => NotYetCurrent(text, now),
    };

    private static string Minutes(TimeSpan window) => window.TotalMinutes.ToString("0.##", CultureInfo.InvariantCulture);
}
