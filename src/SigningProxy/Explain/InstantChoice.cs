using System.Globalization;
using SigningProxy.Explain.Comparing;
using SigningProxy.Explain.Requests;

namespace SigningProxy.Explain;

/// <summary>When a written request is signed.</summary>
/// <param name="Instant">The instant.</param>
/// <param name="Note">Why then, or which other instant may have been meant; or null.</param>
internal readonly record struct InstantChoice(DateTimeOffset Instant, string? Note)
{
    private const string AmzDate = "yyyyMMdd'T'HHmmss'Z'";

    // AWS's own form, ISO 8601, and that of the Date header.
    private static readonly string[] Forms = [AmzDate, "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "r"];

    public static InstantChoice Of(RawRequest request, SigningTerms terms, AwsAnswer? answer, DateTimeOffset now)
    {
        if (terms.Instant is { } said)
            return new InstantChoice(said, null);
        if ((answer?.StringToSign?.Date ?? answer?.CanonicalRequest?.Header("x-amz-date")) is { } told && TryParse(told, out var then))
            return new InstantChoice(then, $"Signed as of {told}, the date in the answer.");
        return new InstantChoice(
            now,
            request.Header("X-Amz-Date") is { } dated && TryParse(dated, out _) ? $"Signed as of now. The request was dated {dated}: --date {dated} signs it as of then." : null);
    }

    /// <summary>Reads <c>20150830T123600Z</c>, ISO 8601 with an offset or Z, or the form of the Date header.</summary>
    public static bool TryParse(string text, out DateTimeOffset instant) =>
        DateTimeOffset.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out instant);
}
