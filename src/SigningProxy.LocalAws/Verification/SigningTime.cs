using System.Globalization;

namespace SigningProxy.LocalAws.Verification;

/// <summary>The instant in x-amz-date, written yyyyMMddTHHmmssZ.</summary>
internal static class SigningTime
{
    private const string Format = "yyyyMMdd'T'HHmmss'Z'";

    /// <summary>How far a signing time may be from the clock, either way.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    public static string Write(DateTimeOffset instant) => instant.ToString(Format, CultureInfo.InvariantCulture);

    public static bool TryParse(string? text, out DateTimeOffset instant) => DateTimeOffset.TryParseExact(
        text, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out instant);
}
