namespace SigningProxy.Sessions;

/// <summary>When a session is refreshed. Pure: instants in, instants out.</summary>
/// <remarks>
/// A session of lifetime L that ends at E is refreshed within the margin before E: a quarter of L, at most 15 minutes, and up to a fifth
/// of that earlier by chance, so that many proxies do not ask together. From a tenth of L before E, at most 10 seconds, it is
/// no longer begun to be used while another can be had: a request has a way to go before anybody looks at its token.
/// For one hour: refreshed 15 to 18 minutes before the end, not begun in the last 10 seconds. For 2 seconds: 0.5 to 0.6, and 0.2.
/// </remarks>
internal static class RefreshSchedule
{
    private const double MarginShare = 0.25;
    private const double Spread = 0.2;
    private const double LastShare = 0.1;
    private static readonly TimeSpan LongestMargin = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan LongestLast = TimeSpan.FromSeconds(10);

    /// <param name="obtained">When the session was obtained.</param>
    /// <param name="expiration">When it ends.</param>
    /// <param name="chance">From 0 to 1.</param>
    /// <returns>When it is due for a refresh; never before it was obtained.</returns>
    public static DateTimeOffset DueAt(DateTimeOffset obtained, DateTimeOffset expiration, double chance)
    {
        var margin = Min((expiration - obtained) * MarginShare, LongestMargin) * (1 + (Spread * chance));
        return Later(obtained, expiration - margin);
    }

    /// <returns>Until when a call takes it without looking for another.</returns>
    public static DateTimeOffset FreshUntil(DateTimeOffset obtained, DateTimeOffset expiration) =>
        Later(obtained, expiration - Min((expiration - obtained) * LastShare, LongestLast));

    /// <param name="failures">How many attempts have failed in a row; 1 or more.</param>
    /// <param name="step">The first step, which doubles with each failure.</param>
    /// <param name="longest">The longest step.</param>
    /// <param name="chance">From 0 to 1: up to half of the step is taken off.</param>
    /// <returns>How long to wait before the next attempt.</returns>
    public static TimeSpan Backoff(int failures, TimeSpan step, TimeSpan longest, double chance) =>
        Min(step * Math.Pow(2, Math.Min(failures - 1, 30)), longest) * (1 - (0.5 * chance));

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
