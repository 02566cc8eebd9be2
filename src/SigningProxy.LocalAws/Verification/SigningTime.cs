using System.Globalization;

namespace SigningProxy.LocalAws.Verification;

/// <summary>The instant in x-amz-date, written yyyyMMddTHHmmssZ.</summary>
internal static class SigningTime
{
    /// <summary>How far a signing time may be from the clock, either way.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    public static bool TryParse(string? text, out DateTimeOffset instant) => DateTimeOffset.TryParseExact(
        text, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out instant);
}
