namespace SigningProxy.Sessions;

/// <summary>That the last attempts to obtain a session failed.</summary>
/// <param name="Message">Why the last one did.</param>
/// <param name="At">When it did.</param>
/// <param name="Count">How many did in a row.</param>
/// <param name="RetryAt">Before this, nobody tries again.</param>
internal sealed record FetchFailure(string Message, DateTimeOffset At, int Count, DateTimeOffset RetryAt)
{
    /// <param name="before">The failure before it, or null.</param>
    /// <param name="message">Why it failed.</param>
    /// <param name="now">When.</param>
    /// <param name="options">The steps of the backoff.</param>
    /// <param name="chance">From 0 to 1.</param>
    public static FetchFailure After(FetchFailure? before, string message, DateTimeOffset now, SessionsOptions options, double chance)
    {
        var count = (before?.Count ?? 0) + 1;
        return new FetchFailure(message, now, count, now + RefreshSchedule.Backoff(count, options.BackoffStep, options.LongestBackoffStep, chance));
    }
}
