using System.Globalization;

namespace SigningProxy.LocalAws.Verification;

/// <summary>A presigned URL has a lifetime that AWS takes, and it has begun and not ended.</summary>
internal static class PresignedTimeCheck
{
    private const int Week = 604_800;

    public static Refused? Refusal(SignatureClaim claim, DateTimeOffset signed, ServiceRules rules, DateTimeOffset now)
    {
        if (!int.TryParse(claim.Lifetime, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds))
        {
            return new(rules.PresignFaultCode, "X-Amz-Expires should be a number");
        }

        if (seconds is < 1 or > Week)
        {
            return new(rules.PresignFaultCode, seconds < 1
                ? "X-Amz-Expires must be positive"
                : $"X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than {Week} seconds");
        }

        var isS3 = rules.Errors == ErrorShape.Xml;
        if (now < signed - SigningTime.Window)
        {
            return isS3 ? new("AccessDenied", "Request is not valid yet") : TimeCheck.NotYetCurrent(claim.Time!, now);
        }

        return now <= signed.AddSeconds(seconds) ? null
            : isS3 ? new("AccessDenied", "Request has expired")
            : TimeCheck.Expired(claim.Time!, now, TimeSpan.FromSeconds(seconds));
    }
}
