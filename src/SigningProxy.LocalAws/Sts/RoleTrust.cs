using System.Security.Cryptography;
using System.Text;
using SigningProxy.LocalAws.Sessions;

namespace SigningProxy.LocalAws.Sts;

/// <summary>Who may assume which role. An unknown role, a stranger and a wrong external id are answered alike, as AWS does.</summary>
internal sealed class RoleTrust(IEnumerable<LocalRole> roles, SessionStore sessions)
{
    // The account that every long-lived key is in
    private const string Account = "000000000000";

    private readonly Dictionary<string, LocalRole> _roles = roles.ToDictionary(role => role.Arn, StringComparer.Ordinal);

    public bool Knows(string roleArn) => _roles.ContainsKey(roleArn);

    public StsCaller Caller(string accessKeyId) => sessions.Find(accessKeyId) is { } session
        ? new(session.AssumedRoleArn, session.AssumedRoleId, session.Account, session.RoleArn)
        : new($"arn:aws:iam::{Account}:user/{accessKeyId}", accessKeyId, Account, null);

    /// <exception cref="StsException">The caller may not assume the role.</exception>
    public void Demand(string roleArn, string? externalId, string accessKeyId)
    {
        var caller = Caller(accessKeyId);
        var refusal = $"User: {caller.Arn} is not authorized to perform: sts:AssumeRole on resource: {roleArn}";
        var role = DemandKnown(roleArn, refusal);
        var trusted = role.Trusts is not { } trusts
            || trusts.Contains(accessKeyId, StringComparer.Ordinal)
            || (caller.RoleArn is { } own && trusts.Contains(own, StringComparer.Ordinal));
        if (!trusted || (role.ExternalId is { } expected && !Same(expected, externalId)))
        {
            throw Denied(refusal);
        }
    }

    /// <exception cref="StsException">Nobody knows the role.</exception>
    public LocalRole DemandKnown(string roleArn, string refusal) => _roles.GetValueOrDefault(roleArn) ?? throw Denied(refusal);

    private static StsException Denied(string refusal) => new(403, "AccessDenied", refusal);

    private static bool Same(string expected, string? received) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(received ?? ""));
}
