using System.Globalization;
using System.Text.RegularExpressions;

namespace SigningProxy.LocalAws.Sessions;

/// <summary>What a session may be named and how long it may live, in the words of AWS's validation errors. Null is no fault.</summary>
internal static partial class SessionTerms
{
    /// <summary>The life of a session that asks for none.</summary>
    public static readonly TimeSpan DefaultDuration = TimeSpan.FromHours(1);

    /// <summary>The longest life of a session that another session's keys ask for.</summary>
    public static readonly TimeSpan ChainedMaximum = TimeSpan.FromHours(1);

    private static readonly TimeSpan Maximum = TimeSpan.FromHours(12);

    public static string? DurationFault(TimeSpan duration, TimeSpan minimum)
    {
        if (duration < minimum)
        {
            return Fault("durationSeconds", Seconds(duration), $"Member must have value greater than or equal to {Seconds(minimum)}");
        }

        return duration > Maximum
            ? Fault("durationSeconds", Seconds(duration), $"Member must have value less than or equal to {Seconds(Maximum)}")
            : null;
    }

    public static string? NameFault(string name) => name switch
    {
        { Length: < 2 } => Fault("roleSessionName", name, "Member must have length greater than or equal to 2"),
        { Length: > 64 } => Fault("roleSessionName", name, "Member must have length less than or equal to 64"),
        _ when !Name().IsMatch(name) => Fault("roleSessionName", name, @"Member must satisfy regular expression pattern: [\w+=,.@-]*"),
        _ => null,
    };

    public static string Missing(string member) =>
        $"1 validation error detected: Value null at '{member}' failed to satisfy constraint: Member must not be null";

    private static string Fault(string member, string value, string constraint) =>
        $"1 validation error detected: Value '{value}' at '{member}' failed to satisfy constraint: {constraint}";

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString(CultureInfo.InvariantCulture);

    // AWS's \w is ASCII
    [GeneratedRegex(@"\A[A-Za-z0-9_+=,.@-]*\z")]
    private static partial Regex Name();
}
