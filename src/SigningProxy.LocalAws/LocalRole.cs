namespace SigningProxy.LocalAws;

/// <summary>A role that may be assumed: through STS, with a web identity, or through Roles Anywhere.</summary>
/// <param name="Arn">The role's ARN, <c>arn:{partition}:iam::{account}:role/{path and name}</c>.</param>
/// <param name="ExternalId">AssumeRole must come with this one; null when none is asked for.</param>
public sealed record LocalRole(string Arn, string? ExternalId = null)
{
    /// <summary>Who may assume it by AssumeRole: access key ids, and ARNs of roles whose sessions may. Null for every known key.</summary>
    public IReadOnlyList<string>? Trusts { get; init; }
}
