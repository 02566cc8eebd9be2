using SigningProxy.Catalog.Validation;

namespace SigningProxy.Sessions;

/// <summary>How sessions are obtained and kept fresh. Section <c>SigningProxy:Sessions</c>.</summary>
internal sealed class SessionsOptions
{
    public const string Section = "SigningProxy:Sessions";

    /// <summary>When the first session of a principal is obtained. Eager by default.</summary>
    public StartupFetch Startup { get; set; } = StartupFetch.Eager;

    /// <summary>Whether sessions are refreshed before they end, or only when a call needs one. On by default.</summary>
    public BackgroundRefresh BackgroundRefresh { get; set; } = BackgroundRefresh.On;

    /// <summary>Whether error codes in the destination's answers refresh a session, and a skewed clock is corrected. 401 and the listed status codes always do. On by default.</summary>
    public AnswerInspection AnswerInspection { get; set; } = AnswerInspection.On;

    /// <summary>How long one attempt at STS or Roles Anywhere may take. 5 seconds by default.</summary>
    public TimeSpan FetchTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a call waits for a session. 10 seconds by default.</summary>
    public TimeSpan WaitLimit { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The first step of the backoff after a failure; it doubles with each. 1 second by default.</summary>
    public TimeSpan BackoffStep { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest step of the backoff. 30 seconds by default.</summary>
    public TimeSpan LongestBackoffStep { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The least time between two refreshes of a session that destinations' answers force. 5 seconds by default.</summary>
    public TimeSpan ForcedRefreshInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The shortest session that may be asked of an explicit endpoint, in seconds. 900 by default, as at AWS.</summary>
    public int MinimumDurationSeconds { get; set; } = DurationLimit.OfAws.MinimumSeconds;

    public IEnumerable<string> Faults()
    {
        foreach (var (name, value) in new[]
        {
            (nameof(FetchTimeout), FetchTimeout), (nameof(WaitLimit), WaitLimit), (nameof(BackoffStep), BackoffStep),
            (nameof(LongestBackoffStep), LongestBackoffStep), (nameof(ForcedRefreshInterval), ForcedRefreshInterval),
        })
        {
            if (value < TimeSpan.FromMilliseconds(10) || value > TimeSpan.FromHours(1))
                yield return $"{Section}:{name}: {value} is not between 10 milliseconds and 1 hour. Write it as hours:minutes:seconds, such as 00:00:05.";
        }
        if (BackoffStep > LongestBackoffStep)
            yield return $"{Section}:BackoffStep: {BackoffStep} is longer than LongestBackoffStep ({LongestBackoffStep}). Set it to at most that.";
        if (MinimumDurationSeconds is < 1 or > AwsRules.MinimumDurationSeconds)
            yield return $"{Section}:MinimumDurationSeconds: {MinimumDurationSeconds} is not within 1 and {AwsRules.MinimumDurationSeconds}. Write a number of seconds between these.";
    }
}

internal enum StartupFetch
{
    /// <summary>As soon as a catalog is in use.</summary>
    Eager,

    /// <summary>When the first call needs it.</summary>
    Lazy,
}

internal enum BackgroundRefresh
{
    On,
    Off,
}

internal enum AnswerInspection
{
    On,
    Off,
}
