namespace SigningProxy.LocalAws;

/// <summary>A Roles Anywhere profile.</summary>
/// <param name="Arn">The profile's ARN, in the region of its trust anchor.</param>
public sealed record LocalProfile(string Arn)
{
    /// <summary>The roles that may be assumed through it; null for every known role.</summary>
    public IReadOnlyList<string>? RoleArns { get; init; }

    /// <summary>Whether a request may choose its role session name. As at AWS, the default is no.</summary>
    public bool AcceptsRoleSessionName { get; init; }
}
