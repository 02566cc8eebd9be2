using SigningProxy.Catalog.Declarations;

namespace SigningProxy.Catalog.Validation;

/// <summary>How long a session may be asked to last.</summary>
/// <param name="MinimumSeconds">900 as at AWS; a host setting lowers it for stand-ins that issue shorter ones.</param>
internal readonly record struct DurationLimit(int MinimumSeconds)
{
    public static DurationLimit OfAws { get; } = new(AwsRules.MinimumDurationSeconds);

    /// <summary>STS caps the session of a role that was assumed with a role's credentials at one hour.</summary>
    public const int ChainedMaximumSeconds = 3600;

    public void Judge(int? seconds, string? endpoint, Origin at, FaultList faults)
    {
        // AWS refuses less than 900 seconds, so less makes sense for another endpoint alone.
        var minimum = endpoint is null ? AwsRules.MinimumDurationSeconds : MinimumSeconds;
        if (seconds < minimum || seconds > AwsRules.MaximumDurationSeconds)
            faults.Error(at, "durationSeconds", $"durationSeconds must be {minimum} to {AwsRules.MaximumDurationSeconds}", "Write durationSeconds: 3600 for one hour.");
        else if (seconds < AwsRules.MinimumDurationSeconds)
            faults.Warn(at, "durationSeconds", $"durationSeconds is below {AwsRules.MinimumDurationSeconds}, which AWS refuses", "Keep it for stand-ins of AWS.");
    }
}
