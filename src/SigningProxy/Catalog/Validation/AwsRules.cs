using System.Text.RegularExpressions;

namespace SigningProxy.Catalog.Validation;

/// <summary>The forms of AWS's own identifiers.</summary>
internal static partial class AwsRules
{
    public const int MinimumDurationSeconds = 900;
    public const int MaximumDurationSeconds = 43200;

    /// <summary>IAM: an access key id has 16 to 128 word characters.</summary>
    [GeneratedRegex(@"^[A-Za-z0-9_]{16,128}\z", RegexOptions.CultureInvariant)]
    public static partial Regex AccessKey();

    [GeneratedRegex(@"^[a-z0-9]+(?:-[a-z0-9]+)*\z", RegexOptions.CultureInvariant)]
    public static partial Regex Service();

    /// <summary>Lenient, for stores that speak S3 name their regions freely.</summary>
    [GeneratedRegex(@"^[a-z0-9]+(?:-[a-z0-9]+)*\z", RegexOptions.CultureInvariant)]
    public static partial Regex Region();

    /// <summary>Signature Version 4a: regions, or patterns of them, separated by commas.</summary>
    [GeneratedRegex(@"^(?:\*|[a-z0-9]+(?:-(?:[a-z0-9]+|\*))*)(?:,(?:\*|[a-z0-9]+(?:-(?:[a-z0-9]+|\*))*))*\z", RegexOptions.CultureInvariant)]
    public static partial Regex RegionSet();

    [GeneratedRegex(@"^[0-9]{12}\z", RegexOptions.CultureInvariant)]
    public static partial Regex AccountId();

    /// <summary>STS AssumeRole, parameter ExternalId.</summary>
    [GeneratedRegex(@"^[A-Za-z0-9_+=,.@:/-]{2,1224}\z", RegexOptions.CultureInvariant)]
    public static partial Regex ExternalId();

    /// <summary>IAM: a role's name has 1 to 64 characters, and its path at most 512 with both slashes.</summary>
    [GeneratedRegex(@"^arn:(?<partition>aws|aws-cn|aws-us-gov|aws-eusc):iam::(?<account>[0-9]{12}):role/(?:[\x21-\x2e\x30-\x7e]+/){0,511}[A-Za-z0-9_+=,.@-]{1,64}\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    public static partial Regex RoleArn();

    [GeneratedRegex(@"^arn:(?<partition>aws|aws-cn|aws-us-gov|aws-eusc):rolesanywhere:(?<region>[a-z]{2,4}(?:-[a-z]+)+-[0-9]{1,2}):(?<account>[0-9]{12}):(?<kind>trust-anchor|profile)/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\z", RegexOptions.CultureInvariant)]
    public static partial Regex RolesAnywhereArn();
}
