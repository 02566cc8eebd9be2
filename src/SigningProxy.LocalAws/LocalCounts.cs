namespace SigningProxy.LocalAws;

/// <summary>What arrived since the start, refused or not. The figures only grow and are taken at one instant.</summary>
/// <param name="AssumeRoleCalls">AssumeRole requests.</param>
/// <param name="WebIdentityCalls">AssumeRoleWithWebIdentity requests.</param>
/// <param name="RolesAnywhereCalls">Requests to Roles Anywhere.</param>
/// <param name="SessionsIssued">Sessions given out by any of these.</param>
/// <param name="DestinationRequests">Requests to destinations.</param>
/// <param name="DestinationRefusals">Those of them that were refused before a destination acted: not verified, or failed by a switch.</param>
public sealed record LocalCounts(
    long AssumeRoleCalls = 0,
    long WebIdentityCalls = 0,
    long RolesAnywhereCalls = 0,
    long SessionsIssued = 0,
    long DestinationRequests = 0,
    long DestinationRefusals = 0);
