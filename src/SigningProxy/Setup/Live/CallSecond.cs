namespace SigningProxy.Setup.Live;

/// <summary>What came of the calls that ended within one second.</summary>
/// <param name="Second">Which, counted from the start of the tally.</param>
/// <param name="Calls">All of them.</param>
/// <param name="Refused">Those that were refused here.</param>
/// <param name="Took">How long the others took, together.</param>
/// <param name="Slowest">How long the longest of these took.</param>
internal readonly record struct CallSecond(long Second, int Calls, int Refused, TimeSpan Took, TimeSpan Slowest)
{
    /// <summary>How long a call took on average that was not refused; null where there is none.</summary>
    public TimeSpan? Mean => Calls > Refused ? Took / (Calls - Refused) : null;

    public CallSecond With(TimeSpan took, bool isRefused) => isRefused
        ? this with { Calls = Calls + 1, Refused = Refused + 1 }
        : this with { Calls = Calls + 1, Took = Took + took, Slowest = took > Slowest ? took : Slowest };

    /// <summary>Several seconds as one.</summary>
    public static CallSecond Sum(IEnumerable<CallSecond> seconds) => seconds.Aggregate(
        default(CallSecond), (sum, s) => new(s.Second, sum.Calls + s.Calls, sum.Refused + s.Refused, sum.Took + s.Took, s.Slowest > sum.Slowest ? s.Slowest : sum.Slowest));
}
