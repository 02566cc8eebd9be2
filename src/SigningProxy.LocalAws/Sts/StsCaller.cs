namespace SigningProxy.LocalAws.Sts;

/// <summary>Who signed, as AWS names it.</summary>
/// <param name="Arn">A user's ARN for a long-lived key, an assumed role's for a session.</param>
/// <param name="UserId">Its unique id.</param>
/// <param name="Account">Its account number.</param>
/// <param name="RoleArn">The role that a session is of; null for a long-lived key.</param>
internal sealed record StsCaller(string Arn, string UserId, string Account, string? RoleArn);
