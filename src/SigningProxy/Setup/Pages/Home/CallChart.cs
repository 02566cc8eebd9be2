using System.Globalization;
using System.Text;
using SigningProxy.Setup.Live;

namespace SigningProxy.Setup.Pages.Home;

/// <summary>The last minute of a named credential, drawn: a bar for each second, and a line for how long calls took.</summary>
/// <param name="Series">What is drawn.</param>
/// <param name="Path">The page of the named credential, or null where it is gone.</param>
internal sealed record CallChart(CallSeries Series, string? Path)
{
    private const int Step = 3;

    public const int Width = CallTally.Seconds * Step;
    public const int Height = 32;

    public string Name => Series.NamedCredential;

    public CallSecond Whole => Series.Whole;

    /// <summary>The bars of all calls, as the data of an SVG path.</summary>
    public string Bars => BarsOf(s => s.Calls);

    /// <summary>The bars of those that were refused.</summary>
    public string RefusedBars => BarsOf(s => s.Refused);

    /// <summary>The averages of seconds that have one, joined.</summary>
    public string Line
    {
        get
        {
            var most = Math.Max(Series.Seconds.Max(s => s.Mean ?? TimeSpan.Zero).TotalMilliseconds, 1);
            var line = new StringBuilder();
            foreach (var (second, i) in Series.Seconds.Select((s, i) => (s, i)))
            {
                if (second.Mean is { } mean)
                    line.Append(CultureInfo.InvariantCulture, $"{(line.Length == 0 ? 'M' : 'L')}{i * Step + 1} {Height - 1 - (int)(mean.TotalMilliseconds / most * (Height - 2))}");
            }
            // A second alone is a point, which only a line of some length shows.
            return line.Length == 0 ? "" : $"{line}h1";
        }
    }

    public string CallWords => string.Create(CultureInfo.InvariantCulture, $"{Whole.Calls} {(Whole.Calls == 1 ? "call" : "calls")}, {Whole.Refused} refused");

    public string TimeWords => Whole.Mean is { } mean ? $"{Milliseconds(mean)} on average, {Milliseconds(Whole.Slowest)} at most" : "none answered";

    public static string Milliseconds(TimeSpan took) => took.TotalMilliseconds < 10
        ? string.Create(CultureInfo.InvariantCulture, $"{took.TotalMilliseconds:0.0} ms")
        : string.Create(CultureInfo.InvariantCulture, $"{took.TotalMilliseconds:0} ms");

    private string BarsOf(Func<CallSecond, int> count)
    {
        var most = Series.Seconds.Max(s => s.Calls);
        var bars = new StringBuilder();
        foreach (var (second, i) in Series.Seconds.Select((s, i) => (s, i)).Where(s => count(s.s) > 0))
            bars.Append(CultureInfo.InvariantCulture, $"M{i * Step} {Height}v-{Math.Max(1, count(second) * Height / most)}h{Step - 1}V{Height}z");
        return bars.ToString();
    }
}
