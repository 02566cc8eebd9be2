using System.Diagnostics;
using System.Globalization;

namespace SigningProxy.FunctionalTests.Callers;

/// <summary>How long two kinds of calls took that were made in pairs; judges whether anybody could tell them apart by that.</summary>
/// <param name="One">Of the calls of one kind, in ticks of <see cref="Stopwatch"/>.</param>
/// <param name="Other">Of those of the other.</param>
internal sealed record PairedLatencies(IReadOnlyList<long> One, IReadOnlyList<long> Other)
{
    /// <summary>By how much of the smaller the medians may differ.</summary>
    public const double Tolerance = 0.05;

    /// <summary>
    /// The median of what the other took longer than its own twin. On a machine that others keep busy calls have two paces or more, and
    /// each kind's own median jumps between them by chance; the two of a pair share theirs.
    /// </summary>
    public long Gap => Median([.. Other.Zip(One, (other, one) => other - one)]);

    /// <summary>The gap, as a share of the smaller median.</summary>
    public double Difference => (double)Math.Abs(Gap) / Math.Min(Median(One), Median(Other));

    public bool AreAlike => Difference <= Tolerance;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{One.Count} pairs, medians {Microseconds(Median(One)):0.0} and {Microseconds(Median(Other)):0.0} us, within a pair {Microseconds(Gap):0.00} us or {Difference:0.0%} apart");

    private static long Median(IReadOnlyList<long> ticks) => ticks.Order().ElementAt(ticks.Count / 2);

    private static double Microseconds(long ticks) => ticks * 1e6 / Stopwatch.Frequency;
}
