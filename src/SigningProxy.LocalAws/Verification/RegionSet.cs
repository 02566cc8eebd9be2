using System.IO.Enumeration;

namespace SigningProxy.LocalAws.Verification;

/// <summary>The regions of a Signature Version 4A: names or patterns with asterisks, separated by commas.</summary>
internal static class RegionSet
{
    /// <param name="text">The set as it is written; null when there is none.</param>
    /// <param name="region">The region that must be among them; null for any.</param>
    public static string? Fault(string? text, string? region)
    {
        var patterns = text?.Split(',', StringSplitOptions.TrimEntries) ?? [];
        if (patterns.Length == 0 || patterns.Any(pattern => pattern.Length == 0))
        {
            return "X-Amz-Region-Set must be given once and name regions, separated by commas.";
        }

        return region is null || patterns.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, region, ignoreCase: false))
            ? null
            : $"X-Amz-Region-Set does not cover the region '{region}'.";
    }
}
