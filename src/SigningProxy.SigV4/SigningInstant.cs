namespace SigningProxy.SigV4;

/// <summary>An instant as <c>x-amz-date</c> has it, such as <c>20150830T123600Z</c>.</summary>
internal static class SigningInstant
{
    // 8 for the day, then T, six digits and Z.
    private const int DayLength = 8;
    public const int Length = 16;

    /// <summary>Writes an instant.</summary>
    /// <param name="instant">The instant.</param>
    /// <param name="at">Takes it: <see cref="Length"/> bytes.</param>
    public static void Format(DateTimeOffset instant, Span<byte> at)
    {
        var utc = instant.UtcDateTime;
        Write(utc.Year / 100, at);
        Write(utc.Year % 100, at[2..]);
        Write(utc.Month, at[4..]);
        Write(utc.Day, at[6..]);
        at[8] = (byte)'T';
        Write(utc.Hour, at[9..]);
        Write(utc.Minute, at[11..]);
        Write(utc.Second, at[13..]);
        at[15] = (byte)'Z';
    }

    /// <summary>Its day in UTC, as scope and key have it.</summary>
    /// <param name="at">What <see cref="Format"/> wrote.</param>
    public static ReadOnlySpan<byte> Day(ReadOnlySpan<byte> at) => at[..DayLength];

    private static void Write(int twoDigits, Span<byte> at) => (at[0], at[1]) = ((byte)('0' + twoDigits / 10), (byte)('0' + twoDigits % 10));
}
